package fr.relais.notification.domain;

import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.notification.domain.Circle.Handoff;
import fr.relais.notification.domain.Consequence.Answered;
import fr.relais.notification.domain.Consequence.Settled;
import fr.relais.notification.domain.Consequence.TakeBack;
import fr.relais.notification.domain.Consequence.Tell;
import fr.relais.notification.domain.Consequence.TellMembers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is told what when something happens on a pathway. Nobody outside the circle of the handoff is told anything. */
public final class WhoIsTold {

    /** Notices that ask something of the one to whom a handoff was offered or who holds it. */
    public static final Set<Notice> OF_A_HANDOFF =
            Set.copyOf(EnumSet.of(Notice.OFFER, Notice.CORRECTED, Notice.REMINDER, Notice.OVERDUE));

    /** Notices that ask for something to be done about a step. */
    public static final Set<Notice> OF_A_STEP = Set.copyOf(EnumSet.of(
            Notice.OFFER, Notice.CORRECTED, Notice.REMINDER, Notice.OVERDUE, Notice.ESCALATED, Notice.UNASSIGNED));

    private WhoIsTold() {}

    /** Whether anything can follow from it: the rest costs no look at the circle. */
    public static boolean mayConcern(PathwayEvent event) {
        return switch (event) {
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
                    PathwayEvent.CallMade _ -> false;
            case PathwayEvent.Opened o -> false;
            case PathwayEvent.DischargeExpected e -> false;
            case PathwayEvent.StepScheduled s -> false;
            case PathwayEvent.StepSeeksSomeone s -> false;
            case PathwayEvent.Paused p -> false;
            case PathwayEvent.Resumed r -> false;
            case PathwayEvent.Closed c -> false;
            case PathwayEvent.Reopened r -> false;
            case PathwayEvent.Started s -> true;
            case PathwayEvent.DischargeRetracted d -> false;
            case PathwayEvent.StepUnassigned s -> true;
            case PathwayEvent.HandoffOffered h -> true;
            case PathwayEvent.HandoffAccepted h -> true;
            case PathwayEvent.HandoffDeclined h -> true;
            case PathwayEvent.HandoffExpired h -> true;
            case PathwayEvent.HandoffWithdrawn h -> true;
            case PathwayEvent.StepCompleted s -> true;
            case PathwayEvent.StepDueSoon s -> true;
            case PathwayEvent.StepOverdue s -> true;
            case PathwayEvent.StepEscalated s -> true;
            case PathwayEvent.NeedsAttention n -> true;
        };
    }

    /**
     * What follows from an event.
     *
     * @param sequence sequence of the event in its pathway
     * @param circle the pathway's circle at that sequence or later
     */
    public static List<Consequence> after(PathwayEvent event, long sequence, Circle circle) {
        return switch (event) {
            case PathwayEvent.HandoffOffered offered -> offered(offered, circle);
            case PathwayEvent.HandoffAccepted accepted -> accepted(accepted, circle);
            case PathwayEvent.HandoffDeclined declined -> declined(declined, circle);
            case PathwayEvent.HandoffExpired expired ->
                List.of(takeBack(expired.handoff(), expired.step(), Optional.empty(), Set.of(), Optional.empty()));
            case PathwayEvent.HandoffWithdrawn withdrawn -> withdrawn(withdrawn, circle);
            case PathwayEvent.StepCompleted completed -> completed(completed, circle);
            case PathwayEvent.StepDueSoon soon ->
                chase(soon.step(), soon.responsible(), soon.responsible(), Notice.REMINDER, sequence, circle);
            case PathwayEvent.StepOverdue late ->
                chase(late.step(), late.responsible(), late.responsible(), Notice.OVERDUE, sequence, circle);
            case PathwayEvent.StepEscalated escalated ->
                chase(escalated.step(), escalated.to(), escalated.responsible(), Notice.ESCALATED, sequence, circle);
            case PathwayEvent.StepUnassigned unassigned ->
                over(unassigned.step(), sequence, circle)
                        ? List.of()
                        : List.of(new Tell(circle.coordinator(), Notice.UNASSIGNED, unassigned.step(), null));
            case PathwayEvent.NeedsAttention attention ->
                List.of(new Tell(circle.coordinator(), Notice.ATTENTION, null, null));
            case PathwayEvent.Started started ->
                sequence > circle.firstStart() && circle.firstStart() > 0 ? corrected(sequence, circle) : List.of();
            // Each handoff is withdrawn by an event of its own, and that is told.
            case PathwayEvent.DischargeRetracted r -> List.of();
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
                    PathwayEvent.CallMade _ -> List.of();
            case PathwayEvent.Opened o -> List.of();
            case PathwayEvent.DischargeExpected e -> List.of();
            case PathwayEvent.StepScheduled s -> List.of();
            case PathwayEvent.StepSeeksSomeone s -> List.of();
            case PathwayEvent.Paused p -> List.of();
            case PathwayEvent.Resumed r -> List.of();
            case PathwayEvent.Closed c -> List.of();
            case PathwayEvent.Reopened r -> List.of();
        };
    }

