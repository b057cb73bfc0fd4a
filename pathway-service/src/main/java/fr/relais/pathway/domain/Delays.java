package fr.relais.pathway.domain;

import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.CloseReason;
import fr.relais.events.PathwayEvent.StepDueSoon;
import fr.relais.events.PathwayEvent.StepEscalated;
import fr.relais.events.PathwayEvent.StepOverdue;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.Pathway.Dossier;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Pathway.Running;
import fr.relais.pathway.domain.Step.Stand;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Within how long each step is to be done, and what happens when it is not: reminder, lateness, ladder. */
final class Delays {

    private Delays() {}

    static void closeIfDone(Draft draft, Template template, Circumstances given) {
        boolean done = template.steps().stream().allMatch(planned -> {
            Step step = draft.open().steps().byKey().get(planned.key());
            return step != null && !step.open();
        });
        if (done) {
            draft.say(new PathwayEvent.Closed(CloseReason.COMPLETED, given.at()));
        }
    }

    /** Sets the delay of each open step whose turn has come. */
    static void scheduleAll(Draft draft, Template template, Circumstances given) {
        if (!(draft.pathway() instanceof Running running)) {
            return;
        }
        String commune = running.dossier().commune();
        for (Template.Step planned : template.steps()) {
            Step step = draft.open().steps().byKey().get(planned.key());
            if ((step != null && !step.open()) || !ready(planned, draft.open())) {
                continue;
            }
            Instant from = turn(planned, draft.open(), running.discharge().at());
            Instant dueAt = CivilTime.due(from, planned.delay(), commune, given.holidays());
            Step.Due due = new Step.Due(CivilTime.remind(from, dueAt), dueAt);
            if (step == null || !due.equals(step.due())) {
                draft.say(new StepScheduled(
                        planned.key(),
                        planned.role(),
                        planned.profession(),
                        due.remindAt(),
                        due.dueAt(),
                        step == null ? running.dossier().owner() : step.responsible()));
            }
        }
    }

    static boolean ready(Template.Step planned, Open open) {
        return planned.after().stream().allMatch(key -> {
            Step before = open.steps().byKey().get(key);
            return before != null && !before.open();
        });
    }

    /** From when the delay counts: the discharge, or the end of the last step before it if that came later. */
    private static Instant turn(Template.Step planned, Open open, Instant discharge) {
        Instant from = discharge;
        for (String key : planned.after()) {
            Step before = open.steps().byKey().get(key);
            if (before != null
                    && before.stand() instanceof Stand.Done done
                    && done.at().isAfter(from)) {
                from = done.at();
            }
        }
        return from;
    }

    private static @Nullable Step late(Open open, String key, Instant dueAt, Instant at) {
        Step step = open.steps().byKey().get(key);
        return open instanceof Running
                        && step != null
                        && step.open()
                        && step.due() != null
                        && step.due().dueAt().equals(dueAt)
                        && !at.isBefore(step.due().remindAt())
                ? step
                : null;
    }

    static Decision<PathwayEvent> remind(PathwayCommand.Remind command, Open open) {
        Step step = late(open, command.step(), command.dueAt(), command.given().at());
        if (step == null || step.told().soon() || step.told().overdue()) {
            return Decision.nothing();
        }
        // A reminder that comes after its time, when nothing was running, says how it stands.
        return command.given().at().isBefore(command.dueAt())
                ? Decision.accept(new StepDueSoon(step.key(), command.dueAt(), step.responsible()))
                : Decision.accept(new StepOverdue(step.key(), command.dueAt(), step.responsible()));
    }

    static Decision<PathwayEvent> overdue(PathwayCommand.SayOverdue command, Open open) {
        Step step = late(open, command.step(), command.dueAt(), command.given().at());
        return step == null || step.told().overdue() || command.given().at().isBefore(command.dueAt())
                ? Decision.nothing()
                : Decision.accept(new StepOverdue(step.key(), command.dueAt(), step.responsible()));
    }

    static Decision<PathwayEvent> escalate(PathwayCommand.Escalate command, Open open) {
        Step step = late(open, command.step(), command.dueAt(), command.given().at());
        if (step == null
                || command.given().at().isBefore(escalatesAt(command.dueAt(), command.level()))
                || command.level() > PathwayDecider.LEVELS) {
            return Decision.nothing();
        }
        // After a time when nothing was running, the rungs below are climbed first, so that none is left out.
        Draft draft = new Draft(open);
        if (!step.told().overdue()) {
            draft.say(new StepOverdue(step.key(), command.dueAt(), step.responsible()));
        }
        for (int level = step.told().level() + 1; level <= command.level(); level++) {
            draft.say(new StepEscalated(
                    step.key(), level, command.dueAt(), step.responsible(), climbsTo(level, step, open.dossier())));
        }
        return draft.decision();
    }

    /** When a step that was due then climbs to a level: a day late, two, three. */
    static Instant escalatesAt(Instant dueAt, int level) {
        return dueAt.plus(Duration.ofHours(24L * level));
    }

    private static Party climbsTo(int level, Step step, Dossier dossier) {
        return switch (level) {
            // The back-up: colleagues of the structure the holder acts for.
            case 1 ->
                step.stand() instanceof Stand.Held held && held.handoff().structure() != null
                        ? Party.structure(held.handoff().structure())
                        : step.responsible();
            case 2 -> dossier.coordinator();
            default -> dossier.owner();
        };
    }
}
