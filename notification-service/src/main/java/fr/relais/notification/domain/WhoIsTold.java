package fr.relais.notification.domain;

import fr.relais.events.EncounterEvent;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.PauseReason;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.notification.domain.Circle.Handoff;
import fr.relais.notification.domain.Consequence.Answered;
import fr.relais.notification.domain.Consequence.TakeBack;
import fr.relais.notification.domain.Consequence.Tell;
import fr.relais.notification.domain.Consequence.TellMembers;
import fr.relais.notification.domain.Consequence.Unsay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what when something happens on a pathway. Nobody outside the circle of the handoff is told anything, and
 * nothing ever goes to the patient or the family.
 */
public final class WhoIsTold {

    /** Notices that ask something of the one to whom a handoff was offered or who holds it. */
    public static final Set<Notice> OF_A_HANDOFF =
            Set.copyOf(EnumSet.of(Notice.OFFER, Notice.CORRECTED, Notice.REMINDER, Notice.OVERDUE));

    /** Notices that ask for something to be done about a step. */
    public static final Set<Notice> OF_A_STEP = Set.copyOf(EnumSet.of(
            Notice.OFFER,
            Notice.CORRECTED,
            Notice.REMINDER,
            Notice.OVERDUE,
            Notice.ESCALATED,
            Notice.UNASSIGNED,
            Notice.HANDOFF_FAILED,
            Notice.REPORTED_DONE,
            Notice.WEEK_UNANSWERED,
            Notice.LETTER_MISSING));

    /** Notices that mean nothing once the patient has died. */
    private static final Set<Notice> OF_A_CLOSED_PATHWAY = Set.copyOf(EnumSet.of(
            Notice.REMINDER,
            Notice.OVERDUE,
            Notice.ESCALATED,
            Notice.UNASSIGNED,
            Notice.ATTENTION,
            Notice.EMERGENCY,
            Notice.EMERGENCY_OVER,
            Notice.ON_LEAVE,
            Notice.HOSPITAL_NEWS,
            Notice.WEEK_UNANSWERED,
            Notice.LETTER_MISSING));

    /** Whoever is expected within this time of a death is told at any hour. */
    static final Duration ABOUT_TO_VISIT = Duration.ofHours(24);

    /** LOINC code of the discharge letter (lettre de liaison, CSP R1112-1-2). */
    private static final String DISCHARGE_LETTER = "11490-0";

    /** Keys under which templates have the step of the discharge letter. */
    private static final Set<String> LETTER_STEPS = Set.of("letter", "discharge-letter");

    /** Unanswered weeks in a row that are for the coordinator. */
    private static final int WEEKS_IN_A_ROW = 2;

    private WhoIsTold() {}

