package fr.relais.notification.domain;

import fr.relais.events.Party;
import java.time.Instant;

/** What became of one telling so far. */
public sealed interface Delivery {

    /** Nothing was ever queued under this id. */
    record Unknown() implements Delivery {}

    /** A delivery that was queued, wherever it stands now. */
    sealed interface Known extends Delivery {
        Telling telling();

        /** When it was decided; the span after which it is given up counts from here. */
        Instant queuedAt();

        /** How many attempts began, those that crashed included. */
        int attempts();

        /**
         * Whether the recipient may have been told: an attempt began, and nobody can say of an attempt that got no
         * answer that it did not arrive.
         */
        default boolean mayHaveBeenTold() {
            return attempts() > 0;
        }
    }

    /** It waits for its first attempt. */
    record Queued(Telling telling, Instant queuedAt) implements Known {
        @Override
        public int attempts() {
            return 0;
        }
    }

    /** An attempt is in the air, or the process died in the middle of it. */
    record Attempting(Telling telling, Instant queuedAt, int attempts, Instant since) implements Known {}

    /** The last attempt failed and another follows. */
    record Retrying(Telling telling, Instant queuedAt, int attempts, Instant retryAt) implements Known {}

    /** The channel took it. */
    record Delivered(Telling telling, Instant queuedAt, int attempts, Instant at) implements Known {}

    /** The person has seen it, by this channel or by acting on what it said. */
    record Read(Telling telling, Instant queuedAt, int attempts, Party by, Instant at) implements Known {
        @Override
        public boolean mayHaveBeenTold() {
            return true;
        }
    }

    /** No more attempts; an operator looks at it. */
    record GivenUp(Telling telling, Instant queuedAt, int attempts, String why) implements Known {}

    /**
     * It does not hold any more and no attempt follows.
     *
     * @param cause id of the event that took it back
     */
    record Recalled(Telling telling, Instant queuedAt, int attempts, String cause) implements Known {}
}
