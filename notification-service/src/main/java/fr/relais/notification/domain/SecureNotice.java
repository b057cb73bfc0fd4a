package fr.relais.notification.domain;

import static java.util.Objects.requireNonNull;

import fr.relais.events.NotificationEvent.Notice;
import org.jspecify.annotations.Nullable;

/**
 * What is shown to the recipient alone, after a login. Ids only: the reader asks pathway-service for the rest, which
 * checks and records that they may see it.
 */
public record SecureNotice(
        Notice notice,
        String pathway,
        @Nullable String step,
        @Nullable String handoff,
        @Nullable String patient) implements Payload {

    public SecureNotice {
        requireNonNull(notice, "notice is missing");
        requireNonNull(pathway, "pathway is missing");
    }

    /** The secure form of a telling. */
    public static SecureNotice of(Telling telling) {
        return new SecureNotice(
                telling.notice(), telling.pathway(), telling.step(), telling.handoff(), telling.patient());
    }
}
