package fr.relais.pathway.domain;

import fr.relais.events.Addressee;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.AppointmentSet;
import fr.relais.events.PathwayEvent.CallMade;
import fr.relais.events.PathwayEvent.DischargeExpected;
import fr.relais.events.PathwayEvent.DischargeRetracted;
import fr.relais.events.PathwayEvent.DocumentReceived;
import fr.relais.events.PathwayEvent.DoneReportCorrected;
import fr.relais.events.PathwayEvent.HandoffAccepted;
import fr.relais.events.PathwayEvent.HandoffDeclined;
import fr.relais.events.PathwayEvent.HandoffExpired;
import fr.relais.events.PathwayEvent.HandoffFailed;
import fr.relais.events.PathwayEvent.HandoffLeftToOthers;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffSeen;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.NeedsAttention;
import fr.relais.events.PathwayEvent.NoteAdded;
import fr.relais.events.PathwayEvent.Reopened;
import fr.relais.events.PathwayEvent.Resumed;
import fr.relais.events.PathwayEvent.Started;
import fr.relais.events.PathwayEvent.StepCompleted;
import fr.relais.events.PathwayEvent.StepDueSoon;
import fr.relais.events.PathwayEvent.StepEscalated;
import fr.relais.events.PathwayEvent.StepOverdue;
import fr.relais.events.PathwayEvent.StepReportedDone;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.events.PathwayEvent.StepUnassigned;
import fr.relais.events.PathwayEvent.WeekConfirmed;
import fr.relais.events.PathwayEvent.WeekUnanswered;
import fr.relais.pathway.domain.Pathway.Closed;
import fr.relais.pathway.domain.Pathway.Dossier;
import fr.relais.pathway.domain.Pathway.NotOpened;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Pathway.Paused;
import fr.relais.pathway.domain.Pathway.Running;
import fr.relais.pathway.domain.Pathway.WaitingForDischarge;
import fr.relais.pathway.domain.Step.Quest;
import fr.relais.pathway.domain.Step.Stand;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an event makes of a pathway. It never argues: an event that cannot have happened is a bug. */
final class Evolution {

    private Evolution() {}

