package fr.relais.pathway.domain;

import fr.relais.events.Addressee;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.CallMade;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.CloseReason;
import fr.relais.events.PathwayEvent.NoteAdded;
import fr.relais.events.PathwayEvent.PauseReason;
import fr.relais.events.PathwayEvent.Resumed;
import fr.relais.events.PathwayEvent.Started;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.pathway.domain.Pathway.Discharge;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Pathway.Paused;
import fr.relais.pathway.domain.Pathway.Running;
import fr.relais.pathway.domain.Pathway.WaitingForDischarge;
import fr.relais.pathway.domain.Step.Quest;
import fr.relais.pathway.domain.Step.Stand;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people do with a whole pathway: pause it, go on, start it where no hospital could say how, write and call. */
final class Governing {

    private final Templates templates;

    Governing(Templates templates) {
        this.templates = templates;
    }

    /** Nothing is asked and nothing is late while it stands still; who has a step keeps it. */
    static Decision<PathwayEvent> pause(PathwayCommand.Pause command, Open open) {
        return switch (open) {
            case Running running -> {
                Draft draft = new Draft(running);
                draft.say(new PathwayEvent.Paused(PauseReason.BY_PERSON, null));
                TakingBack.withdrawOffers(draft, WithdrawReason.BY_SENDER, step -> true, null);
                yield draft.decision();
            }
            case Paused paused when paused.reason() == PauseReason.BY_PERSON -> Decision.nothing();
            case Paused _, WaitingForDischarge _ -> Decision.reject(Rejections.notRunning());
        };
    }

    /** Delays count from now again, so that nothing is late that stood still. */
    Decision<PathwayEvent> resume(PathwayCommand.Resume command, Open open) {
        return switch (open) {
            case Paused paused
            when paused.reason() == PauseReason.BY_PERSON -> {
                Draft draft = new Draft(paused);
                draft.say(new Resumed(command.given().at()));
                Doing.goOn(draft, templates.pinnedBy(paused), command.given());
                yield draft.decision();
            }
            case Running _ -> Decision.nothing();
            case Paused _, WaitingForDischarge _ ->
                Decision.reject(
                        Rejection.conflict(
                                "discharge-awaited",
                                "The patient is not known to be home: start the pathway by hand, and say when they went home."));
        };
    }

    /** A person says what no hospital did: the patient is home since then, and who may be asked. */
    Decision<PathwayEvent> startByHand(PathwayCommand.StartByHand command, Open open) {
        if (open instanceof Running) {
            return Decision.reject(Rejection.conflict("pathway-running", "The pathway has started already."));
        }
        if (Doing.inTheFuture(command.dischargedAt(), command.given())) {
            return Decision.reject(Rejection.invalid(
                    "discharge-in-the-future", "dischargedAt is later than now: say when the patient went home."));
        }
        Template template = templates.pinnedBy(open);
        for (Choice holder : command.holders()) {
            if (template.steps().stream().noneMatch(step -> step.role().equals(holder.role()))) {
                return Decision.reject(Rejection.invalid(
                        "role-unknown", "The template " + template.id() + " has no role '" + holder.role() + "'."));
            }
        }
        Draft draft = new Draft(open);
        if (open instanceof Paused) {
            draft.say(new Resumed());
        }
        draft.say(new Started(
                command.stay(),
                command.dischargedAt(),
                command.destination(),
                Delays.endsAt(
                        template,
                        command.dischargedAt(),
                        open.dossier().commune(),
                        command.given().holidays()),
                command.facility(),
                null));
        Delays.scheduleAll(draft, template, command.given());
        for (Template.Step planned : template.steps()) {
            Step step = draft.open().steps().byKey().get(planned.key());
            List<Addressee> named = command.holders().stream()
                    .filter(holder -> holder.role().equals(planned.role()))
                    .map(holder -> new Addressee(holder.party(), planned.profession()))
                    .distinct()
                    .toList();
            if (step != null
                    && !named.isEmpty()
                    && planned.doneBy() == Template.DoneBy.WHO_ACCEPTS
                    && mayBeOffered(step, named)) {
                Asking.offer(draft, template, step.key(), named, command.given());
            }
        }
        Doing.goOn(draft, template, command.given());
        return draft.decision();
    }

    /** Whoever holds it, such as the hospitalisation at home that ends now, keeps it until one of those named accepts. */
    private static boolean mayBeOffered(Step step, List<Addressee> named) {
        return switch (step.stand()) {
            case Stand.Unheld unheld -> !(unheld.quest() instanceof Quest.Offering);
            case Stand.Held held ->
                held.quest() instanceof Quest.Idle
                        && named.stream()
                                .map(Addressee::party)
                                .noneMatch(party -> party.equals(held.handoff().by())
                                        || party.equals(held.handoff().to().party()));
            case Stand.Done _ -> false;
        };
    }

    /** The template's time is over. Moot when a later discharge moved it. */
    static Decision<PathwayEvent> endByTime(PathwayCommand.EndByTime command, Open open) {
        Discharge discharge = switch (open) {
            case Running running -> running.discharge();
            case Paused paused -> paused.before();
            case WaitingForDischarge _ -> null;
        };
        return discharge != null
                        && command.endsAt().equals(discharge.endsAt())
                        && !command.given().at().isBefore(command.endsAt())
                ? Stays.end(open, command.given(), CloseReason.TIME_OVER)
                : Decision.nothing();
    }

    static Decision<PathwayEvent> note(PathwayCommand.AddNote command, Open open) {
        return WhoMay.toTakePart(
                command.by(),
                open,
                unknownStep(open, command.step())
                        ? Decision.reject(Rejection.invalid(
                                "step-unknown", "The pathway has no such step yet: name one that it has, or none."))
                        : Decision.accept(new NoteAdded(
                                command.entry(),
                                command.step(),
                                command.by().party(),
                                command.urgent(),
                                command.given().at())));
    }

    static Decision<PathwayEvent> call(PathwayCommand.RecordCall command, Open open) {
        Instant callBackAt = command.callBackAt();
        if (callBackAt != null && callBackAt.isBefore(command.given().at())) {
            return WhoMay.toTakePart(
                    command.by(),
                    open,
                    Decision.reject(Rejection.invalid(
                            "call-back-in-the-past", "callBackAt is over: say when somebody is to call again.")));
        }
        return WhoMay.toTakePart(
                command.by(),
                open,
                unknownStep(open, command.step())
                        ? Decision.reject(Rejections.noStep(command.step()))
                        : Decision.accept(new CallMade(
                                command.step(),
                                command.by().party(),
                                command.outcome(),
                                callBackAt,
                                command.given().at())));
    }

    private static boolean unknownStep(Open open, @Nullable String step) {
        return step != null && !open.steps().byKey().containsKey(step);
    }
}
