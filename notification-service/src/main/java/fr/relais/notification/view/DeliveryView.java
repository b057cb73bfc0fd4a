package fr.relais.notification.view;

import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as its recipient's inbox and the operators' lists show it.
 *
 * @param id id of the delivery
 * @param recipient key of the person or structure
 * @param notice what it tells; of a digest, the first that it told
 * @param priority class of what it tells; of a digest, to be seen today
 * @param cause id of the event that is told
 * @param pathway id of the pathway; empty where no pathway follows the patient
 * @param patient internal id of the patient, where no pathway follows them
 * @param digest whether it is a digest of several
 * @param count how many things it tells
 * @param queuedAt when it was decided
 * @param notBefore nothing leaves earlier; null for at once
 * @param attempts how many began
 * @param why why the last one failed
 * @param changedAt when the status last changed
 * @param dueAt when the next attempt is made, or one without a result is taken for crashed; null when none follows
 * @param shown whether the inbox shows it
 * @param unread whether it waits to be read there
 * @param trouble status in the operators' words, {@code failed} or {@code given-up}; null when all is well
 */
public record DeliveryView(
        String id,
        String recipient,
        Channel channel,
        Notice notice,
        Priority priority,
        String cause,
        String pathway,
        @Nullable String step,
        @Nullable String handoff,
        @Nullable String patient,
        boolean digest,
        int count,
        Instant queuedAt,
        @Nullable Instant notBefore,
        Status status,
        int attempts,
        @Nullable String why,
        Instant changedAt,
        @Nullable Instant dueAt,
        boolean shown,
        boolean unread,
        @Nullable String trouble) {

    /** Where a delivery stands. */
    public enum Status {
        QUEUED,
        ATTEMPTED,
        FAILED,
        DELIVERED,
        GIVEN_UP,
        ENDED,
        READ,
        RECALLED
    }

    /** The word under which operators find what failed and is tried again. */
    public static final String FAILED = "failed";

    /** The word under which operators find what is not tried any more. */
    public static final String GIVEN_UP = "given-up";

    DeliveryView now(Status next, int tried, @Nullable String because, Instant at, @Nullable Instant due) {
        boolean inbox = channel == Channel.INBOX;
        boolean seen = next == Status.READ || status == Status.READ;
        boolean waits = next == Status.QUEUED && notBefore != null;
        String word = switch (next) {
            case FAILED -> FAILED;
            case GIVEN_UP -> GIVEN_UP;
            // A retry under way does not make the operators' list flicker.
            case ATTEMPTED -> trouble;
            case QUEUED, DELIVERED, READ, RECALLED, ENDED -> null;
        };
        return new DeliveryView(
                id,
                recipient,
                channel,
                notice,
                priority,
                cause,
                pathway,
                step,
                handoff,
                patient,
                digest,
                count,
                queuedAt,
                notBefore,
                next,
                tried,
                because,
                at,
                due,
                inbox && next != Status.RECALLED && !waits,
                inbox && next != Status.RECALLED && !waits && !seen,
                word);
    }

    DeliveryView counting(int things) {
        return new DeliveryView(
                id, recipient, channel, notice, priority, cause, pathway, step, handoff, patient, digest, things,
                queuedAt, notBefore, status, attempts, why, changedAt, dueAt, shown, unread, trouble);
    }
}
