package fr.relais.notification.view;

import fr.relais.events.DomainEvent;
import fr.relais.events.PathwayEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ViewIndex;
import fr.relais.notification.view.CircleView.Handoff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** This service's own view of pathways: as much as it takes to know whom an event concerns. */
@Component
public final class CircleProjector implements Projector<CircleView> {

    @Override
    public String name() {
        return "circles";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<CircleView> document() {
        return CircleView.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(PathwayEvent.class);
    }

    @Override
    public @Nullable CircleView fold(@Nullable CircleView circle, RecordedEvent recorded) {
        if (!(recorded.event().orElse(null) instanceof PathwayEvent event)) {
            return circle;
        }
        if (event instanceof PathwayEvent.Opened opened) {
            return new CircleView(
                    recorded.stream(),
                    opened.owner().key(),
                    opened.coordinator().key(),
                    0,
                    0,
                    List.of(),
                    Map.of());
        }
        return circle == null ? null : after(circle, event, recorded.sequence());
    }

    private static CircleView after(CircleView circle, PathwayEvent event, long sequence) {
        return switch (event) {
            case PathwayEvent.Opened opened -> circle;
            case PathwayEvent.Started started ->
                circle.firstStart() > 0 ? circle : with(circle, sequence, circle.closed());
            case PathwayEvent.Closed closed -> with(circle, circle.firstStart(), sequence);
            case PathwayEvent.Reopened reopened -> with(circle, circle.firstStart(), 0);
            case PathwayEvent.HandoffOffered offered -> {
                List<Handoff> handoffs = new ArrayList<>(circle.handoffs());
                handoffs.add(new Handoff(
                        offered.handoff(),
                        offered.step(),
                        offered.from().key(),
                        sequence,
                        offered.answerBy(),
                        null,
                        0));
                yield with(circle, handoffs, circle.done());
            }
            case PathwayEvent.HandoffAccepted accepted ->
                with(circle, accepted.handoff(), h -> h.heldBy(accepted.by().key()));
            case PathwayEvent.HandoffDeclined declined -> with(circle, declined.handoff(), h -> h.endedAt(sequence));
            case PathwayEvent.HandoffExpired expired -> with(circle, expired.handoff(), h -> h.endedAt(sequence));
            case PathwayEvent.HandoffWithdrawn withdrawn -> with(circle, withdrawn.handoff(), h -> h.endedAt(sequence));
            case PathwayEvent.StepScheduled scheduled -> {
                Map<String, Long> done = new HashMap<>(circle.done());
                done.remove(scheduled.step());
                yield with(circle, circle.handoffs(), done);
            }
            case PathwayEvent.StepCompleted completed -> {
                Map<String, Long> done = new HashMap<>(circle.done());
                done.put(completed.step(), sequence);
                yield with(
                        circle,
                        each(
                                circle,
                                h -> h.holder() != null && h.step().equals(completed.step()),
                                h -> h.endedAt(sequence)),
                        done);
            }
            case PathwayEvent.HospitalNews _,
                    PathwayEvent.DischargeNoLongerExpected _,
                    PathwayEvent.PatientChanged _,
                    PathwayEvent.HandoffSeen _,
                    PathwayEvent.HandoffLeftToOthers _,
                    PathwayEvent.HandoffFailed _,
                    PathwayEvent.AppointmentSet _,
                    PathwayEvent.StepReportedDone _,
                    PathwayEvent.DoneReportCorrected _,
                    PathwayEvent.WeekConfirmed _,
                    PathwayEvent.WeekUnanswered _,
                    PathwayEvent.NoteAdded _,
                    PathwayEvent.DocumentReceived _,
                    PathwayEvent.CallMade _ -> circle;
            case PathwayEvent.DischargeExpected e -> circle;
            case PathwayEvent.DischargeRetracted e -> circle;
            case PathwayEvent.StepSeeksSomeone e -> circle;
            case PathwayEvent.StepUnassigned e -> circle;
            case PathwayEvent.StepDueSoon e -> circle;
            case PathwayEvent.StepOverdue e -> circle;
            case PathwayEvent.StepEscalated e -> circle;
            case PathwayEvent.Paused e -> circle;
            case PathwayEvent.Resumed e -> circle;
            case PathwayEvent.NeedsAttention e -> circle;
        };
    }

    private static CircleView with(CircleView circle, String handoff, UnaryOperator<Handoff> change) {
        return with(circle, each(circle, h -> h.handoff().equals(handoff), change), circle.done());
    }

    private static List<Handoff> each(CircleView circle, Predicate<Handoff> which, UnaryOperator<Handoff> change) {
        return circle.handoffs().stream()
                .map(h -> which.test(h) ? change.apply(h) : h)
                .toList();
    }

    private static CircleView with(CircleView circle, List<Handoff> handoffs, Map<String, Long> done) {
        return new CircleView(
                circle.id(),
                circle.owner(),
                circle.coordinator(),
                circle.firstStart(),
                circle.closed(),
                handoffs,
                done);
    }

    private static CircleView with(CircleView circle, long firstStart, long closed) {
        return new CircleView(
                circle.id(),
                circle.owner(),
                circle.coordinator(),
                firstStart,
                closed,
                circle.handoffs(),
                circle.done());
    }

    @Override
    public List<ViewIndex> indexes() {
        return List.of(); // read by id only
    }
}
