package fr.relais.pathway.ingress.mllp;

/** Who takes what came in a frame, and says what to answer. */
public interface MllpReceiver {

    /**
     * Takes the content of a frame.
     *
     * @return the content of the one frame to answer
     */
    byte[] receive(byte[] frame);

    /**
     * Refuses a frame that was too large to be taken.
     *
     * @param head its beginning
     * @param limit how many bytes it might have had
     * @return the content of the one frame to answer
     */
    byte[] refuseTooLarge(byte[] head, long limit);
}
