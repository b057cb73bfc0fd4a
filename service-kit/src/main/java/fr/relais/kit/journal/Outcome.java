package fr.relais.kit.journal;

import fr.relais.kit.decide.Rejection;

/** How a command ended. */
public sealed interface Outcome<S> {

    /** State of the stream that answers the caller. */
    S state();

    /** Sequence of that state, the ETag of the answer. */
    long sequence();

    /**
     * It happened, or was so already.
     *
     * @param repeated whether this id had been carried out before and this is the first answer again
     */
    record Done<S>(S state, long sequence, boolean repeated) implements Outcome<S> {}

    /** It does not happen. */
    record Refused<S>(Rejection reason, S state, long sequence) implements Outcome<S> {}
}
