package fr.relais.notification.application;

import fr.relais.events.NotificationEvent.Notice;
import fr.relais.notification.domain.OpaqueLink;
import fr.relais.notification.domain.Parcel;
import fr.relais.notification.domain.PublicNotice;
import fr.relais.notification.domain.Telling;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in public what may be said in public. */
public final class PublicNotices {

    /** Until when an answer to a handoff is awaited, as the pathway's events say. */
    @FunctionalInterface
    public interface AnswerTimes {
        Optional<Instant> answerBy(String pathway, String handoff);
    }

    private final URI console;
    private final AnswerTimes times;

    public PublicNotices(URI console, AnswerTimes times) {
        this.console = console;
        this.times = times;
    }

    PublicNotice of(String delivery, Parcel parcel) {
        return new PublicNotice(
                parcel.notice(),
                parcel.priority(),
                Math.max(parcel.current().size(), 1),
                parcel.digest() ? null : answerBy(parcel.first()),
                OpaqueLink.to(console, delivery));
    }

    private @Nullable Instant answerBy(Telling telling) {
        String handoff = telling.handoff();
        return telling.notice() != Notice.OFFER || handoff == null
                ? null
                : times.answerBy(telling.pathway(), handoff).orElse(null);
    }
}
