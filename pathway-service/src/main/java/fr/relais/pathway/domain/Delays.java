package fr.relais.pathway.domain;

import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.CloseReason;
import fr.relais.events.PathwayEvent.StepDueSoon;
import fr.relais.events.PathwayEvent.StepEscalated;
import fr.relais.events.PathwayEvent.StepOverdue;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.events.PathwayEvent.Weekly;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.Pathway.Dossier;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Pathway.Running;
import fr.relais.pathway.domain.Step.Stand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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

    /** Who answers for a step that nobody holds. */
    static Party responsible(Template.Step planned, Dossier dossier) {
        return switch (planned.doneBy()) {
            case WHO_ACCEPTS, OWNER -> dossier.owner();
            case COORDINATOR -> dossier.coordinator();
        };
    }

    /** When a pathway that starts with a discharge then ends by itself. */
    static @Nullable Instant endsAt(Template template, Instant discharge, String commune, Holidays holidays) {
        Template.Delay endsAfter = template.endsAfter();
        return endsAfter == null ? null : CivilTime.due(discharge, endsAfter, commune, holidays);
    }

    /** Sets the delay of each open step whose turn has come; what a document shows to be done is done at once. */
    static void scheduleAll(Draft draft, Template template, Circumstances given) {
        boolean again = draft.pathway() instanceof Running;
        while (again) {
            for (Template.Step planned : template.steps()) {
                if (draft.pathway() instanceof Running running) {
                    schedule(draft, running, planned, given);
                }
            }
            again = Documents.close(draft, template);
        }
    }

    private static void schedule(Draft draft, Running running, Template.Step planned, Circumstances given) {
        Step step = running.steps().byKey().get(planned.key());
        if ((step != null && !step.open()) || !ready(planned, running)) {
            return;
        }
        Instant from = turn(planned, running);
        String commune = running.dossier().commune();
        Party responsible = step == null ? responsible(planned, running.dossier()) : step.responsible();
        if (planned.every() != null) {
            Weekly weekly = weekly(planned.every(), step, from);
            if (weekly != null) {
                Instant end = weekly.answersBy().getLast();
                draft.say(new StepScheduled(
                        planned.key(), planned.role(), planned.profession(), end, end, responsible, null, weekly));
            }
            return;
        }
        Step.Due due = due(planned, from, commune, given.holidays());
        if (step == null || !due.equals(step.due())) {
            draft.say(new StepScheduled(
                    planned.key(),
                    planned.role(),
                    planned.profession(),
                    due.remindAt(),
                    due.dueAt(),
                    responsible,
                    due.lateAt(),
                    null));
        }
    }

    private static Step.Due due(Template.Step planned, Instant from, String commune, Holidays holidays) {
        Instant dueAt = CivilTime.due(from, planned.delay(), commune, holidays);
        Template.ToldAt told = planned.toldAt();
        if (told == null) {
            return new Step.Due(CivilTime.remind(from, dueAt), dueAt, null);
        }
        Instant late = CivilTime.at(dueAt, 1, told.late());
        Instant soon = CivilTime.at(dueAt, 0, told.soon());
        // Who goes home in the evening leaves the ward no time to be reminded on that day.
        return new Step.Due(soon.isAfter(from) ? soon : late, dueAt, late);
    }

    /** The weeks of a recurring step; null when they stand as they are. Weeks that went by keep their time. */
    private static @Nullable Weekly weekly(Template.Every every, @Nullable Step step, Instant turn) {
        Step.Weeks known = step == null ? null : step.weeks();
        Instant from = known != null && known.from().isAfter(turn) ? known.from() : turn;
        if (step != null && step.due() != null && known != null && known.from().equals(from)) {
            return null;
        }
        int gone = known == null ? 0 : known.gone();
        List<Instant> answersBy = new ArrayList<>();
        for (int week = 1; week <= every.times(); week++) {
            answersBy.add(
                    known != null && week <= gone
                            ? known.answersBy(week)
                            : CivilTime.endOf(CivilTime.day(from)
                                    .plusDays((long) every.days() * (week - gone) + every.tolerance())));
        }
        return new Weekly(from, answersBy);
    }

    static boolean ready(Template.Step planned, Open open) {
        return planned.after().stream().allMatch(key -> {
                    Step before = open.steps().byKey().get(key);
                    return before != null && !before.open();
                })
                && planned.afterDocuments().stream()
                        .allMatch(type -> Documents.shown(open, type).isPresent());
    }

    /** From when the delay counts: the discharge, or the last thing it comes after, if that came later. */
    private static Instant turn(Template.Step planned, Running running) {
        Instant from = running.discharge().at();
        if (planned.notBefore() != null) {
            from = CivilTime.after(from, planned.notBefore());
        }
        from = later(from, running.resumedFrom());
        for (String key : planned.after()) {
            Step before = running.steps().byKey().get(key);
            if (before != null && before.stand() instanceof Stand.Done done) {
                from = later(from, done.at());
            }
        }
        for (String type : planned.afterDocuments()) {
            from = later(
                    from,
                    Documents.shown(running, type).map(Pathway.Received::at).orElse(null));
        }
        return from;
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }

    /** A step that is open and has this delay still; not one that recurs, nor one that is probably done. */
    private static @Nullable Step late(Open open, String key, Instant dueAt, Instant at) {
        Step step = open.steps().byKey().get(key);
        return open instanceof Running
                        && step != null
                        && step.open()
                        && step.weeks() == null
                        && step.reported() == null
                        && step.due() != null
                        && step.due().dueAt().equals(dueAt)
                        && !at.isBefore(step.due().remindAt())
                ? step
                : null;
    }

    private static boolean isLate(Step step, Instant at) {
        return step.due() != null && !at.isBefore(step.due().saidLateAt());
    }

    static Decision<PathwayEvent> remind(PathwayCommand.Remind command, Open open) {
        Step step = late(open, command.step(), command.dueAt(), command.given().at());
        if (step == null || step.told().soon() || step.told().overdue()) {
            return Decision.nothing();
        }
        // A reminder that comes after its time, when nothing was running, says how it stands.
        return isLate(step, command.given().at())
                ? Decision.accept(new StepOverdue(step.key(), command.dueAt(), step.responsible()))
                : Decision.accept(new StepDueSoon(step.key(), command.dueAt(), step.responsible()));
    }

    static Decision<PathwayEvent> overdue(PathwayCommand.SayOverdue command, Open open) {
        Step step = late(open, command.step(), command.dueAt(), command.given().at());
        return step == null
                        || step.told().overdue()
                        || !isLate(step, command.given().at())
                ? Decision.nothing()
                : Decision.accept(new StepOverdue(step.key(), command.dueAt(), step.responsible()));
    }

    static Decision<PathwayEvent> escalate(PathwayCommand.Escalate command, Open open) {
        Step step = late(open, command.step(), command.dueAt(), command.given().at());
        if (step == null
                || (step.due() != null && step.due().lateAt() != null)
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
                    step.key(),
                    level,
                    command.dueAt(),
                    step.responsible(),
                    climbsTo(level, step, open, command.substitute())));
        }
        return draft.decision();
    }

    /** When a step that was due then climbs to a level: a day late, two, three. */
    static Instant escalatesAt(Instant dueAt, int level) {
        return dueAt.plus(Duration.ofHours(24L * level));
    }

    private static Party climbsTo(int level, Step step, Open open, @Nullable Party substitute) {
        return switch (level) {
            case 1 -> substitute == null ? backUp(step, open) : substitute;
            case 2 -> open.dossier().coordinator();
            default -> open.dossier().owner();
        };
    }

    /** Somebody else of the same role who cares for this patient, or else colleagues of whoever has the step. */
    private static Party backUp(Step step, Open open) {
        if (!(step.stand() instanceof Stand.Held held)) {
            return step.responsible();
        }
        String structure = held.handoff().structure();
        Set<Party> same = new LinkedHashSet<>();
        for (Choice choice : open.dossier().choices()) {
            if (choice.role().equals(step.role())) {
                same.add(choice.party());
            }
        }
        for (Step other : open.steps().byKey().values()) {
            if (other.role().equals(step.role())) {
                switch (other.stand()) {
                    case Stand.Held has -> same.add(has.handoff().to().party());
                    case Stand.Done done when done.handoff() != null -> same.add(done.by());
                    case Stand.Done _, Stand.Unheld _ -> {}
                }
            }
        }
        same.remove(held.handoff().by());
        same.remove(held.handoff().to().party());
        return same.stream()
                .findFirst()
                .orElseGet(() -> structure == null ? step.responsible() : Party.structure(structure));
    }
}
