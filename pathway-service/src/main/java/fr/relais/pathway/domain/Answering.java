package fr.relais.pathway.domain;

import fr.relais.events.Addressee;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.AppointmentSet;
import fr.relais.events.PathwayEvent.AppointmentStatus;
import fr.relais.events.PathwayEvent.HandoffAccepted;
import fr.relais.events.PathwayEvent.HandoffDeclined;
import fr.relais.events.PathwayEvent.HandoffExpired;
import fr.relais.events.PathwayEvent.HandoffFailed;
import fr.relais.events.PathwayEvent.HandoffLeftToOthers;
import fr.relais.events.PathwayEvent.HandoffSeen;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.ReportedBy;
import fr.relais.events.PathwayEvent.StepReportedDone;
import fr.relais.events.PathwayEvent.StepUnassigned;
import fr.relais.events.PathwayEvent.UnassignedReason;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.pathway.domain.Pathway.Closed;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Pathway.Opened;
import fr.relais.pathway.domain.Pathway.WaitingForDischarge;
import fr.relais.pathway.domain.Step.Quest;
import fr.relais.pathway.domain.Step.Stand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** What those who are asked answer, and what senders and holders do with a handoff. */
final class Answering {

    private static final int MOST_CHOSEN = 20;

    /** How long who accepted by mistake may take it back without passing it on. */
    private static final Duration UNDO_TIME = Duration.ofMinutes(10);

    private final Templates templates;

    Answering(Templates templates) {
        this.templates = templates;
    }

    record Found(Step step, Handoff handoff) {}

    static Optional<Found> find(Opened pathway, String handoff) {
        for (Step step : pathway.steps().byKey().values()) {
            Optional<Handoff> found = step.handoff(handoff);
            if (found.isPresent()) {
                return Optional.of(new Found(step, found.get()));
            }
        }
        return Optional.empty();
    }