    /** Whether anything can follow from it: the rest costs no look at the circle. */
    public static boolean mayConcern(PathwayEvent event) {
        return switch (event) {
            case PathwayEvent.Opened _,
                    PathwayEvent.DischargeExpected _,
                    PathwayEvent.DischargeRetracted _,
                    PathwayEvent.StepScheduled _,
                    PathwayEvent.StepSeeksSomeone _,
                    PathwayEvent.PatientChanged _,
                    PathwayEvent.AppointmentSet _,
                    PathwayEvent.CallMade _ -> false;
            case PathwayEvent.Paused p -> p.reason() == PauseReason.PATIENT_READMITTED;
            case PathwayEvent.Resumed r -> r.stay() != null;
            case PathwayEvent.Closed c -> c.reason() == PathwayEvent.CloseReason.PATIENT_DIED;
            case PathwayEvent.WeekUnanswered w -> w.inARow() == WEEKS_IN_A_ROW;
            case PathwayEvent.NoteAdded n -> n.urgent();
            case PathwayEvent.DocumentReceived d -> d.type().equals(DISCHARGE_LETTER);
            case PathwayEvent.Started _,
                    PathwayEvent.StepUnassigned _,
                    PathwayEvent.HandoffOffered _,
                    PathwayEvent.HandoffAccepted _,
                    PathwayEvent.HandoffDeclined _,
                    PathwayEvent.HandoffExpired _,
                    PathwayEvent.HandoffWithdrawn _,
                    PathwayEvent.HandoffSeen _,
                    PathwayEvent.HandoffLeftToOthers _,
                    PathwayEvent.HandoffFailed _,
                    PathwayEvent.StepCompleted _,
                    PathwayEvent.StepDueSoon _,
                    PathwayEvent.StepOverdue _,
                    PathwayEvent.StepEscalated _,
                    PathwayEvent.StepReportedDone _,
                    PathwayEvent.DoneReportCorrected _,
                    PathwayEvent.WeekConfirmed _,
                    PathwayEvent.HospitalNews _,
                    PathwayEvent.DischargeNoLongerExpected _,
                    PathwayEvent.NeedsAttention _,
                    PathwayEvent.AttentionOver _,
                    PathwayEvent.Reopened _ -> true;
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
            case PathwayEvent.HandoffSeen seen -> List.of(new Answered(seen.handoff(), seen.by()));
            case PathwayEvent.HandoffLeftToOthers left -> List.of(new Answered(left.handoff(), left.by()));
            case PathwayEvent.HandoffExpired expired ->
                List.of(takeBack(expired.handoff(), expired.step(), Optional.empty(), Set.of(), Optional.empty()));
            case PathwayEvent.HandoffWithdrawn withdrawn -> withdrawn(withdrawn, circle);
            case PathwayEvent.HandoffFailed failed -> failed(failed, circle);
            case PathwayEvent.StepCompleted completed -> completed(completed, circle);
            case PathwayEvent.StepReportedDone reported -> reportedDone(reported, circle);
            case PathwayEvent.DoneReportCorrected corrected -> notDone(corrected, circle);
            case PathwayEvent.StepDueSoon soon ->
                chase(soon.step(), soon.responsible(), soon.responsible(), Notice.REMINDER, sequence, circle);
            case PathwayEvent.StepOverdue late -> overdue(late, sequence, circle);
            case PathwayEvent.StepEscalated escalated ->
                chase(escalated.step(), escalated.to(), escalated.responsible(), Notice.ESCALATED, sequence, circle);
            case PathwayEvent.WeekUnanswered week ->
                week.inARow() != WEEKS_IN_A_ROW || over(week.step(), sequence, circle)
                        ? List.of()
                        : List.of(new Tell(circle.coordinator(), Notice.WEEK_UNANSWERED, week.step(), null));
            case PathwayEvent.WeekConfirmed week ->
                List.of(new Unsay(week.step(), Set.of(Notice.WEEK_UNANSWERED, Notice.REMINDER, Notice.OVERDUE)));
            case PathwayEvent.StepUnassigned unassigned ->
                over(unassigned.step(), sequence, circle)
                        ? List.of()
                        : List.of(new Tell(circle.coordinator(), Notice.UNASSIGNED, unassigned.step(), null));
            case PathwayEvent.NeedsAttention attention -> attention(attention, circle);
            case PathwayEvent.AttentionOver over ->
                List.of(new Unsay(null, Set.of(Notice.ATTENTION, Notice.LEFT_AGAINST_ADVICE)));
            case PathwayEvent.Paused paused ->
                paused.reason() == PauseReason.PATIENT_READMITTED ? readmitted(sequence, circle) : List.of();
            case PathwayEvent.Resumed resumed -> resumed.stay() == null ? List.of() : home(sequence, circle);
            case PathwayEvent.Started started ->
                sequence > circle.firstStart() && circle.firstStart() > 0 ? corrected(sequence, circle) : List.of();
            // Early offers stand, and whoever took one had counted on a day.
            case PathwayEvent.DischargeNoLongerExpected put -> corrected(sequence, circle);
            case PathwayEvent.HospitalNews news -> news(news, sequence, circle);
            case PathwayEvent.NoteAdded note ->
                note.urgent() ? tellAll(careGivers(circle), note.by(), Notice.URGENT_NOTE, note.step()) : List.of();
            case PathwayEvent.DocumentReceived document ->
                document.type().equals(DISCHARGE_LETTER) ? letter(document, circle) : List.of();
            case PathwayEvent.Closed closed ->
                closed.reason() == PathwayEvent.CloseReason.PATIENT_DIED ? death(closed, sequence, circle) : List.of();
            case PathwayEvent.Reopened r -> reopened(circle);
            // Each handoff is withdrawn by an event of its own, and that is told.
            case PathwayEvent.DischargeRetracted r -> List.of();
            case PathwayEvent.Opened _,
                    PathwayEvent.DischargeExpected _,
                    PathwayEvent.StepScheduled _,
                    PathwayEvent.StepSeeksSomeone _,
                    PathwayEvent.PatientChanged _,
                    PathwayEvent.AppointmentSet _,
                    PathwayEvent.CallMade _ -> List.of();
        };
    }

