package fr.relais.notification.view;

import fr.relais.events.CareTerms;
import fr.relais.events.DomainEvent;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.AppointmentStatus;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.kafka.Listeners;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ViewIndex;
import fr.relais.notification.view.CircleView.Handoff;
import java.time.Duration;
import java.util.ArrayList;
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
        return 2;
    }

    @Override
    public Class<CircleView> document() {
        return CircleView.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(PathwayEvent.class);
    }

    /** Nothing is told before the circle is known. */
    @Override
    public Duration gathers() {
        return Listeners.BETWEEN_BATCHES;
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
                    Map.of(),
                    Map.of());
        }
        return circle == null ? null : after(circle, event, recorded.sequence());
    }

    private static CircleView after(CircleView circle, PathwayEvent event, long sequence) {
        return switch (event) {
            case PathwayEvent.Started started -> circle.startedAt(sequence);
            case PathwayEvent.Closed closed -> circle.closedAt(sequence);
            case PathwayEvent.Reopened reopened -> circle.closedAt(0);
            case PathwayEvent.HandoffOffered offered -> offered(circle, offered, sequence);
            case PathwayEvent.HandoffAccepted accepted ->
                with(circle, accepted.handoff(), h -> h.heldBy(accepted.by().key()));
            case PathwayEvent.HandoffDeclined declined -> with(circle, declined.handoff(), h -> h.endedAt(sequence));
            case PathwayEvent.HandoffExpired expired -> with(circle, expired.handoff(), h -> h.endedAt(sequence));
            case PathwayEvent.HandoffFailed failed -> with(circle, failed.handoff(), h -> h.endedAt(sequence));
            case PathwayEvent.HandoffWithdrawn withdrawn ->
                with(
                        circle,
                        withdrawn.handoff(),
                        h -> h.endedAt(sequence, withdrawn.reason() == WithdrawReason.PATIENT_DIED));
            case PathwayEvent.AppointmentSet appointment ->
                with(
                        circle,
                        appointment.handoff(),
                        h -> h.visitedAt(
                                appointment.status() == AppointmentStatus.BOOKED ? appointment.startsAt() : null));
            case PathwayEvent.StepScheduled scheduled -> circle.scheduled(scheduled.step(), scheduled.dueAt());
            case PathwayEvent.StepCompleted completed ->
                each(circle, h -> h.holder() != null && h.step().equals(completed.step()), h -> h.endedAt(sequence))
                        .doneAt(completed.step(), sequence);
            case PathwayEvent.Opened _,
                    PathwayEvent.HospitalNews _,
                    PathwayEvent.DischargeNoLongerExpected _,
                    PathwayEvent.PatientChanged _,
                    PathwayEvent.HandoffSeen _,
                    PathwayEvent.HandoffLeftToOthers _,
                    PathwayEvent.StepReportedDone _,
                    PathwayEvent.DoneReportCorrected _,
                    PathwayEvent.WeekConfirmed _,
                    PathwayEvent.WeekUnanswered _,
                    PathwayEvent.NoteAdded _,
                    PathwayEvent.DocumentReceived _,
                    PathwayEvent.CallMade _,
                    PathwayEvent.DischargeExpected _,
                    PathwayEvent.DischargeRetracted _,
                    PathwayEvent.StepSeeksSomeone _,
                    PathwayEvent.StepUnassigned _,
                    PathwayEvent.StepDueSoon _,
                    PathwayEvent.StepOverdue _,
                    PathwayEvent.StepEscalated _,
                    PathwayEvent.Paused _,
                    PathwayEvent.Resumed _,
                    PathwayEvent.NeedsAttention _,
                    PathwayEvent.AttentionOver _ -> circle;
        };
    }

    private static CircleView offered(CircleView circle, PathwayEvent.HandoffOffered offered, long sequence) {
        List<Handoff> handoffs = new ArrayList<>(circle.handoffs());
        handoffs.add(new Handoff(
                offered.handoff(),
                offered.step(),
                offered.from().key(),
                sequence,
                offered.answerBy(),
                null,
                0,
                offered.terms().mode() == CareTerms.Mode.HOME,
                null,
                false));
        return circle.withHandoffs(handoffs);
    }

    private static CircleView with(CircleView circle, String handoff, UnaryOperator<Handoff> change) {
        return each(circle, h -> h.handoff().equals(handoff), change);
    }

    private static CircleView each(CircleView circle, Predicate<Handoff> which, UnaryOperator<Handoff> change) {
        return circle.withHandoffs(circle.handoffs().stream()
                .map(h -> which.test(h) ? change.apply(h) : h)
                .toList());
    }

    @Override
    public List<ViewIndex> indexes() {
        return List.of(); // read by id only
    }
}
