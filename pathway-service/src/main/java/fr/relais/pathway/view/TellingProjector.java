package fr.relais.pathway.view;

import fr.relais.events.DomainEvent;
import fr.relais.events.NotificationEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ViewIndex;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folds what became of each telling, so that a pathway's timeline says who was told and who has read it. */
public final class TellingProjector implements Projector<TellingView> {

    @Override
    public String name() {
        return "tellings";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Class<TellingView> document() {
        return TellingView.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(NotificationEvent.class);
    }

    @Override
    public Duration gathers() {
        return Duration.ofMillis(300);
    }

    @Override
    public List<ViewIndex> indexes() {
        return List.of(ViewIndex.on("cause", "queuedAt", "_id"), ViewIndex.on("pathway", "queuedAt", "_id"));
    }

    @Override
    public @Nullable TellingView fold(@Nullable TellingView state, RecordedEvent recorded) {
        DomainEvent event = recorded.event().orElse(null);
        if (event instanceof NotificationEvent.Queued queued) {
            return new TellingView(
                    recorded.stream(),
                    queued.pathway(),
                    queued.step(),
                    queued.handoff(),
                    queued.cause(),
                    queued.recipient().key(),
                    word(queued.channel()),
                    word(queued.notice()),
                    queued.at(),
                    queued.arrives() ? queued.at() : null,
                    queued.arrives() ? queued.at() : null,
                    null,
                    null,
                    null,
                    null);
        }
        if (state == null) {
            return null;
        }
        return switch (event) {
            case NotificationEvent.Attempted e -> state.sent(e.at());
            case NotificationEvent.Delivered e -> state.delivered(e.at());
            case NotificationEvent.Failed e -> state.inTrouble("failed");
            case NotificationEvent.GivenUp e -> state.inTrouble("given-up");
            case NotificationEvent.Read e -> state.read(e.at(), e.by().key());
            case NotificationEvent.Recalled e -> state.recalled(e.at());
            // What else a telling goes through does not change who was told when.
            case null, default -> state;
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