    /** What a circle is told of a patient whom no pathway follows: each of them one notice. */
    public static List<Consequence> after(EncounterEvent event) {
        if (event instanceof EncounterEvent.NewsTakenBack back) {
            // Also those of a patient whom a pathway follows by now: they had been told.
            return circle(
                    back.circle(),
                    switch (back.news()) {
                        case ADMITTED -> Notice.ADMISSION_TAKEN_BACK;
                        case DISCHARGED -> Notice.DISCHARGE_TAKEN_BACK;
                    });
        }
        if (!event.pathways().isEmpty()) {
            return List.of();
        }
        return switch (event) {
            case EncounterEvent.Admitted admitted -> circle(admitted.circle(), Notice.ADMITTED);
            case EncounterEvent.Discharged discharged -> circle(discharged.circle(), Notice.DISCHARGED);
            case EncounterEvent.DischargePlanned _,
                    EncounterEvent.DischargeUnclear _,
                    EncounterEvent.DischargeCancelled _,
                    EncounterEvent.Died _,
                    EncounterEvent.DeathCancelled _,
                    EncounterEvent.PathwayLinked _,
                    EncounterEvent.PathwayUnlinked _,
                    EncounterEvent.AdmissionCancelled _,
                    EncounterEvent.StayPlanned _,
                    EncounterEvent.StayPlanCancelled _,
                    EncounterEvent.DischargePlanCancelled _,
                    EncounterEvent.EmergencyArrived _,
                    EncounterEvent.EmergencyLeft _,
                    EncounterEvent.LeaveStarted _,
                    EncounterEvent.LeaveEnded _,
                    EncounterEvent.Moved _,
                    EncounterEvent.MergedInto _,
                    EncounterEvent.Absorbed _,
                    EncounterEvent.MovementReported _,
                    EncounterEvent.NewsTakenBack _,
                    EncounterEvent.TreatingPhysicianNamed _ -> List.of();
        };
    }

    private static List<Consequence> circle(@Nullable List<Party> circle, Notice notice) {
        return circle == null
                ? List.of()
                : new TreeSet<>(circle)
                        .stream()
                                .<Consequence>map(who -> new Tell(who, notice, null, null))
                                .toList();
    }

    private static List<Consequence> offered(PathwayEvent.HandoffOffered event, Circle circle) {
        if (!known(event.handoff(), circle).isOpen()) {
            // Told late, after a standstill: by now it is taken or gone, and nobody is to be sent after it.
            return List.of();
        }
        Party party = event.to().party();
        List<Consequence> consequences = new ArrayList<>();
        if (circle.wasOfferedOtherwise(event.step(), event.handoff())) {
            // Somebody had taken it and gives it back: those who were about to hear of that do not.
            consequences.add(new Unsay(event.step(), Set.of(Notice.TAKEN_BY_ANOTHER)));
        }
        consequences.add(
                party.isPerson()
                        ? new Tell(party, Notice.OFFER, event.step(), event.handoff())
                        : new TellMembers(
                                party.id(), event.to().profession(), Notice.OFFER, event.step(), event.handoff()));
        return consequences;
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
        Set<Party> except = new HashSet<>();
        Party taker = event.takenBy();
        if (taker != null) {
            except.add(taker);
        }
        Party holder = known(event.handoff(), circle).holder();
        if (holder == null) {
            return List.of(takeBack(event.handoff(), event.step(), Optional.of(say), except, Optional.empty()));
        }
        if (event.reason() == WithdrawReason.PATIENT_DIED) {
            // The end of the pathway is told to each of them once, however many handoffs they held.
            return List.of(takeBack(event.handoff(), event.step(), Optional.empty(), except, Optional.empty()));
        }
        // Whoever counts on it hears it, also when they found the offer by themselves and nothing had told them.
        return List.of(takeBack(
                event.handoff(),
                event.step(),
                Optional.of(Notice.VISIT_CANCELLED),
                except,
                except.contains(holder) ? Optional.empty() : Optional.of(holder)));
    }

