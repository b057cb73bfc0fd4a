package fr.relais.pathway.ingress.mllp;

import fr.relais.pathway.application.Sender;

/** Who takes what came in a frame, and says what to answer. */
public interface MllpReceiver {

    /**
     * Takes the content of a frame.
     *
     * @param sender whose connection it came by
     * @return the content of the one frame to answer
     */
    byte[] receive(byte[] frame, Sender sender);

    /**
     * Refuses a frame that was too large to be taken.
     *
     * @param head its beginning
     * @param limit how many bytes it might have had
     * @param sender whose connection it came by
     * @return the content of the one frame to answer
     */
    byte[] tooLarge(byte[] head, long limit, Sender sender);
}
