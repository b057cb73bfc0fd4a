package fr.relais.notification.web;

import fr.relais.events.NotificationEvent.Notice;
import fr.relais.notification.domain.Priority;
import fr.relais.notification.view.DeliveryView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice as its recipient sees it: ids, of which pathway-service tells the rest to whom it may.
 *
 * @param delivery id of the notice
 * @param recipient key of the person, or of the structure whose common inbox it is in
 * @param at when it was decided
 */
record InboxItem(
        String delivery,
        Notice notice,
        Priority priority,
        String recipient,
        String pathway,
        @Nullable String step,
        @Nullable String handoff,
        Instant at,
        boolean unread) {

    static InboxItem of(DeliveryView delivery) {
        return new InboxItem(
                delivery.id(),
                delivery.notice(),
                Priority.of(delivery.notice()),
                delivery.recipient(),
                delivery.pathway(),
                delivery.step(),
                delivery.handoff(),
                delivery.queuedAt(),
                delivery.unread());
    }
}