    static Pathway apply(Pathway pathway, PathwayEvent event) {
        return switch (event) {
            case PathwayEvent.Opened e ->
                new WaitingForDischarge(
                        new Dossier(
                                e.patient(),
                                e.template(),
                                e.templateVersion(),
                                e.owner(),
                                e.coordinator(),
                                e.commune(),
                                e.choices(),
                                e.hospital()),
                        Pathway.Steps.NONE,
                        null);
            case DischargeExpected e -> {
                Pathway.Expected expected = new Pathway.Expected(e.stay(), e.expectedAt(), e.facility());
                yield switch (open(pathway, event)) {
                    case WaitingForDischarge waiting ->
                        new WaitingForDischarge(waiting.dossier(), waiting.steps(), expected);
                    case Paused p -> new Paused(p.dossier(), p.steps(), p.reason(), p.before(), p.stay(), expected);
                    case Running running -> throw impossible(event, running);
                };
            }
            case Started e -> {
                Open open = open(pathway, event);
                yield new Running(
                        open.dossier(),
                        open.steps().asking(null),
                        new Pathway.Discharge(
                                e.stay(), e.dischargedAt(), e.endsAt(), e.facility(), e.destination(), e.to()),
                        null);
            }
            case DischargeRetracted e -> {
                Open open = open(pathway, event);
                yield new WaitingForDischarge(
                        open.dossier(), open.steps().inNewRound(true).asking(null), null);
            }
            case PathwayEvent.Paused e -> {
                if (!(pathway instanceof Running running)) {
                    throw impossible(event, pathway);
                }
                yield new Paused(
                        running.dossier(),
                        running.steps().inNewRound(false),
                        e.reason(),
                        running.discharge(),
                        e.stay(),
                        null);
            }
            case Resumed e -> {
                if (!(pathway instanceof Paused paused)) {
                    throw impossible(event, pathway);
                }
                yield new Running(paused.dossier(), paused.steps(), paused.before(), e.from());
            }
            case PathwayEvent.Closed e -> new Closed(open(pathway, event), e.reason(), e.closedAt());
            case Reopened e -> {
                if (!(pathway instanceof Closed closed)) {
                    throw impossible(event, pathway);
                }
                yield closed.before().with(closed.steps().inNewRound(false));
            }
            case PathwayEvent.DischargeNoLongerExpected _ ->
                switch (open(pathway, event)) {
                    case WaitingForDischarge waiting ->
                        new WaitingForDischarge(waiting.dossier(), waiting.steps(), null);
                    case Paused p -> new Paused(p.dossier(), p.steps(), p.reason(), p.before(), p.stay(), null);
                    case Running running -> throw impossible(event, running);
                };
            case PathwayEvent.PatientChanged e ->
                switch (pathway) {
                    case NotOpened none -> throw impossible(event, none);
                    case Open open -> open.ofPatient(e.patient());
                    case Closed closed ->
                        new Closed(closed.before().ofPatient(e.patient()), closed.reason(), closed.at());
                };
            case PathwayEvent.HospitalNews _ -> pathway;
            case NeedsAttention e -> asking(pathway, event, e.stay());
            case PathwayEvent.AttentionOver _ -> asking(pathway, event, null);
            case StepScheduled e -> {
                Open open = open(pathway, event);
                Step known = open.steps().byKey().get(e.step());
                Step.Due due = e.remindAt() == null || e.dueAt() == null
                        ? null
                        : new Step.Due(e.remindAt(), e.dueAt(), e.lateAt());
                Step step = known != null
                        ? known.withDue(due)
                        : Step.scheduled(e.step(), e.role(), e.profession(), due, e.responsible());
                yield open.with(open.steps()
                        .with(e.weekly() == null ? step : step.withWeeks(Step.Weeks.of(e.weekly(), step.weeks()))));
            }
            case StepSeeksSomeone e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withQuest(new Quest.Seeking(e.search(), e.answerBy())),
                        0,
                        1);
            case StepUnassigned e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withQuest(new Quest.Unassigned(
                                e.reason(), step.quest() instanceof Quest.Seeking seeking ? seeking.search() : null)),
                        0,
                        0);
            case HandoffOffered e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withOffer(
                                new Handoff.Offered(e.handoff(), e.to(), e.from(), e.wave(), e.answerBy())),
                        1,
                        0);
            case HandoffAccepted e -> change(pathway, event, e.step(), step -> accepted(step, e), 0, 0);
            case HandoffDeclined e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withoutOffer(e.handoff())
                                .withPast(new Handoff.Declined(e.handoff(), addressee(step, e.handoff()), e.by())),
                        0,
                        0);
            case HandoffExpired e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withoutOffer(e.handoff())
                                .withPast(new Handoff.Expired(e.handoff(), addressee(step, e.handoff()))),
                        0,
                        0);
            case HandoffSeen e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withOfferAs(offered(step, e.handoff()).seen(e.by())),
                        0,
                        0);
            case HandoffLeftToOthers e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withOfferAs(offered(step, e.handoff()).left(e.by())),
                        0,
                        0);
            case HandoffFailed e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> {
                            Stand.Held held = held(step, e.handoff());
                            return step.withStand(new Stand.Unheld(e.responsible(), held.quest()))
                                    .withPast(new Handoff.Failed(
                                            e.handoff(), held.handoff().to(), e.by(), e.reason()));
                        },
                        0,
                        0);
            case AppointmentSet e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> {
                            Stand.Held held = held(step, e.handoff());
                            return step.withStand(new Stand.Held(
                                    held.handoff().with(new Handoff.Appointment(e.status(), e.startsAt())),
                                    held.owner(),
                                    held.quest()));
                        },
                        0,
                        0);
            case StepReportedDone e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withReport(new Step.Report(e.by(), e.how(), e.doneAt())),
                        0,
                        0);
            case DoneReportCorrected e -> change(pathway, event, e.step(), step -> step.withReport(null), 0, 0);
            case WeekConfirmed e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withWeeks(weeks(step).confirmed(e.week())),
                        0,
                        0);
            case WeekUnanswered e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withWeeks(weeks(step).unanswered(e.week())),
                        0,
                        0);
            case DocumentReceived e -> {
                Open open = open(pathway, event);
                yield open.with(
                        open.steps().with(e.document(), new Pathway.Received(e.type(), e.author(), e.at(), e.of())));
            }
            case NoteAdded _, CallMade _ -> pathway;
            case HandoffWithdrawn e -> change(pathway, event, e.step(), step -> withdrawn(step, e), 0, 0);
            case StepCompleted e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> {
                            Step done = step.stand() instanceof Stand.Held held
                                    ? step.withPast(new Handoff.Completed(
                                            held.handoff().id(), held.handoff().to(), e.by()))
                                    : step;
                            return done.withReport(null).withStand(new Stand.Done(e.by(), e.handoff(), e.doneAt()));
                        },
                        0,
                        0);
            case StepDueSoon e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withTold(new Step.Told(
                                true, step.told().overdue(), step.told().level())),
                        0,
                        0);
            case StepOverdue e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withTold(new Step.Told(
                                step.told().soon(), true, step.told().level())),
                        0,
                        0);
            case StepEscalated e ->
                change(
                        pathway,
                        event,
                        e.step(),
                        step -> step.withTold(new Step.Told(step.told().soon(), true, e.level())),
                        0,
                        0);
        };
    }

    /** The handoff of whoever held it before stays to be withdrawn by an event of its own. */
    private static Step accepted(Step step, HandoffAccepted e) {
        Handoff.Offered offered = step.offers().get(e.handoff());
        if (offered == null) {
            throw new IllegalStateException("handoff " + e.handoff() + " was accepted without being offered");
        }
        Party owner = switch (step.stand()) {
            case Stand.Unheld unheld -> unheld.responsible();
            case Stand.Held held -> held.owner();
            case Stand.Done done -> done.by();
        };
        Set<Addressee> others = new LinkedHashSet<>();
        step.offers().values().forEach(offer -> others.add(offer.to()));
        Step next = step;
        if (step.stand() instanceof Stand.Held held) {
            Handoff.Accepted before = held.handoff();
            others.add(before.to());
            next = step.withPast(new Handoff.PassedOn(before.id(), before.to(), before.by(), e.by()));
        }
        others.remove(offered.to());
        next = next.withoutOffer(e.handoff());
        return next.withStand(new Stand.Held(
                        new Handoff.Accepted(
                                e.handoff(),
                                offered.to(),
                                offered.from(),
                                e.by(),
                                e.structure(),
                                e.acceptedAt(),
                                List.copyOf(others),
                                null),
                        owner,
                        next.quest()))
                .withFormer(null);
    }

    private static Step withdrawn(Step step, HandoffWithdrawn e) {
        if (step.past().get(e.handoff()) instanceof Handoff.PassedOn) {
            return step;
        }
        Handoff.Withdrawn over =
                new Handoff.Withdrawn(e.handoff(), addressee(step, e.handoff()), e.reason(), e.takenBy());
        if (step.stand() instanceof Stand.Held held && held.handoff().id().equals(e.handoff())) {
            boolean forATime = switch (e.reason()) {
                case DISCHARGE_CANCELLED, PATIENT_DIED -> true;
                case TAKEN_BY_ANOTHER, PATIENT_READMITTED, REASSIGNED, STEP_DONE, BY_SENDER, PATHWAY_CLOSED, UNDONE ->
                    false;
            };
            return step.withStand(new Stand.Unheld(e.responsible(), held.quest()))
                    .withPast(over)
                    .withFormer(forATime ? held.handoff().to() : null);
        }
        return step.withoutOffer(e.handoff()).withPast(over);
    }

    private static Handoff.Offered offered(Step step, String handoff) {
        Handoff.Offered offered = step.offers().get(handoff);
        if (offered == null) {
            throw new IllegalStateException("handoff " + handoff + " is not offered");
        }
        return offered;
    }

    private static Stand.Held held(Step step, String handoff) {
        if (step.stand() instanceof Stand.Held held && held.handoff().id().equals(handoff)) {
            return held;
        }
        throw new IllegalStateException("handoff " + handoff + " is not held");
    }

    private static Step.Weeks weeks(Step step) {
        Step.Weeks weeks = step.weeks();
        if (weeks == null) {
            throw new IllegalStateException("step " + step.key() + " does not recur");
        }
        return weeks;
    }

    private static Addressee addressee(Step step, String handoff) {
        return step.handoff(handoff)
                .map(Handoff::to)
                .orElseThrow(() -> new IllegalStateException("handoff " + handoff + " was never offered"));
    }

    private static Open change(
            Pathway pathway,
            PathwayEvent event,
            String step,
            java.util.function.UnaryOperator<Step> change,
            int handoffs,
            int searches) {
        Open open = open(pathway, event);
        return open.with(open.steps().with(change.apply(stepOf(open, step))).counting(handoffs, searches));
    }

    static Step stepOf(Open open, String key) {
        Step step = open.steps().byKey().get(key);
        if (step == null) {
            throw new IllegalStateException("step " + key + " was never scheduled");
        }
        return step;
    }

    private static Open asking(Pathway pathway, PathwayEvent event, @Nullable String stay) {
        Open open = open(pathway, event);
        return open.with(open.steps().asking(stay));
    }

    private static Open open(Pathway pathway, PathwayEvent event) {
        if (pathway instanceof Open open) {
            return open;
        }
        throw impossible(event, pathway);
    }

    private static IllegalStateException impossible(PathwayEvent event, Pathway pathway) {
        return new IllegalStateException(
                "a pathway that is " + pathway.getClass().getSimpleName() + " cannot have "
                        + event.getClass().getSimpleName() + " happen: its journal is not one that these rules wrote");
    }
}
