package fr.relais.notification.view;

import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Notice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as its recipient's inbox and the operators' lists show it.
 *
 * @param id id of the delivery
 * @param recipient key of the person or structure
 * @param cause id of the event that is told
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
        String cause,
        String pathway,
        @Nullable String step,
        @Nullable String handoff,
        Instant queuedAt,
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
        String word = switch (next) {
            case FAILED -> FAILED;
            case GIVEN_UP -> GIVEN_UP;
            // A retry under way does not make the operators' list flicker.
            case ATTEMPTED -> trouble;
            case QUEUED, DELIVERED, READ, RECALLED -> null;
        };
        return new DeliveryView(
                id,
                recipient,
                channel,
                notice,
                cause,
                pathway,
                step,
                handoff,
                queuedAt,
                next,
                tried,
                because,
                at,
                due,
                inbox && next != Status.RECALLED,
                inbox && next != Status.RECALLED && !seen,
                word);
    }
}
