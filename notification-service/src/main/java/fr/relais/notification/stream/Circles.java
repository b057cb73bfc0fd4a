package fr.relais.notification.stream;

import fr.relais.events.Party;
import fr.relais.kit.failure.MachineFailure;
import fr.relais.kit.view.Viewed;
import fr.relais.notification.domain.Circle;
import fr.relais.notification.view.CircleView;
import fr.relais.notification.view.NotificationViews;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Circles of pathways, as far as an event needs them. The view and the reaction read the same topic side by side: an event
 * may be here before the view has it, or even the events before it.
 */
@Component
final class Circles {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(4);

    private static final int RECENT = 500;

    private final NotificationViews views;

    /** Circles read a moment ago: the events of one command come together and want the same. */
    private final Map<String, Known> recent = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > RECENT;
        }
    };

    private record Known(Circle circle, long sequence) {}

    Circles(NotificationViews views) {
        this.views = views;
    }

    /**
     * The circle at a sequence or later.
     *
     * @throws MachineFailure when the view is still behind after a moment, so that the event is repeated and not told
     *     wrongly
     * @throws IllegalStateException when an earlier event of the pathway was set aside: this one is set aside too, and
     *     tried again after the mend, so that other pathways are told meanwhile
     */
    Circle at(String pathway, long sequence) {
        Known before = known(pathway);
        if (before != null && before.sequence() >= sequence) {
            return before.circle();
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            Optional<Viewed<CircleView>> viewed = views.circle(pathway);
            if (viewed.isPresent() && viewed.get().sequence() >= sequence) {
                Circle circle = circle(viewed.get().document());
                keep(pathway, new Known(circle, viewed.get().sequence()));
                return circle;
            }
            if (System.nanoTime() - until >= 0) {
                if (views.circleIsPoisoned(pathway)) {
                    throw new IllegalStateException("an earlier event of " + pathway
                            + " could not be used: mend and retry that one first, then this");
                }
                throw new MachineFailure("the view of circles has not come to sequence " + sequence + " of " + pathway
                        + " yet: the event is told when it has");
            }
            sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private @Nullable Known known(String pathway) {
        synchronized (recent) {
            return recent.get(pathway);
        }
    }

    private void keep(String pathway, Known circle) {
        synchronized (recent) {
            recent.merge(pathway, circle, (there, fresh) -> there.sequence() > fresh.sequence() ? there : fresh);
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineFailure("this service is being stopped", e);
        }
    }

    private static Circle circle(CircleView view) {
        Map<String, Circle.Handoff> handoffs = new HashMap<>();
        for (CircleView.Handoff handoff : view.handoffs()) {
            handoffs.put(
                    handoff.handoff(),
                    new Circle.Handoff(
                            handoff.step(),
                            Party.ofKey(handoff.from()),
                            handoff.offered(),
                            handoff.answerBy(),
                            party(handoff.holder()),
                            handoff.ended(),
                            handoff.home(),
                            handoff.visitAt(),
                            handoff.lostByDeath()));
        }
        return new Circle(
                Party.ofKey(view.owner()),
                Party.ofKey(view.coordinator()),
                view.firstStart(),
                view.closed(),
                handoffs,
                view.done(),
                view.due());
    }

    private static @Nullable Party party(@Nullable String key) {
        return key == null ? null : Party.ofKey(key);
    }
}
