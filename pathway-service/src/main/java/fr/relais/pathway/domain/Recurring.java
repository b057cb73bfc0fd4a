package fr.relais.pathway.domain;

import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.WeekConfirmed;
import fr.relais.events.PathwayEvent.WeekUnanswered;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Pathway.Running;
import fr.relais.pathway.domain.Step.Stand;
import fr.relais.pathway.domain.Step.Weeks;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Steps that recur are kept by exception: one answer a week for all of its days, and silence is said, not chased. */
final class Recurring {

    private static final int MOST_DAYS = 31;

    private final Templates templates;

    Recurring(Templates templates) {
        this.templates = templates;
    }

    Decision<PathwayEvent> confirm(PathwayCommand.ConfirmWeek command, Open open) {
        Professional by = command.by();
        if (!WhoMay.takesPart(by, open)) {
            return Decision.reject(Rejections.noPathway());
        }
        Step step = open.steps().byKey().get(command.step());
        Weeks weeks = step == null ? null : step.weeks();
        if (step == null) {
            return Decision.reject(Rejections.noStep(command.step()));
        }
        if (weeks == null) {
            return Decision.reject(Rejection.conflict(
                    "step-not-recurring", "This step is done once: complete it, instead of answering for a week."));
        }
        if (!(step.stand() instanceof Stand.Held held)) {
            return Decision.reject(step.open() ? Rejections.notAccepted() : Rejections.stepDone(step));
        }
        if (!WhoMay.tends(step, by)) {
            return Decision.reject(Rejections.holderOnly());
        }
        Template template = templates.pinnedBy(open);
        Template.Every every = template.planned(step.key()).every();
        Instant now = command.given().at();
        OptionalInt asked = command.week() != null ? OptionalInt.of(command.week()) : next(weeks, every, now);
        if (asked.isEmpty()) {
            return Decision.reject(notBegun(weeks));
        }
        int week = asked.getAsInt();
        if (week < 1 || week > weeks.times()) {
            return Decision.reject(Rejection.invalid(
                    "week-unknown", "The step has weeks 1 to " + weeks.times() + ": name one of them, or none."));
        }
        if (weeks.confirmed().contains(week)) {
            return Decision.nothing();
        }
        if (!begun(weeks, every, week, now)) {
            return Decision.reject(notBegun(weeks));
        }
        List<LocalDate> except = List.copyOf(new TreeSet<>(command.except()));
        if (except.size() > MOST_DAYS || except.stream().anyMatch(day -> day.isAfter(CivilTime.day(now)))) {
            return Decision.reject(Rejection.invalid(
                    "except-invalid",
                    "except lists days on which it was not done: at most " + MOST_DAYS + ", none after today."));
        }
        Draft draft = new Draft(open);
        draft.say(new WeekConfirmed(step.key(), week, except, by.party(), now));
        Weeks after = draft.step(step.key()).weeks();
        if (after != null && after.over()) {
            Doing.finish(draft, step.key(), held.handoff().id(), by.party(), now);
            Doing.goOn(draft, template, command.given());
        }
        return draft.decision();
    }

    private static Rejection notBegun(Weeks weeks) {
        return Rejection.conflict(
                "week-not-begun",
                "No week waits for an answer yet: answer when the next one has begun.",
                Map.of("answered", List.copyOf(weeks.confirmed())));
    }

    /** The first week that waits for an answer, or else the first that nobody answered for in time. */
    private static OptionalInt next(Weeks weeks, Template.@Nullable Every every, Instant now) {
        return IntStream.rangeClosed(1, weeks.times())
                .filter(week -> weeks.isPending(week) && begun(weeks, every, week, now))
                .mapToObj(OptionalInt::of)
                .findFirst()
                .orElseGet(
                        () -> weeks.unanswered().stream().mapToInt(week -> week).findFirst());
    }

    private static boolean begun(Weeks weeks, Template.@Nullable Every every, int week, Instant now) {
        int days = every == null ? 0 : every.days() + every.tolerance();
        LocalDate begins = CivilTime.day(weeks.answersBy(week)).minusDays(days);
        return !CivilTime.day(now).isBefore(begins);
    }

    /** A week went by and nobody answered for it. Weeks before it are said first, so that two in a row count as two. */
    static Decision<PathwayEvent> unanswered(PathwayCommand.SayWeekUnanswered command, Open open) {
        Step step = open.steps().byKey().get(command.step());
        if (!(open instanceof Running)
                || step == null
                || !step.open()
                || step.reported() != null
                || step.due() == null
                || step.weeks() == null
                || command.week() > step.weeks().times()
                || !step.weeks().answersBy(command.week()).equals(command.answersBy())) {
            return Decision.nothing();
        }
        Draft draft = new Draft(open);
        Weeks weeks = step.weeks();
        for (int week = 1; week <= command.week(); week++) {
            if (weeks.isPending(week) && !command.given().at().isBefore(weeks.answersBy(week))) {
                weeks = weeks.unanswered(week);
                draft.say(new WeekUnanswered(step.key(), week, weeks.inARow(week), step.responsible()));
            }
        }
        return draft.decision();
    }
}