    private static List<Consequence> offered(PathwayEvent.HandoffOffered event, Circle circle) {
        if (!known(event.handoff(), circle).isOpen()) {
            // Told late, after a standstill: by now it is taken or gone, and nobody is to be sent after it.
            return List.of();
        }
        Party party = event.to().party();
        return party.isPerson()
                ? List.of(new Tell(party, Notice.OFFER, event.step(), event.handoff()))
                : List.of(new TellMembers(
                        party.id(), event.to().profession(), Notice.OFFER, event.step(), event.handoff()));
    }

    private static List<Consequence> accepted(PathwayEvent.HandoffAccepted event, Circle circle) {
        List<Consequence> consequences = new ArrayList<>();
        consequences.add(new Answered(event.handoff(), event.by()));
        consequences.add(takeBack(
                event.handoff(),
                event.step(),
                Optional.of(Notice.TAKEN_BY_ANOTHER),
                Set.of(event.by()),
                Optional.empty()));
        tell(known(event.handoff(), circle).from(), event.by(), Notice.ACCEPTED, event.step(), event.handoff())
                .ifPresent(consequences::add);
        return consequences;
    }

    private static List<Consequence> declined(PathwayEvent.HandoffDeclined event, Circle circle) {
        List<Consequence> consequences = new ArrayList<>();
        consequences.add(new Answered(event.handoff(), event.by()));
        consequences.add(takeBack(event.handoff(), event.step(), Optional.empty(), Set.of(), Optional.empty()));
        tell(known(event.handoff(), circle).from(), event.by(), Notice.DECLINED, event.step(), event.handoff())
                .ifPresent(consequences::add);
        return consequences;
    }

    private static List<Consequence> withdrawn(PathwayEvent.HandoffWithdrawn event, Circle circle) {
        Notice say = event.reason() == WithdrawReason.TAKEN_BY_ANOTHER ? Notice.TAKEN_BY_ANOTHER : Notice.WITHDRAWN;
        Party taker = event.takenBy();
        return List.of(takeBack(
                event.handoff(),
                event.step(),
                Optional.of(say),
                taker == null ? Set.of() : Set.of(taker),
                Optional.ofNullable(known(event.handoff(), circle).holder())));
    }

    private static List<Consequence> completed(PathwayEvent.StepCompleted event, Circle circle) {
        Party sender = circle.handoff(event.handoff()).map(Handoff::from).orElse(circle.owner());
        List<Consequence> consequences = new ArrayList<>();
        consequences.add(new Settled(event.step()));
        tell(sender, event.by(), Notice.COMPLETED, event.step(), event.handoff())
                .ifPresent(consequences::add);
        return consequences;
    }

    private static List<Consequence> chase(
            String step, Party told, Party responsible, Notice notice, long sequence, Circle circle) {
        if (over(step, sequence, circle)) {
            return List.of();
        }
        // The handoff is named to its holder only, so that its withdrawal takes the reminder back.
        String handoff =
                told.equals(responsible) ? circle.heldBy(step, responsible).orElse(null) : null;
        return List.of(new Tell(told, notice, step, handoff));
    }

    /** Whether a step was done, or the pathway closed, while this service was still to tell of something before. */
    private static boolean over(String step, long sequence, Circle circle) {
        return circle.closed() > sequence || circle.done().getOrDefault(step, 0L) > sequence;
    }

    /** Dates have moved: whoever was asked or accepted before, and is not rid of it since, hears so. */
    private static List<Consequence> corrected(long sequence, Circle circle) {
        return circle.handoffs().entrySet().stream()
                .filter(e -> e.getValue().offered() < sequence && e.getValue().ended() == 0)
                .sorted(Map.Entry.comparingByKey())
                .<Consequence>map(e -> new TakeBack(
                        e.getKey(),
                        e.getValue().step(),
                        Set.of(),
                        Optional.of(Notice.CORRECTED),
                        Set.of(),
                        Optional.ofNullable(e.getValue().holder())))
                .toList();
    }

    private static TakeBack takeBack(
            String handoff, String step, Optional<Notice> say, Set<Party> except, Optional<Party> holder) {
        return new TakeBack(handoff, step, OF_A_HANDOFF, say, except, holder);
    }

    /** Nobody is told of what they did themselves. */
    private static Optional<Consequence> tell(
            Party who, Party by, Notice notice, String step, @Nullable String handoff) {
        return who.equals(by) ? Optional.empty() : Optional.of(new Tell(who, notice, step, handoff));
    }

    private static Handoff known(String handoff, Circle circle) {
        return circle.handoff(handoff)
                .orElseThrow(() -> new IllegalStateException(
                        "no offer is known of " + handoff + ": rebuild the view of circles, then repeat this event"));
    }
}
