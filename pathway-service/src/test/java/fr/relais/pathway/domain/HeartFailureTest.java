package fr.relais.pathway.domain;

import static fr.relais.pathway.domain.Hospital.CABINET;
import static fr.relais.pathway.domain.Hospital.COORDINATOR;
import static fr.relais.pathway.domain.Hospital.CPTS;
import static fr.relais.pathway.domain.Hospital.GP;
import static fr.relais.pathway.domain.Hospital.NURSE_ANNE;
import static fr.relais.pathway.domain.Hospital.NURSE_BRUNO;
import static fr.relais.pathway.domain.Hospital.PHARMACY;
import static fr.relais.pathway.domain.Hospital.SECRETARY;
import static fr.relais.pathway.domain.Hospital.WARD;
import static fr.relais.pathway.domain.Hospital.WARD_DOCTOR;
import static fr.relais.pathway.domain.Hospital.at;
import static fr.relais.pathway.domain.Hospital.nurses;
import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.CloseReason;
import fr.relais.events.PathwayEvent.DoneReportCorrected;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.ReportedBy;
import fr.relais.events.PathwayEvent.StepCompleted;
import fr.relais.events.PathwayEvent.StepDueSoon;
import fr.relais.events.PathwayEvent.StepOverdue;
import fr.relais.events.PathwayEvent.StepReportedDone;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.events.PathwayEvent.WeekConfirmed;
import fr.relais.events.PathwayEvent.WeekUnanswered;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Six months after heart failure: weeks by exception, what others report, the letter, and an end. */
class HeartFailureTest {

    private static final String VISIT = "nurse-first-visit";
    private static final String WEEKLY = "nurse-weekly";

    private final Hospital hospital = new Hospital();

    @BeforeEach
    void home() {
        hospital.included(
                        "heart-failure",
                        new Choice("nurse", CABINET),
                        new Choice("gp", GP.party()),
                        new Choice("pharmacist", PHARMACY))
                .discharged();
    }

    @Test
    void who_made_the_first_visit_is_asked_for_the_weekly_ones() {
        weeklyBy(NURSE_ANNE);

        assertThat(hospital.last(HandoffOffered.class, WEEKLY).to()).isEqualTo(nurses(CABINET));
        assertThat(hospital.last(StepScheduled.class, WEEKLY).weekly().answersBy())
                .hasSize(8)
                .startsWith(at("2026-03-12T23:59:59"), at("2026-03-19T23:59:59"))
                .endsWith(at("2026-04-30T23:59:59"));
    }

    @Test
    void a_week_is_one_tap_with_its_exceptions_and_is_told_once() {
        weeklyBy(NURSE_ANNE);
        hospital.until(at("2026-03-09T18:00"));
        LocalDate missed = LocalDate.parse("2026-03-08");

        confirm(NURSE_BRUNO, null, missed);

        assertThat(hospital.lastOf(WeekConfirmed.class)).singleElement().satisfies(week -> {
            assertThat(week.week()).isEqualTo(1);
            assertThat(week.except()).containsExactly(missed);
        });
        confirm(NURSE_ANNE, 1);
        assertThat(hospital.last).isEmpty();
        assertThat(hospital.no(week(NURSE_ANNE, null)).code()).isEqualTo("week-not-begun");
        assertThat(hospital.no(week(NURSE_ANNE, 9)).code()).isEqualTo("week-unknown");
        assertThat(hospital.no(week(NURSE_ANNE, null, LocalDate.parse("2026-03-20")))
                        .code())
                .isIn("week-not-begun", "except-invalid");
        assertThat(hospital.no(week(WARD_DOCTOR, 1)).code()).isEqualTo("holder-only");
        assertThat(hospital.no(new PathwayCommand.ConfirmWeek(hospital.given(), VISIT, NURSE_ANNE, 1, List.of()))
                        .code())
                .isEqualTo("step-not-recurring");
        assertThat(hospital.no(new PathwayCommand.AddNote(hospital.given(), "note-1", "none", NURSE_ANNE, false))
                        .code())
                .isEqualTo("step-unknown");
    }

