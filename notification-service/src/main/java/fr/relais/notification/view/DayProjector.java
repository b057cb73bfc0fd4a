package fr.relais.notification.view;

import fr.relais.events.DomainEvent;
import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Weighed;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.live.Change;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ViewIndex;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** People's days: how often each was interrupted, and whose budget was exceeded. */
@Component
public final class DayProjector implements Projector<DayView> {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @Override
    public String name() {
        return "days";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<DayView> document() {
        return DayView.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(NotificationEvent.class);
    }

    @Override
    public boolean wants(String stream) {
        return stream.startsWith("day-");
    }

    /** Most of what this topic holds is not about days. */
    @Override
    public Duration gathers() {
        return Duration.ofMillis(300);
    }

    @Override
    public @Nullable DayView fold(@Nullable DayView day, RecordedEvent recorded) {
        return recorded.event().orElse(null) instanceof Weighed weighed
                ? DayView.with(
                        day,
                        recorded.stream(),
                        weighed,
                        LocalDate.ofInstant(weighed.at(), PARIS),
                        weighed.notice() == Notice.OFFER)
                : day;
    }

    @Override
    public List<ViewIndex> indexes() {
        return List.of(ViewIndex.on("exceeded", "-changedAt", "-_id"));
    }

    @Override
    public List<Change> changes(@Nullable DayView before, DayView after, RecordedEvent cause) {
        boolean warned = before != null && before.exceeded();
        return after.exceeded() && !warned
                ? List.of(new Change(
                        "interruptions",
                        after.id(),
                        Set.of("role:operator"),
                        Map.of("reader", after.reader(), "day", after.day())))
                : List.of();
    }
}