    Decision<PathwayEvent> accept(PathwayCommand.Accept command, Open open) {
        Optional<Found> found = find(open, command.handoff());
        Professional by = command.by();
        if (found.isEmpty() || !WhoMay.concerns(found.get().handoff(), by)) {
            // Members of the structure who are no health professionals see that it is there, and may not take it.
            return found.isPresent() && mayKnowOfIt(found.get().handoff(), by)
                    ? Decision.reject(Rejections.delegate())
                    : Decision.reject(Rejections.noHandoff());
        }
        Step step = found.get().step();
        return switch (found.get().handoff()) {
            case Handoff.Offered offered -> {
                if (!by.professions().contains(offered.to().profession())) {
                    yield Decision.reject(
                            by.professions().isEmpty()
                                    ? Rejections.delegate()
                                    : Rejections.profession(offered.to().profession()));
                }
                String specialty = templates.pinnedBy(open).planned(step.key()).specialty();
                yield specialty == null || practises(by, specialty, offered, open)
                        ? taken(offered, by, step, open, command.given())
                        : Decision.reject(Rejections.specialty(specialty));
            }
            case Handoff.Accepted accepted ->
                accepted.by().equals(by.party()) ? Decision.nothing() : Decision.reject(Rejections.over(accepted));
            case Handoff.Completed _,
                    Handoff.Failed _,
                    Handoff.PassedOn _,
                    Handoff.Declined _,
                    Handoff.Expired _,
                    Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    private static boolean mayKnowOfIt(Handoff handoff, Professional by) {
        return WhoMay.isDelegateOf(handoff, by)
                || (by.professions().isEmpty() && by.belongsTo(handoff.to().party()));
    }

    /**
     * Whether somebody has the specialty that a step asks for. A patient may choose any physician as their own; and where
     * a person was named whose token shows no specialty, the directory has looked.
     */
    private static boolean practises(Professional by, String specialty, Handoff.Offered offered, Open open) {
        boolean chosen = open.dossier().choices().stream()
                .anyMatch(choice -> choice.party().equals(by.party()));
        boolean named = offered.to().party().isPerson() && by.specialties().isEmpty();
        return chosen || named || !Collections.disjoint(by.specialties(), Roles.specialties(specialty));
    }

    private static Decision<PathwayEvent> taken(
            Handoff.Offered offered, Professional by, Step step, Open open, Circumstances given) {
        Draft draft = new Draft(open);
        Handoff.Accepted before = step.stand() instanceof Stand.Held held ? held.handoff() : null;
        draft.say(new HandoffAccepted(offered.id(), step.key(), by.party(), by.actingFor(offered.to()), given.at()));
        if (before != null) {
            draft.say(new HandoffWithdrawn(before.id(), step.key(), WithdrawReason.REASSIGNED, by.party(), by.party()));
        }
        TakingBack.withdrawOffers(
                draft, WithdrawReason.TAKEN_BY_ANOTHER, same -> same.key().equals(step.key()), by.party());
        return draft.decision();
    }

    Decision<PathwayEvent> decline(PathwayCommand.Decline command, Open open) {
        Optional<Found> found = find(open, command.handoff()).filter(f -> WhoMay.concerns(f.handoff(), command.by()));
        if (found.isEmpty()) {
            return Decision.reject(Rejections.noHandoff());
        }
        return switch (found.get().handoff()) {
            case Handoff.Offered offered -> {
                String key = found.get().step().key();
                Party by = command.by().party();
                Instant now = command.given().at();
                // The no of one member leaves a structure's offer to the others; only said for all of them is it over.
                if (!offered.to().party().isPerson() && !command.forAll()) {
                    yield offered.leftBy().contains(by)
                            ? Decision.nothing()
                            : Decision.accept(new HandoffLeftToOthers(offered.id(), key, by, command.reason(), now));
                }
                Draft draft = new Draft(open);
                draft.say(new HandoffDeclined(offered.id(), key, by, command.reason(), now));
                Asking.next(draft, templates.pinnedBy(open), key, command.given());
                yield draft.decision();
            }
            case Handoff.Declined declined
            when declined.by().equals(command.by().party()) -> Decision.nothing();
            case Handoff.Accepted accepted
            when accepted.by().equals(command.by().party()) ->
                Decision.reject(Rejection.conflict(
                        "handoff-accepted",
                        "You have accepted this handoff: pass it on with reassign instead of declining it."));
            case Handoff.Accepted _,
                    Handoff.Completed _,
                    Handoff.Failed _,
                    Handoff.PassedOn _,
                    Handoff.Declined _,
                    Handoff.Expired _,
                    Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    /** Somebody who is asked, or their secretary, has looked. */
    static Decision<PathwayEvent> see(PathwayCommand.See command, Open open) {
        Professional by = command.by();
        return find(open, command.handoff())
                .filter(found -> WhoMay.concerns(found.handoff(), by) || WhoMay.isDelegateOf(found.handoff(), by))
                .map(found -> found.handoff() instanceof Handoff.Offered offered
                                && !offered.seenBy().contains(by.party())
                        ? Decision.<PathwayEvent>accept(new HandoffSeen(
                                offered.id(),
                                found.step().key(),
                                by.party(),
                                command.given().at()))
                        : Decision.<PathwayEvent>nothing())
                .orElseGet(() -> Decision.reject(Rejections.noHandoff()));
    }

    /** An appointment is no acceptance: there must be somebody who has the handoff; their secretary may set it. */
    static Decision<PathwayEvent> setAppointment(PathwayCommand.SetAppointment command, Open open) {
        Professional by = command.by();
        Optional<Found> found = find(open, command.handoff())
                .filter(f -> WhoMay.concerns(f.handoff(), by) || WhoMay.isDelegateOf(f.handoff(), by));
        if (found.isEmpty()) {
            return Decision.reject(Rejections.noHandoff());
        }
        Step step = found.get().step();
        return switch (found.get().handoff()) {
            case Handoff.Accepted accepted -> {
                if (command.status() == AppointmentStatus.BOOKED && command.startsAt() == null) {
                    yield Decision.reject(Rejection.invalid(
                            "appointment-time-missing", "Say when the appointment is: startsAt, with its time zone."));
                }
                Handoff.Appointment before = accepted.appointment();
                Instant startsAt = switch (command.status()) {
                    case CANCELLED -> null;
                    case BOOKED -> command.startsAt();
                    case FULFILLED, NOSHOW ->
                        command.startsAt() == null && before != null ? before.startsAt() : command.startsAt();
                };
                boolean kept = command.status() == AppointmentStatus.FULFILLED;
                Instant doneAt = startsAt == null ? command.given().at() : startsAt;
                if (kept && Doing.inTheFuture(doneAt, command.given())) {
                    yield Decision.reject(Doing.doneInTheFuture());
                }
                if (new Handoff.Appointment(command.status(), startsAt).equals(before)) {
                    yield Decision.nothing();
                }
                Draft draft = new Draft(open);
                draft.say(new AppointmentSet(accepted.id(), step.key(), by.party(), command.status(), startsAt));
                if (kept && step.reported() == null && !(open instanceof WaitingForDischarge)) {
                    draft.say(new StepReportedDone(step.key(), by.party(), ReportedBy.APPOINTMENT, doneAt));
                }
                yield draft.decision();
            }
            case Handoff.Offered _ -> Decision.reject(Rejections.notAccepted());
            case Handoff.Completed _,
                    Handoff.Failed _,
                    Handoff.PassedOn _,
                    Handoff.Declined _,
                    Handoff.Expired _,
                    Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    /**
     * What was accepted came to nothing: the owner answers again and somebody else is asked. A patient who refused, or is
     * in hospital, is no case for somebody else: the coordinator looks.
     */
    Decision<PathwayEvent> fail(PathwayCommand.Fail command, Open open) {
        Optional<Found> found = find(open, command.handoff()).filter(f -> WhoMay.concerns(f.handoff(), command.by()));
        if (found.isEmpty()) {
            return Decision.reject(Rejections.noHandoff());
        }
        Step step = found.get().step();
        return switch (found.get().handoff()) {
            case Handoff.Accepted accepted
            when step.stand() instanceof Stand.Held held -> {
                Draft draft = new Draft(open);
                draft.say(new HandoffFailed(
                        accepted.id(),
                        step.key(),
                        command.by().party(),
                        command.reason(),
                        command.given().at(),
                        held.owner()));
                switch (command.reason()) {
                    case PATIENT_REFUSED, PATIENT_IN_HOSPITAL -> {
                        TakingBack.withdrawOffers(
                                draft,
                                WithdrawReason.BY_SENDER,
                                same -> same.key().equals(step.key()),
                                null);
                        draft.say(new StepUnassigned(step.key(), UnassignedReason.NOBODY_ACCEPTED, held.owner()));
                    }
                    case PATIENT_ABSENT, ORDER_MISSING, OTHER ->
                        Asking.next(draft, templates.pinnedBy(open), step.key(), command.given());
                }
                yield draft.decision();
            }
            case Handoff.Failed failed when failed.by().equals(command.by().party()) -> Decision.nothing();
            case Handoff.Offered _ -> Decision.reject(Rejections.notAccepted());
            case Handoff.Accepted _,
                    Handoff.Completed _,
                    Handoff.Failed _,
                    Handoff.PassedOn _,
                    Handoff.Declined _,
                    Handoff.Expired _,
                    Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    /** A slip of the finger: for a short time who accepted may undo it, and all who had been asked are asked again. */
    Decision<PathwayEvent> undo(PathwayCommand.Undo command, Open open) {
        Optional<Found> found = find(open, command.handoff()).filter(f -> WhoMay.concerns(f.handoff(), command.by()));
        if (found.isEmpty()) {
            return Decision.reject(Rejections.noHandoff());
        }
        Step step = found.get().step();
        return switch (found.get().handoff()) {
            case Handoff.Accepted accepted
            when step.stand() instanceof Stand.Held held
                    && accepted.by().equals(command.by().party()) -> {
                if (command.given().at().isAfter(accepted.at().plus(UNDO_TIME))) {
                    yield Decision.reject(Rejection.conflict(
                            "undo-too-late",
                            "You accepted this more than " + UNDO_TIME.toMinutes()
                                    + " minutes ago: pass it on, and you stay responsible until somebody accepts."));
                }
                Draft draft = new Draft(open);
                draft.say(new HandoffWithdrawn(accepted.id(), step.key(), WithdrawReason.UNDONE, held.owner(), null));
                if (draft.step(step.key()).quest() instanceof Quest.Idle && Asking.mayAsk(open)) {
                    List<Addressee> again = new ArrayList<>(accepted.others());
                    again.add(accepted.to());
                    Asking.offer(draft, templates.pinnedBy(open), step.key(), again, command.given());
                }
                yield draft.decision();
            }
            case Handoff.Withdrawn withdrawn when withdrawn.reason() == WithdrawReason.UNDONE -> Decision.nothing();
            case Handoff.Offered _ -> Decision.reject(Rejections.notAccepted());
            case Handoff.Accepted _ -> Decision.reject(Rejections.holderOnly());
            case Handoff.Completed _,
                    Handoff.Failed _,
                    Handoff.PassedOn _,
                    Handoff.Declined _,
                    Handoff.Expired _,
                    Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    Decision<PathwayEvent> withdraw(PathwayCommand.Withdraw command, Open open) {
        Optional<Found> found = find(open, command.handoff());
        if (found.isEmpty() || !WhoMay.maySendBack(found.get().handoff(), command.by(), open)) {
            return Decision.reject(Rejections.noHandoff());
        }
        Step step = found.get().step();
        return switch (found.get().handoff()) {
            case Handoff.Offered offered ->
                takenBack(new Draft(open), offered.id(), step, step.responsible(), command.given());
            case Handoff.Accepted accepted
            when step.stand() instanceof Stand.Held held ->
                takenBack(new Draft(open), accepted.id(), step, held.owner(), command.given());
            case Handoff.Withdrawn withdrawn when withdrawn.reason() == WithdrawReason.BY_SENDER -> Decision.nothing();
            case Handoff.Accepted _,
                    Handoff.Completed _,
                    Handoff.Failed _,
                    Handoff.PassedOn _,
                    Handoff.Declined _,
                    Handoff.Expired _,
                    Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    private Decision<PathwayEvent> takenBack(
            Draft draft, String handoff, Step step, Party responsible, Circumstances given) {
        draft.say(new HandoffWithdrawn(handoff, step.key(), WithdrawReason.BY_SENDER, responsible, null));
        Asking.next(draft, templates.pinnedBy(draft.open()), step.key(), given);
        return draft.decision();
    }

    Decision<PathwayEvent> reassign(PathwayCommand.Reassign command, Open open) {
        Optional<Found> found = find(open, command.handoff());
        if (found.isEmpty()
                || !(WhoMay.concerns(found.get().handoff(), command.by())
                        || WhoMay.governs(command.by(), open.dossier()))) {
            return Decision.reject(Rejections.noHandoff());
        }
        Step step = found.get().step();
        return switch (found.get().handoff()) {
            case Handoff.Accepted accepted ->
                accepted.by().equals(command.by().party()) || WhoMay.governs(command.by(), open.dossier())
                        ? offerAnew(step, command.to(), open, command.given())
                        : Decision.reject(Rejections.over(accepted));
            case Handoff.Offered _ -> Decision.reject(Rejections.notAccepted());
            case Handoff.Completed _,
                    Handoff.Failed _,
                    Handoff.PassedOn _,
                    Handoff.Declined _,
                    Handoff.Expired _,
                    Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    Decision<PathwayEvent> offerStep(PathwayCommand.OfferStep command, Open open) {
        Step step = open.steps().byKey().get(command.step());
        if (step == null) {
            return WhoMay.toGovern(command.by(), open, Decision.reject(Rejections.noStep(command.step())));
        }
        return WhoMay.toGovern(
                command.by(),
                open,
                step.open()
                        ? offerAnew(step, command.to(), open, command.given())
                        : Decision.reject(Rejections.stepDone(step)));
    }

    /** Whoever holds the step keeps it until somebody accepts. */
    private Decision<PathwayEvent> offerAnew(Step step, List<Addressee> to, Open open, Circumstances given) {
        if (!Asking.mayAsk(open)) {
            return Decision.reject(Rejection.conflict(
                    "pathway-paused", "The patient is in hospital: offer the step when the discharge is announced."));
        }
        if (!step.offers().isEmpty() || step.quest() instanceof Quest.Seeking) {
            return Decision.reject(Rejection.conflict(
                    "step-offered-already",
                    "Answers are awaited for this step: withdraw those offers first, or wait for the answers."));
        }
        if (to.size() > MOST_CHOSEN) {
            return Decision.reject(Rejection.invalid(
                    "too-many-addressees",
                    "Name at most " + MOST_CHOSEN + " addressees, or none to ask the directory."));
        }
        for (Addressee one : to) {
            if (!one.profession().equals(step.profession())) {
                return Decision.reject(Rejections.profession(step.profession()));
            }
            if (step.stand() instanceof Stand.Held held && held.handoff().by().equals(one.party())) {
                return Decision.reject(Rejection.invalid(
                        "addressee-has-it", "The one who has the handoff cannot be offered it: name somebody else."));
            }
        }
        Draft draft = new Draft(open);
        Template template = templates.pinnedBy(open);
        if (to.isEmpty()) {
            Asking.seek(draft, template.planned(step.key()), given);
        } else {
            Asking.offer(draft, template, step.key(), List.copyOf(new LinkedHashSet<>(to)), given);
        }
        return draft.decision();
    }

    Decision<PathwayEvent> expire(PathwayCommand.Expire command, Open open) {
        return find(open, command.handoff())
                .filter(found -> found.handoff() instanceof Handoff.Offered offered
                        && offered.answerBy().equals(command.answerBy())
                        && !command.given().at().isBefore(offered.answerBy()))
                .map(found -> {
                    Draft draft = new Draft(open);
                    draft.say(new HandoffExpired(
                            found.handoff().id(), found.step().key()));
                    Asking.next(draft, templates.pinnedBy(open), found.step().key(), command.given());
                    return draft.decision();
                })
                .orElseGet(Decision::nothing);
    }

    static Decision<PathwayEvent> answerOver(String handoff, Professional by, Closed closed, boolean accepting) {
        return find(closed, handoff)
                .filter(found -> WhoMay.concerns(found.handoff(), by))
                .map(found -> accepting
                        ? Decision.<PathwayEvent>reject(Rejections.over(found.handoff()))
                        : Decision.<PathwayEvent>reject(Rejections.closed()))
                .orElseGet(() -> Decision.reject(Rejections.noHandoff()));
    }
}
