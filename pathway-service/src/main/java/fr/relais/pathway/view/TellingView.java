package fr.relais.pathway.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One telling of one event of a pathway to one person or structure by one channel, as the notification service reports it.
 *
 * @param cause id of the event that is told
 * @param recipient key of the person or structure
 * @param channel in lower case: {@code inbox}, {@code webhook} …
 * @param notice what they are told, in lower case: {@code offer}, {@code taken-by-another} …
 * @param sentAt when the last attempt began
 * @param deliveredAt when the channel took it
 * @param readAt when somebody opened it first
 * @param readBy key of who did
 * @param trouble {@code failed} while it is tried again, {@code given-up} when it no longer is
 * @param recalledAt when it was taken back
 */
public record TellingView(
        String id,
        String pathway,
        @Nullable String step,
        @Nullable String handoff,
        String cause,
        String recipient,
        String channel,
        String notice,
        Instant queuedAt,
        @Nullable Instant sentAt,
        @Nullable Instant deliveredAt,
        @Nullable Instant readAt,
        @Nullable String readBy,
        @Nullable String trouble,
        @Nullable Instant recalledAt) {

    TellingView sent(Instant at) {
        return with(at, deliveredAt, readAt, readBy, null, recalledAt);
    }

    TellingView delivered(Instant at) {
        return with(sentAt == null ? at : sentAt, at, readAt, readBy, null, recalledAt);
    }

    TellingView read(Instant at, String by) {
        return readAt == null ? with(sentAt, deliveredAt, at, by, trouble, recalledAt) : this;
    }

    TellingView inTrouble(String what) {
        return with(sentAt, deliveredAt, readAt, readBy, what, recalledAt);
    }

    TellingView recalled(Instant at) {
        return with(sentAt, deliveredAt, readAt, readBy, null, at);
    }

    private TellingView with(
            @Nullable Instant sent,
            @Nullable Instant delivered,
            @Nullable Instant read,
            @Nullable String reader,
            @Nullable String what,
            @Nullable Instant recalled) {
        return new TellingView(
                id, pathway, step, handoff, cause, recipient, channel, notice, queuedAt, sent, delivered, read, reader,
                what, recalled);
    }
}
