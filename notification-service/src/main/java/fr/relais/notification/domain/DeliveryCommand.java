package fr.relais.notification.domain;

import fr.relais.events.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be asked of one delivery. */
public sealed interface DeliveryCommand {

    /**
     * Tell this; asked again it changes nothing.
     *
     * @param notBefore nothing leaves earlier; null for at once
     */
    record Queue(Telling telling, @Nullable Instant notBefore, Instant at) implements DeliveryCommand {

        /** Tell this at once. */
        public Queue(Telling telling, Instant at) {
            this(telling, null, at);
        }
    }

    /** Tell this at once, by a channel that has to be tried: it is queued, and its first attempt begins with that. */
    record Send(Telling telling, Instant at) implements DeliveryCommand {}

    /**
     * Tell this with the digest that is this delivery; asked again it changes nothing. Refused with {@code digest-has-left}
     * when it has.
     *
     * @param leaves when the digest leaves
     */
    record Put(Telling telling, Instant leaves, Instant at) implements DeliveryCommand {}

    /** Begin an attempt. Refused while another is in the air or before the retry is due. */
    record Attempt(Instant at) implements DeliveryCommand {}

    /** The attempt of that number waited for its turn and leaves only now; nothing where it is no longer that one's turn. */
    record Depart(int attempt, Instant at) implements DeliveryCommand {}

    /** The channel took what this attempt handed in. */
    record Confirm(int attempt, Instant at) implements DeliveryCommand {}

    /**
     * This attempt failed.
     *
     * @param delivery id of the delivery, the seed of the retry's jitter
     * @param retryAfter what the receiver asked for, where it did
     */
    record Fail(
            String delivery,
            int attempt,
            String why,
            @Nullable Duration retryAfter,
            Instant at) implements DeliveryCommand {}

    /** This attempt failed in a way that no repeat can mend. */
    record Abandon(int attempt, String why, Instant at) implements DeliveryCommand {}

    /** There is nowhere to deliver it any more, and nobody has to look at that. */
    record End(String why, Instant at) implements DeliveryCommand {}

    /** Try once more what was given up, or what waits for its retry. */
    record Resend(Instant at) implements DeliveryCommand {}

    /**
     * Somebody has seen it.
     *
     * @param readsFor the person and the structures whose notices they may read; others get "no such delivery"
     */
    record MarkRead(Party by, Set<Party> readsFor, Instant at) implements DeliveryCommand {
        public MarkRead {
            readsFor = Set.copyOf(readsFor);
        }
    }

    /**
     * One thing that it tells does not hold any more.
     *
     * @param told id of the event that had been told
     * @param cause id of the event that takes it back
     */
    record Recall(String told, String cause, Instant at) implements DeliveryCommand {}
}
