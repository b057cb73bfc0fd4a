package fr.relais.notification.web;

import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.notification.view.DeliveryView;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notice as its recipient sees it: ids, of which pathway-service tells the rest to whom it may.
 *
 * @param delivery id of the notice
 * @param channel by which it came
 * @param notice what it is about; null for a digest
 * @param priority its class
 * @param count how many things a digest held; 1 for all others
 * @param text one sentence in French and in English
 * @param recipient key of the person, or of the structure whose common inbox it is in
 * @param pathway null where no pathway follows the patient
 * @param patient internal id of the patient, where no pathway follows them
 * @param at when it was decided
 * @param status where it stands: queued, attempted, failed, delivered, given-up, ended, read, recalled
 */
record InboxItem(
        String delivery,
        Channel channel,
        @Nullable Notice notice,
        Priority priority,
        int count,
        Map<String, String> text,
        String recipient,
        @Nullable String pathway,
        @Nullable String step,
        @Nullable String handoff,
        @Nullable String patient,
        Instant at,
        String status,
        boolean unread) {

    static InboxItem of(DeliveryView delivery) {
        boolean digest = delivery.digest();
        boolean followed = !delivery.pathway().isEmpty() && !digest;
        return new InboxItem(
                delivery.id(),
                delivery.channel(),
                digest ? null : delivery.notice(),
                delivery.priority(),
                delivery.count(),
                digest ? InboxTexts.ofDigest() : InboxTexts.of(delivery.notice()),
                delivery.recipient(),
                followed ? delivery.pathway() : null,
                digest ? null : delivery.step(),
                digest ? null : delivery.handoff(),
                digest ? null : delivery.patient(),
                delivery.queuedAt(),
                delivery.status().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                delivery.unread());
    }
}