    private static List<Consequence> failed(PathwayEvent.HandoffFailed event, Circle circle) {
        Set<Party> told = new TreeSet<>(List.of(known(event.handoff(), circle).from(), event.responsible()));
        told.remove(event.by());
        List<Consequence> consequences = new ArrayList<>();
        consequences.add(takeBack(event.handoff(), event.step(), Optional.empty(), Set.of(), Optional.empty()));
        told.forEach(who -> consequences.add(new Tell(who, Notice.HANDOFF_FAILED, event.step(), event.handoff())));
        return consequences;
    }

    private static List<Consequence> reportedDone(PathwayEvent.StepReportedDone event, Circle circle) {
        return circle.heldNow(event.step())
                .flatMap(held -> Optional.ofNullable(held.getValue().holder())
                        .flatMap(holder -> tell(holder, event.by(), Notice.REPORTED_DONE, event.step(), held.getKey())))
                .map(List::of)
                .orElse(List.of());
    }

    private static List<Consequence> notDone(PathwayEvent.DoneReportCorrected event, Circle circle) {
        List<Consequence> consequences = new ArrayList<>();
        consequences.add(new Unsay(event.step(), Set.of(Notice.REPORTED_DONE)));
        circle.heldNow(event.step())
                .flatMap(held -> tell(held.getValue().from(), event.by(), Notice.NOT_DONE, event.step(), held.getKey()))
                .ifPresent(consequences::add);
        return consequences;
    }

    private static List<Consequence> overdue(PathwayEvent.StepOverdue late, long sequence, Circle circle) {
        List<Consequence> consequences = new ArrayList<>(
                chase(late.step(), late.responsible(), late.responsible(), Notice.OVERDUE, sequence, circle));
        if (LETTER_STEPS.contains(late.step()) && !consequences.isEmpty()) {
            consequences.addAll(tellAll(circle.holders(), late.responsible(), Notice.LETTER_MISSING, late.step()));
        }
        return consequences;
    }

    private static List<Consequence> letter(PathwayEvent.DocumentReceived event, Circle circle) {
        List<Consequence> consequences = new ArrayList<>();
        if (event.of() == null) {
            // Of another stay it may be, and the one that is missing is still missing: the step says so when it is
            // done.
            consequences.add(new Unsay(null, Set.of(Notice.LETTER_MISSING)));
        }
        consequences.addAll(tellAll(circle.holders(), event.author(), Notice.LETTER_ARRIVED, null));
        return consequences;
    }

    private static List<Consequence> news(PathwayEvent.HospitalNews news, long sequence, Circle circle) {
        if (circle.closed() > sequence) {
            return List.of();
        }
        Set<Party> visitors = circle.holders(handoff -> handoff.isHeld() && handoff.home());
        List<Consequence> consequences = new ArrayList<>();
        switch (news.news()) {
            case EMERGENCY_ARRIVAL -> {
                Set<Party> others = new TreeSet<>(circle.holders());
                others.removeAll(visitors);
                consequences.addAll(tellAll(visitors, null, Notice.EMERGENCY, null));
                consequences.addAll(tellAll(others, null, Notice.HOSPITAL_NEWS, null));
            }
            case EMERGENCY_LEFT -> {
                consequences.add(new Unsay(null, Set.of(Notice.EMERGENCY)));
                consequences.addAll(tellAll(visitors, null, Notice.EMERGENCY_OVER, null));
            }
            case ON_LEAVE -> consequences.addAll(tellAll(circle.holders(), null, Notice.ON_LEAVE, null));
            case BACK_FROM_LEAVE -> {
                consequences.add(new Unsay(null, Set.of(Notice.ON_LEAVE)));
                consequences.addAll(tellAll(circle.holders(), null, Notice.HOSPITAL_NEWS, null));
            }
        }
        return consequences;
    }