    @Test
    void only_silence_is_said_and_two_weeks_of_it_in_a_row_count_as_two() {
        weeklyBy(NURSE_ANNE);
        silence(1);
        assertThat(hospital.lastOf(WeekUnanswered.class))
                .extracting(WeekUnanswered::inARow)
                .containsExactly(1);
        silence(2);
        assertThat(hospital.lastOf(WeekUnanswered.class)).singleElement().satisfies(week -> {
            assertThat(week.inARow()).isEqualTo(2);
            assertThat(week.responsible()).isEqualTo(NURSE_ANNE.party());
        });
        confirm(NURSE_ANNE, null);
        silence(3);
        assertThat(hospital.last).isEmpty();
        silence(4);
        assertThat(hospital.lastOf(WeekUnanswered.class))
                .extracting(WeekUnanswered::inARow)
                .containsExactly(1);
        // Neither reminded nor late, however long it goes on.
        Instant due = hospital.due(WEEKLY);
        hospital.until(due.plus(Duration.ofDays(9)));
        hospital.ok(new PathwayCommand.Remind(hospital.given(), WEEKLY, due));
        assertThat(hospital.last).isEmpty();
        hospital.ok(new PathwayCommand.Escalate(hospital.given(), WEEKLY, 3, due, null));
        assertThat(hospital.last).isEmpty();
    }

