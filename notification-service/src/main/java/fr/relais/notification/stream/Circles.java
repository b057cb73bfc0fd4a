package fr.relais.notification.stream;

import fr.relais.events.Party;
import fr.relais.kit.failure.MachineFailure;
import fr.relais.kit.view.Viewed;
import fr.relais.notification.domain.Circle;
import fr.relais.notification.view.CircleView;
import fr.relais.notification.view.NotificationViews;
import fr.relais.notification.view.RecentCircles;
import java.time.Duration;
import java.util.HashMap;
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

    /** The view tells of it within this time, unless another instance reads that partition for it. */
    private static final Duration TOLD_WITHIN = Duration.ofMillis(80);

    private final NotificationViews views;
    private final RecentCircles recent;

    Circles(NotificationViews views, RecentCircles recent) {
        this.views = views;
        this.recent = recent;
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
        long until = System.nanoTime() + PATIENCE.toNanos();
        Duration pause = TOLD_WITHIN;
        while (true) {
            CircleView told = recent.at(pathway, sequence, pause);
            if (told != null) {
                return circle(told);
            }
            Optional<Viewed<CircleView>> viewed = views.circle(pathway);
            if (viewed.isPresent() && viewed.get().sequence() >= sequence) {
                recent.keep(pathway, viewed.get().document(), viewed.get().sequence());
                return circle(viewed.get().document());
            }
            if (System.nanoTime() - until >= 0) {
                if (views.circleIsPoisoned(pathway)) {
                    throw new IllegalStateException("an earlier event of " + pathway
                            + " could not be used: mend and retry that one first, then this");
                }
                throw new MachineFailure("the view of circles has not come to sequence " + sequence + " of " + pathway
                        + " yet: the event is told when it has");
            }
            pause = pause.multipliedBy(2);
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
