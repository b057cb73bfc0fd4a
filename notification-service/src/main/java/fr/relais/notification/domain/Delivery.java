package fr.relais.notification.domain;

import fr.relais.events.Party;
import java.time.Instant;

/** What became of one telling, or of one digest, so far. */
public sealed interface Delivery {

    /** Nothing was ever queued under this id. */
    record Unknown() implements Delivery {}

    /** A delivery that was queued, wherever it stands now. */
    sealed interface Known extends Delivery {
        Parcel parcel();

        /** When it was decided; the span after which it is given up counts from here. */
        Instant queuedAt();

        /** How many attempts began, those that crashed included. */
        int attempts();

        /** What it tells, or the first of it: recipient and channel are those of all. */
        default Telling telling() {
            return parcel().first();
        }

        /**
         * Whether the recipient may have been told of an event: an attempt began, and nobody can say of an attempt that got no
         * answer that it did not arrive.
         */
        default boolean mayHaveTold(String cause) {
            return attempts() > 0 && parcel().tells(cause);
        }

        /** Whether nothing of it can be taken back any more, whatever comes. */
        default boolean isDone() {
            return false;
        }
    }

    /** It waits for its first attempt. */
    record Queued(Parcel parcel, Instant queuedAt) implements Known {
        @Override
        public int attempts() {
            return 0;
        }
    }

    /** An attempt is in the air, or the process died in the middle of it. */
    record Attempting(Parcel parcel, Instant queuedAt, int attempts, Instant since) implements Known {}

    /** The last attempt failed and another follows. */
    record Retrying(Parcel parcel, Instant queuedAt, int attempts, Instant retryAt) implements Known {}

    /** The channel took it. */
    record Delivered(Parcel parcel, Instant queuedAt, int attempts, Instant at) implements Known {}

    /** The person has seen it, by this channel or by acting on what it said. */
    record Read(Parcel parcel, Instant queuedAt, int attempts, Party by, Instant at) implements Known {
        @Override
        public boolean mayHaveTold(String cause) {
            return parcel().tells(cause);
        }

        @Override
        public boolean isDone() {
            return true;
        }
    }

    /** No more attempts; an operator looks at it. */
    record GivenUp(Parcel parcel, Instant queuedAt, int attempts, String why) implements Known {}

    /** It is over without having arrived, and nobody has to look at it. */
    record Ended(Parcel parcel, Instant queuedAt, int attempts, String why) implements Known {}

    /**
     * It does not hold any more and no attempt follows.
     *
     * @param cause id of the event that took it back
     */
    record Recalled(Parcel parcel, Instant queuedAt, int attempts, String cause) implements Known {
        @Override
        public boolean isDone() {
            // A digest takes further tellings until it leaves.
            return !parcel.digest();
        }
    }
}
