package fr.relais.pathway.domain;

import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.StepCompleted;
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

/** Steps that are done, and what their end brings about. */
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
            case Handoff.Accepted accepted -> {
                if (open instanceof WaitingForDischarge) {
                    yield Decision.reject(Rejection.conflict(
                            "discharge-awaited",
                            "The patient is still in hospital: this can be done after the discharge."));
                }
                yield done(found.get().step(), accepted.id(), command.by(), command.doneAt(), open, command.given());
            }
            case Handoff.Completed completed
            when completed.by().equals(command.by().party()) -> Decision.nothing();
            case Handoff.Offered _ -> Decision.reject(Rejections.notAccepted());
            case Handoff.Completed _, Handoff.Declined _, Handoff.Expired _, Handoff.Withdrawn _ ->
                Decision.reject(Rejections.over(found.get().handoff()));
        };
    }

    Decision<PathwayEvent> completeStep(PathwayCommand.CompleteStep command, Open open) {
        Professional by = command.by();
        if (!by.belongsTo(open.dossier().owner())) {
            return WhoMay.toGovern(by, open, Decision.reject(Rejections.notYours()));
        }
        Step step = open.steps().byKey().get(command.step());
        Template template = templates.pinnedBy(open);
        Optional<Template.Step> planned = template.step(command.step());
        if (step == null || planned.isEmpty()) {
            return Decision.reject(Rejections.noStep(command.step()));
        }
        return switch (step.stand()) {
            case Stand.Done done -> Decision.nothing();
            case Stand.Held held -> Decision.reject(Rejections.over(held.handoff()));
            case Stand.Unheld unheld ->
                planned.get().doneBy() == Template.DoneBy.OWNER
                        ? done(step, null, by, command.doneAt(), open, command.given())
                        : Decision.reject(Rejections.notAccepted());
        };
    }

    private Decision<PathwayEvent> done(
            Step step, @Nullable String handoff, Professional by, Instant doneAt, Open open, Circumstances given) {
        if (doneAt.isAfter(given.at().plus(PathwayDecider.CLOCKS_APART))) {
            return Decision.reject(Rejection.invalid(
                    "done-in-the-future", "doneAt is later than now: say when it was done, or leave it out for now."));
        }
        Template template = templates.pinnedBy(open);
        Draft draft = new Draft(open);
        TakingBack.withdrawOffers(
                draft, WithdrawReason.STEP_DONE, same -> same.key().equals(step.key()), by.party());
        draft.say(new StepCompleted(step.key(), handoff, by.party(), doneAt));
        if (draft.pathway() instanceof Running running) {
            Delays.scheduleAll(draft, template, given);
            Asking.askAll(draft, template, running.discharge().at(), given);
        }
        Delays.closeIfDone(draft, template, given);
        return draft.decision();
    }
}
