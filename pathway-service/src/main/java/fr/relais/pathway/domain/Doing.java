package fr.relais.pathway.domain;

import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.DoneReportCorrected;
import fr.relais.events.PathwayEvent.ReportedBy;
import fr.relais.events.PathwayEvent.StepCompleted;
import fr.relais.events.PathwayEvent.StepReportedDone;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Pathway.Running;
import fr.relais.pathway.domain.Pathway.WaitingForDischarge;
import fr.relais.pathway.domain.Step.Stand;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Steps that are done, or are said to be, and what their end brings about. */
final class Doing {

    private final Templates templates;

    Doing(Templates templates) {
        this.templates = templates;
    }

    Decision<PathwayEvent> complete(PathwayCommand.Complete command, Open open) {
        Optional<Answering.Found> found =
                Answering.find(open, command.handoff()).filter(f -> WhoMay.concerns(f.handoff(), command.by()));
        if (found.isEmpty()) {
            return Decision.reject(Rejections.noHandoff());
        }
        return switch (found.get().handoff()) {
            case Handoff.Accepted accepted ->
                open instanceof WaitingForDischarge
                        ? Decision.reject(Rejections.dischargeAwaited())
                        : done(
                                found.get().step(),
                                accepted.id(),
                                command.by(),
                                command.doneAt(),
                                open,
                                command.given());
            case Handoff.Completed completed
            when completed.by().equals(command.by().party()) -> Decision.nothing();
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

    /** A step that nobody has to accept; or one that nobody accepted, and that others say was done. */
    Decision<PathwayEvent> completeStep(PathwayCommand.CompleteStep command, Open open) {
        Professional by = command.by();
        if (!WhoMay.governs(by, open.dossier())) {
            return WhoMay.toGovern(by, open, Decision.reject(Rejections.notYours()));
        }
        Step step = open.steps().byKey().get(command.step());
        Template template = templates.pinnedBy(open);
        Optional<Template.Step> planned = template.step(command.step());
        if (step == null || planned.isEmpty()) {
            return Decision.reject(Rejections.noStep(command.step()));
        }
        return switch (step.stand()) {
            case Stand.Done _ -> Decision.nothing();
            case Stand.Held held -> Decision.reject(Rejections.over(held.handoff()));
            case Stand.Unheld _ -> {
                boolean theirs = switch (planned.get().doneBy()) {
                    case OWNER -> by.belongsTo(open.dossier().owner());
                    case COORDINATOR -> true;
                    case WHO_ACCEPTS -> step.reported() != null;
                };
                if (theirs) {
                    yield done(step, null, by, command.doneAt(), open, command.given());
                }
                yield Decision.reject(
                        planned.get().doneBy() == Template.DoneBy.OWNER
                                ? Rejections.notYours()
                                : Rejections.notAccepted());
            }
        };
    }

    /** Somebody who takes part says that another's step was done; who has the step says so for good. */
    Decision<PathwayEvent> report(PathwayCommand.ReportDone command, Open open) {
        Professional by = command.by();
        if (!WhoMay.takesPart(by, open)) {
            return Decision.reject(Rejections.noPathway());
        }
        Step step = open.steps().byKey().get(command.step());
        if (step == null) {
            return Decision.reject(Rejections.noStep(command.step()));
        }
        if (!step.open() || step.reported() != null) {
            return Decision.nothing();
        }
        if (open instanceof WaitingForDischarge) {
            return Decision.reject(Rejections.dischargeAwaited());
        }
        if (inTheFuture(command.doneAt(), command.given())) {
            return Decision.reject(doneInTheFuture());
        }
        if (step.stand() instanceof Stand.Held held && held.handoff().by().equals(by.party())) {
            return done(step, held.handoff().id(), by, command.doneAt(), open, command.given());
        }
        return Decision.accept(new StepReportedDone(
                step.key(), by.party(), by.delegate() ? ReportedBy.DELEGATE : ReportedBy.CIRCLE, command.doneAt()));
    }

    /** Whoever has the step says that it was not done after all; where nobody has it, whoever governs the pathway. */
    Decision<PathwayEvent> correct(PathwayCommand.CorrectReport command, Open open) {
        Professional by = command.by();
        if (!WhoMay.takesPart(by, open)) {
            return Decision.reject(Rejections.noPathway());
        }
        Step step = open.steps().byKey().get(command.step());
        if (step == null) {
            return Decision.reject(Rejections.noStep(command.step()));
        }
        boolean theirs =
                step.stand() instanceof Stand.Held ? WhoMay.tends(step, by) : WhoMay.governs(by, open.dossier());
        if (!theirs) {
            return Decision.reject(Rejections.holderOnly());
        }
        if (!step.open()) {
            return Decision.reject(Rejections.stepDone(step));
        }
        if (step.reported() == null) {
            return Decision.nothing();
        }
        Draft draft = new Draft(open);
        draft.say(
                new DoneReportCorrected(step.key(), by.party(), command.given().at()));
        // While it was thought to be done nobody was asked.
        if (step.stand() instanceof Stand.Unheld) {
            Asking.next(draft, templates.pinnedBy(open), step.key(), command.given());
        }
        return draft.decision();
    }

    private Decision<PathwayEvent> done(
            Step step,
            @Nullable String handoff,
            Professional by,
            @Nullable Instant said,
            Open open,
            Circumstances given) {
        Instant now = given.at();
        Instant doneAt = said != null
                ? said
                : step.reported() == null ? now : step.reported().doneAt();
        if (inTheFuture(doneAt, given)) {
            return Decision.reject(doneInTheFuture());
        }
        Draft draft = new Draft(open);
        finish(draft, step.key(), handoff, by.party(), doneAt);
        goOn(draft, templates.pinnedBy(open), given);
        return draft.decision();
    }

    static boolean inTheFuture(Instant at, Circumstances given) {
        return at.isAfter(given.at().plus(PathwayDecider.CLOCKS_APART));
    }

    static Rejection doneInTheFuture() {
        return Rejection.invalid(
                "done-in-the-future", "doneAt is later than now: say when it was done, or leave it out for now.");
    }

    /** The step is over, and so is what was still offered of it. */
    static void finish(Draft draft, String key, @Nullable String handoff, Party by, Instant doneAt) {
        TakingBack.withdrawOffers(
                draft, WithdrawReason.STEP_DONE, same -> same.key().equals(key), by);
        draft.say(new StepCompleted(key, handoff, by, doneAt));
    }

    /** What comes after a step that is over: others may begin, or nothing is left. */
    static void goOn(Draft draft, Template template, Circumstances given) {
        if (draft.pathway() instanceof Running running) {
            Delays.scheduleAll(draft, template, given);
            Asking.askAll(draft, template, running.discharge().at(), given);
        }
        Delays.closeIfDone(draft, template, given);
    }
}