    @Test
    void after_an_outage_the_earlier_week_is_said_first() {
        weeklyBy(NURSE_ANNE);
        hospital.until(weeks().get(1));
        hospital.ok(new PathwayCommand.SayWeekUnanswered(hospital.given(), WEEKLY, 2, weeks().get(1)));

        assertThat(hospital.lastOf(WeekUnanswered.class))
                .extracting(WeekUnanswered::week, WeekUnanswered::inARow)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, 1), org.assertj.core.groups.Tuple.tuple(2, 2));
    }

    @Test
    void weeks_spent_in_hospital_are_not_asked_for() {
        weeklyBy(NURSE_ANNE);
        confirm(NURSE_ANNE, null);
        hospital.later(Duration.ofDays(8)).readmitted("stay-2");
        Instant second = weeks().get(1);
        hospital.later(Duration.ofDays(20));
        hospital.ok(new PathwayCommand.SayWeekUnanswered(hospital.given(), WEEKLY, 2, second));
        assertThat(hospital.last).isEmpty();

        hospital.discharged("stay-2", hospital.now);

        LocalDate home = CivilTime.day(hospital.now);
        assertThat(weeks().get(0)).isEqualTo(at("2026-03-12T23:59:59"));
        assertThat(weeks().get(1)).isEqualTo(CivilTime.endOf(home.plusDays(9)));
        assertThat(weeks()).hasSize(8);
        assertThat(hospital.step(WEEKLY).responsible()).isEqualTo(NURSE_ANNE.party());
    }

    @Test
    void what_others_report_is_probably_done_and_neither_late_nor_escalated_until_it_is_corrected() {
        String handoff = hospital.handoff(VISIT, CABINET);
        hospital.accepted(handoff, NURSE_ANNE).later(Duration.ofHours(3));
        report(SECRETARY);
        assertThat(hospital.lastOf(StepReportedDone.class))
                .extracting(StepReportedDone::how)
                .containsExactly(ReportedBy.DELEGATE);
        report(WARD_DOCTOR);
        assertThat(hospital.last).isEmpty();
        Instant due = hospital.due(VISIT);
        hospital.until(due.plus(Duration.ofDays(4)));
        hospital.ok(new PathwayCommand.SayOverdue(hospital.given(), VISIT, due));
        assertThat(hospital.last).isEmpty();
        hospital.ok(new PathwayCommand.Escalate(hospital.given(), VISIT, 3, due, null));
        assertThat(hospital.last).isEmpty();
        assertThat(hospital.no(new PathwayCommand.CorrectReport(hospital.given(), VISIT, COORDINATOR))
                        .code())
                .isEqualTo("holder-only");

        hospital.ok(new PathwayCommand.CorrectReport(hospital.given(), VISIT, NURSE_BRUNO));

        assertThat(hospital.last).singleElement().isInstanceOf(DoneReportCorrected.class);
        hospital.ok(new PathwayCommand.SayOverdue(hospital.given(), VISIT, due));
        assertThat(hospital.last).singleElement().isInstanceOf(StepOverdue.class);
    }

    @Test
    void who_has_the_step_confirms_with_the_time_that_was_reported() {
        String handoff = hospital.handoff(VISIT, CABINET);
        hospital.accepted(handoff, NURSE_ANNE).later(Duration.ofHours(3));
        Instant reported = hospital.now;
        report(WARD_DOCTOR);
        hospital.later(Duration.ofDays(1));

        hospital.ok(new PathwayCommand.Complete(hospital.given(), handoff, NURSE_ANNE, null));

        assertThat(hospital.lastOf(StepCompleted.class))
                .extracting(StepCompleted::doneAt)
                .containsExactly(reported);
    }

    @Test
    void a_step_that_nobody_accepted_and_that_was_done_all_the_same_is_confirmed_by_who_watches() {
        report(WARD_DOCTOR);
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(WARD);
        hospital.ok(new PathwayCommand.Expire(
                hospital.given(),
                hospital.handoff(VISIT, CABINET),
                hospital.last(HandoffOffered.class, VISIT).answerBy()));
        hospital.until(hospital.last(HandoffOffered.class, VISIT).answerBy());
        hospital.ok(new PathwayCommand.Expire(
                hospital.given(),
                hospital.handoff(VISIT, CABINET),
                hospital.last(HandoffOffered.class, VISIT).answerBy()));
        assertThat(hospital.lastOf(StepSeeksSomeone.class)).isEmpty();

        hospital.ok(new PathwayCommand.CompleteStep(hospital.given(), VISIT, COORDINATOR, null));

        assertThat(hospital.lastOf(StepCompleted.class)).hasSize(1);
    }

    @Test
    void a_corrected_report_of_a_step_that_nobody_has_asks_again() {
        report(WARD_DOCTOR);
        hospital.declined(hospital.handoff(VISIT, CABINET), NURSE_ANNE);
        assertThat(hospital.lastOf(StepSeeksSomeone.class)).isEmpty();

        hospital.ok(new PathwayCommand.CorrectReport(hospital.given(), VISIT, COORDINATOR));

        assertThat(hospital.lastOf(StepSeeksSomeone.class)).hasSize(1);
    }

    @Test
    void the_ward_is_told_of_a_missing_letter_at_18_h_and_at_9_h_and_no_ladder_is_climbed() {
        StepScheduled letter = hospital.last(StepScheduled.class, "letter");
        assertThat(letter.remindAt()).isEqualTo(at("2026-03-03T18:00"));
        assertThat(letter.dueAt()).isEqualTo(at("2026-03-03T23:59:59"));
        assertThat(letter.lateAt()).isEqualTo(at("2026-03-04T09:00"));

        hospital.until(letter.remindAt());
        hospital.ok(new PathwayCommand.Remind(hospital.given(), "letter", letter.dueAt()));
        assertThat(hospital.last).singleElement().isInstanceOf(StepDueSoon.class);
        hospital.until(letter.dueAt().plusSeconds(60));
        hospital.ok(new PathwayCommand.SayOverdue(hospital.given(), "letter", letter.dueAt()));
        assertThat(hospital.last).isEmpty();
        hospital.until(letter.lateAt());
        hospital.ok(new PathwayCommand.SayOverdue(hospital.given(), "letter", letter.dueAt()));
        assertThat(hospital.lastOf(StepOverdue.class))
                .extracting(StepOverdue::responsible)
                .containsExactly(WARD);
        hospital.later(Duration.ofDays(5));
        hospital.ok(new PathwayCommand.Escalate(hospital.given(), "letter", 2, letter.dueAt(), null));
        assertThat(hospital.last).isEmpty();
    }

    @Test
    void who_goes_home_in_the_evening_leaves_no_reminder_for_that_day() {
        Hospital evening = new Hospital();
        evening.until(at("2026-03-03T19:30")).included("heart-failure").discharged();

        assertThat(evening.last(StepScheduled.class, "letter").remindAt()).isEqualTo(at("2026-03-04T09:00"));
    }

    @Test
    void the_letter_closes_its_step_and_lets_the_pharmacist_begin_whichever_way_it_is_known() {
        assertThat(hospital.step("medication-reconciliation")).isNull();
        hospital.ok(new PathwayCommand.ReceiveDocument(hospital.given(), "doc-1", "11490-0", WARD, hospital.now));
        assertThat(hospital.step("letter").open()).isFalse();
        assertThat(hospital.handoff("medication-reconciliation", PHARMACY)).isNotNull();
        hospital.ok(new PathwayCommand.ReceiveDocument(hospital.given(), "doc-1", "11490-0", WARD, hospital.now));
        assertThat(hospital.last).isEmpty();

        Hospital sent = new Hospital().included("heart-failure").discharged();
        sent.ok(new PathwayCommand.CompleteStep(sent.given(), "letter", WARD_DOCTOR, null));
        assertThat(sent.lastOf(StepSeeksSomeone.class))
                .extracting(StepSeeksSomeone::step)
                .contains("medication-reconciliation");
    }

    @Test
    void a_letter_that_comes_before_the_discharge_is_heard_closes_its_step_when_it_is() {
        Hospital early = new Hospital().included("heart-failure");
        early.ok(new PathwayCommand.ReceiveDocument(early.given(), "doc-1", "11490-0", WARD, early.now));
        early.discharged();

        assertThat(early.step("letter").open()).isFalse();
        assertThat(early.step("medication-reconciliation")).isNotNull();
    }

    @Test
    void a_report_by_whoever_has_the_visit_says_that_it_was_probably_done() {
        hospital.accepted(hospital.handoff("gp-visit", GP.party()), GP);
        hospital.ok(new PathwayCommand.ReceiveDocument(
                hospital.given(), "doc-2", "11488-4", NURSE_ANNE.party(), hospital.now));
        assertThat(hospital.lastOf(StepReportedDone.class)).isEmpty();
        hospital.ok(new PathwayCommand.ReceiveDocument(hospital.given(), "doc-3", "11488-4", GP.party(), hospital.now));

        assertThat(hospital.lastOf(StepReportedDone.class))
                .extracting(StepReportedDone::step, StepReportedDone::how)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("gp-visit", ReportedBy.DOCUMENT));
    }

    @Test
    void after_six_months_and_a_fortnight_the_pathway_ends_by_itself_with_its_reason() {
        Instant ends = at("2026-09-18T23:59:59");
        assertThat(hospital.last(StepScheduled.class, "outcome").responsible()).isEqualTo(CPTS);
        hospital.until(ends.minusSeconds(1));
        hospital.ok(new PathwayCommand.EndByTime(hospital.given(), ends));
        assertThat(hospital.last).isEmpty();
        hospital.until(ends);
        hospital.ok(new PathwayCommand.EndByTime(hospital.given(), ends.minusSeconds(1)));
        assertThat(hospital.last).isEmpty();

        hospital.ok(new PathwayCommand.EndByTime(hospital.given(), ends));

        assertThat(hospital.last.getLast())
                .isInstanceOfSatisfying(
                        PathwayEvent.Closed.class,
                        closed -> assertThat(closed.reason()).isEqualTo(CloseReason.TIME_OVER));
    }

    private void weeklyBy(Professional nurse) {
        String first = hospital.handoff(VISIT, CABINET);
        hospital.accepted(first, nurse);
        hospital.completed(first, nurse);
        hospital.accepted(hospital.handoff(WEEKLY, CABINET), nurse);
    }

    private List<Instant> weeks() {
        return hospital.step(WEEKLY).weeks().answersBy();
    }

    private void silence(int week) {
        hospital.until(weeks().get(week - 1));
        hospital.ok(new PathwayCommand.SayWeekUnanswered(hospital.given(), WEEKLY, week, weeks().get(week - 1)));
    }

    private PathwayCommand week(Professional by, Integer week, LocalDate... except) {
        return new PathwayCommand.ConfirmWeek(hospital.given(), WEEKLY, by, week, List.of(except));
    }

    private void confirm(Professional by, Integer week, LocalDate... except) {
        hospital.ok(week(by, week, except));
    }

    private void report(Professional by) {
        hospital.ok(new PathwayCommand.ReportDone(hospital.given(), VISIT, by, hospital.now));
    }
}