    private static List<Consequence> attention(PathwayEvent.NeedsAttention event, Circle circle) {
        List<Consequence> consequences = new ArrayList<>();
        consequences.add(new Tell(circle.coordinator(), Notice.ATTENTION, null, null));
        Party alert = event.alert();
        if (alert != null) {
            consequences.add(new Tell(alert, Notice.LEFT_AGAINST_ADVICE, null, null));
        }
        return consequences;
    }

    /** Back in hospital: whoever is to visit does not set out, the others find it in their list. */
    private static List<Consequence> readmitted(long sequence, Circle circle) {
        if (circle.closed() > sequence) {
            return List.of();
        }
        Set<Party> visitors = circle.holders(handoff -> handoff.isHeld() && handoff.home());
        Set<Party> others = new TreeSet<>(circle.holders());
        others.removeAll(visitors);
        List<Consequence> consequences = new ArrayList<>();
        consequences.addAll(tellAll(visitors, null, Notice.VISIT_CANCELLED, null));
        consequences.addAll(tellAll(others, null, Notice.HOSPITAL_NEWS, null));
        return consequences;
    }

    /** The admission was none: whoever was told to stay away is expected again. */
    private static List<Consequence> home(long sequence, Circle circle) {
        List<Consequence> consequences = new ArrayList<>();
        consequences.add(new Unsay(null, Set.of(Notice.VISIT_CANCELLED, Notice.HOSPITAL_NEWS)));
        consequences.addAll(corrected(sequence, circle));
        return consequences;
    }

    /** Everybody who took part is told once; whoever is about to set out hears it at any hour. */
    private static List<Consequence> death(PathwayEvent.Closed event, long sequence, Circle circle) {
        if (circle.closed() != sequence) {
            return List.of(); // taken back by now: nobody is told of a death that was none
        }
        Instant until = event.closedAt().plus(ABOUT_TO_VISIT);
        Set<Party> aboutToVisit = circle.holders(handoff -> handoff.lostByDeath()
                && circle.expected(handoff).map(at -> !at.isAfter(until)).orElse(true));
        Set<Party> others = new TreeSet<>(circle.holders(handoff -> true));
        others.add(circle.owner());
        others.add(circle.coordinator());
        others.removeAll(aboutToVisit);
        List<Consequence> consequences = new ArrayList<>();
        consequences.add(new Unsay(null, OF_A_CLOSED_PATHWAY));
        consequences.addAll(tellAll(aboutToVisit, null, Notice.VISIT_CANCELLED, null));
        consequences.addAll(tellAll(others, null, Notice.ENDED, null));
        return consequences;
    }

    private static List<Consequence> reopened(Circle circle) {
        Set<Party> all = new TreeSet<>(circle.holders(handoff -> true));
        all.add(circle.owner());
        all.add(circle.coordinator());
        List<Consequence> consequences = new ArrayList<>();
        consequences.add(new Unsay(null, Set.of(Notice.ENDED, Notice.VISIT_CANCELLED)));
        consequences.addAll(tellAll(all, null, Notice.REOPENED, null));
        return consequences;
    }

    /** Those who give care now, and who answers for the pathway. Coordinators read no clinical text. */
    private static Set<Party> careGivers(Circle circle) {
        Set<Party> all = new TreeSet<>(circle.holders());
        all.add(circle.owner());
        return all;
    }

    private static List<Consequence> tellAll(Set<Party> all, @Nullable Party by, Notice notice, @Nullable String step) {
        return all.stream()
                .filter(who -> !who.equals(by))
                .<Consequence>map(who -> new Tell(who, notice, step, null))
                .toList();
    }

    private static List<Consequence> completed(PathwayEvent.StepCompleted event, Circle circle) {
        Party sender = circle.handoff(event.handoff()).map(Handoff::from).orElse(circle.owner());
        List<Consequence> consequences = new ArrayList<>();
        consequences.add(new Unsay(event.step(), OF_A_STEP));
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
