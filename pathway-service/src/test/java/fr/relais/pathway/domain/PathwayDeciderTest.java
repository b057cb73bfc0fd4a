package fr.relais.pathway.domain;

import static fr.relais.pathway.domain.Hospital.CABINET;
import static fr.relais.pathway.domain.Hospital.COORDINATOR;
import static fr.relais.pathway.domain.Hospital.CPTS;
import static fr.relais.pathway.domain.Hospital.GP;
import static fr.relais.pathway.domain.Hospital.NURSE_ANNE;
import static fr.relais.pathway.domain.Hospital.NURSE_BRUNO;
import static fr.relais.pathway.domain.Hospital.NURSE_CHLOE;
import static fr.relais.pathway.domain.Hospital.PHARMACIST;
import static fr.relais.pathway.domain.Hospital.PHARMACY;
import static fr.relais.pathway.domain.Hospital.SECRETARY;
import static fr.relais.pathway.domain.Hospital.TUESDAY;
import static fr.relais.pathway.domain.Hospital.WARD;
import static fr.relais.pathway.domain.Hospital.WARD_DOCTOR;
import static fr.relais.pathway.domain.Hospital.at;
import static fr.relais.pathway.domain.Hospital.nurses;
import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.CloseReason;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.NeedsAttention;
import fr.relais.events.PathwayEvent.StepEscalated;
import fr.relais.events.PathwayEvent.StepOverdue;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.events.PathwayEvent.StepUnassigned;
import fr.relais.events.PathwayEvent.UnassignedReason;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.kit.decide.Rejection;
import fr.relais.pathway.domain.Pathway.Closed;
import fr.relais.pathway.domain.Pathway.Paused;
import fr.relais.pathway.domain.Pathway.Running;
import fr.relais.pathway.domain.Pathway.WaitingForDischarge;
import fr.relais.pathway.domain.Step.Quest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PathwayDeciderTest {

    private static final String VISIT = "nurse-first-visit";
    private static final Choice OUR_NURSES = new Choice("nurse", CABINET);
    private static final Choice OUR_GP = new Choice("gp", GP.party());
    private static final Choice OUR_PHARMACY = new Choice("pharmacist", PHARMACY);

    private final Hospital hospital = new Hospital();

    @Test
    void a_discharge_starts_the_delays_and_asks_whom_the_patient_chose() {
        hospital.included(OUR_NURSES, OUR_GP).discharged();

        assertThat(hospital.due("letter")).isEqualTo(at("2026-03-03T23:59:59"));
        assertThat(hospital.due(VISIT)).isEqualTo(at("2026-03-05T23:59:59"));
        assertThat(hospital.due("gp-visit")).isEqualTo(at("2026-03-10T23:59:59"));
        assertThat(hospital.lastOf(HandoffOffered.class))
                .extracting(HandoffOffered::to, HandoffOffered::from, HandoffOffered::wave)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(nurses(CABINET), WARD, 1),
                        org.assertj.core.groups.Tuple.tuple(new fr.relais.events.Addressee(GP.party(), "10"), WARD, 1));
        assertThat(hospital.lastOf(StepSeeksSomeone.class))
                .extracting(StepSeeksSomeone::step)
                .containsExactly("medication-reconciliation");
        assertThat(hospital.step("letter").responsible()).isEqualTo(WARD);
    }

    @Test
    void a_reminder_comes_when_a_quarter_of_the_delay_is_left() {
        hospital.included(OUR_NURSES).discharged();

        StepScheduled visit = hospital.last(StepScheduled.class, VISIT);
        Duration delay = Duration.between(TUESDAY, visit.dueAt());

        assertThat(Duration.between(visit.remindAt(), visit.dueAt())).isEqualTo(delay.dividedBy(4));
    }

    @Test
    void of_two_rivals_one_wins_and_the_other_is_told_who_has_it() {
        hospital.included().discharged().found(VISIT, NURSE_CHLOE.party(), CABINET);
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);

        assertThat(hospital.lastOf(HandoffWithdrawn.class)).singleElement().satisfies(withdrawn -> {
            assertThat(withdrawn.reason()).isEqualTo(WithdrawReason.TAKEN_BY_ANOTHER);
            assertThat(withdrawn.takenBy()).isEqualTo(NURSE_ANNE.party());
            assertThat(withdrawn.responsible()).isEqualTo(NURSE_ANNE.party());
        });
        for (Professional rival : List.of(NURSE_CHLOE, NURSE_BRUNO)) {
            String handoff = hospital.handoff(VISIT, rival == NURSE_CHLOE ? NURSE_CHLOE.party() : CABINET);
            Rejection no = hospital.no(new PathwayCommand.Accept(hospital.given(), handoff, rival));
            assertThat(no.code()).isEqualTo("handoff-already-taken");
            assertThat(no.details()).containsEntry("takenBy", NURSE_ANNE.party().key());
        }
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);
        assertThat(hospital.last).isEmpty();
    }

    @Test
    void someone_elses_handoff_answers_as_if_it_did_not_exist() {
        hospital.included(OUR_NURSES).discharged();
        String handoff = hospital.handoff(VISIT, CABINET);

        for (Professional stranger : List.of(NURSE_CHLOE, GP, PHARMACIST)) {
            assertThat(hospital.no(new PathwayCommand.Accept(hospital.given(), handoff, stranger)))
                    .isEqualTo(hospital.no(new PathwayCommand.Accept(hospital.given(), "handoff-none-1", stranger)));
        }
        assertThat(new Hospital()
                        .no(new PathwayCommand.Accept(hospital.given(), handoff, NURSE_ANNE))
                        .kind())
                .isEqualTo(Rejection.Kind.NOT_FOUND);
    }

    @Test
    void a_secretary_never_accepts_care() {
        hospital.included(OUR_NURSES).discharged();

        assertThat(hospital.no(new PathwayCommand.Accept(hospital.given(), hospital.handoff(VISIT, CABINET), SECRETARY))
                        .code())
                .isEqualTo("delegate-cannot-accept");
    }

    @Test
    void who_is_addressed_but_has_another_profession_may_not_accept() {
        hospital.included(new Choice("nurse", GP.party())).discharged();

        assertThat(hospital.no(new PathwayCommand.Accept(hospital.given(), hospital.handoff(VISIT, GP.party()), GP))
                        .code())
                .isEqualTo("profession-needed");
    }

    @Test
    void five_are_asked_then_ten_then_all() {
        hospital.included().discharged();
        Party[] nurses = IntStream.range(0, 40)
                .mapToObj(i -> Party.person("997%08d".formatted(i)))
                .toArray(Party[]::new);

        for (int size : new int[] {5, 10, 25}) {
            hospital.found(VISIT, nurses);
            assertThat(hospital.lastOf(HandoffOffered.class)).hasSize(size);
            for (HandoffOffered offered : hospital.lastOf(HandoffOffered.class)) {
                hospital.until(offered.answerBy());
                hospital.ok(new PathwayCommand.Expire(hospital.given(), offered.handoff(), offered.answerBy()));
            }
            assertThat(hospital.lastOf(StepSeeksSomeone.class)).hasSize(1);
        }
        hospital.found(VISIT, nurses);

        assertThat(hospital.lastOf(StepUnassigned.class)).singleElement().satisfies(unassigned -> {
            assertThat(unassigned.reason()).isEqualTo(UnassignedReason.NOBODY_ACCEPTED);
            assertThat(unassigned.responsible()).isEqualTo(WARD);
        });
    }

    @Test
    void the_patients_own_is_asked_alone_and_others_only_after_their_no() {
        hospital.included(OUR_NURSES).discharged();
        assertThat(hospital.lastOf(HandoffOffered.class)).hasSize(1);

        hospital.declined(hospital.handoff(VISIT, CABINET), NURSE_ANNE);

        assertThat(hospital.lastOf(StepSeeksSomeone.class)).singleElement().satisfies(search -> {
            assertThat(search.exclude()).containsExactly(CABINET);
            assertThat(search.answerBy()).isEqualTo(TUESDAY.plusSeconds(30));
        });
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(WARD);
    }

    @Test
    void a_silent_directory_puts_the_step_before_the_coordinator_and_its_late_answer_is_welcome() {
        hospital.included().discharged();
        StepSeeksSomeone search = hospital.last(StepSeeksSomeone.class, VISIT);
        hospital.later(Duration.ofSeconds(30));
        hospital.ok(new PathwayCommand.SearchUnanswered(hospital.given(), VISIT, search.search()));
        assertThat(hospital.lastOf(StepUnassigned.class))
                .extracting(StepUnassigned::reason)
                .containsExactly(UnassignedReason.DIRECTORY_SILENT);

        hospital.found(VISIT, NURSE_CHLOE.party());

        assertThat(hospital.lastOf(HandoffOffered.class)).hasSize(1);
    }

    @Test
    void an_announced_discharge_sends_offers_early_and_no_delay_runs() {
        hospital.included(OUR_NURSES).announced(TUESDAY.plus(Duration.ofDays(1)));

        assertThat(hospital.due(VISIT)).isNull();
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);
        hospital.later(Duration.ofDays(1)).discharged();

        assertThat(hospital.due(VISIT)).isEqualTo(at("2026-03-06T23:59:59"));
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(NURSE_ANNE.party());
        assertThat(hospital.lastOf(HandoffOffered.class)).isEmpty();
    }

    @Test
    void a_cancelled_discharge_takes_everything_back_and_the_next_one_asks_first_who_had_accepted() {
        hospital.included(OUR_GP).discharged().found(VISIT, NURSE_CHLOE.party(), CABINET);
        hospital.accepted(hospital.handoff(VISIT, NURSE_CHLOE.party()), NURSE_CHLOE);
        hospital.retracted();

        assertThat(hospital.state).isInstanceOf(WaitingForDischarge.class);
        assertThat(hospital.lastOf(HandoffWithdrawn.class))
                .allMatch(withdrawn -> withdrawn.reason() == WithdrawReason.DISCHARGE_CANCELLED)
                .extracting(HandoffWithdrawn::step)
                .containsExactlyInAnyOrder(VISIT, "gp-visit");
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(WARD);
        assertThat(hospital.step(VISIT).due()).isNull();

        hospital.later(Duration.ofDays(1)).discharged();

        assertThat(hospital.lastOf(HandoffOffered.class).stream()
                        .filter(offered -> offered.step().equals(VISIT)))
                .singleElement()
                .satisfies(offered -> assertThat(offered.to()).isEqualTo(nurses(NURSE_CHLOE.party())));
    }

    @Test
    void a_discharge_said_again_with_another_time_moves_delays_and_asks_nobody_again() {
        hospital.included(OUR_NURSES).discharged().discharged("stay-1", TUESDAY.plus(Duration.ofDays(1)));

        assertThat(hospital.due(VISIT)).isEqualTo(at("2026-03-06T23:59:59"));
        assertThat(hospital.last).noneMatch(HandoffOffered.class::isInstance);
        hospital.discharged("stay-1", TUESDAY.plus(Duration.ofDays(1)));
        assertThat(hospital.last).isEmpty();
    }

    @Test
    void a_readmission_pauses_and_holders_keep_their_handoffs() {
        hospital.included(OUR_NURSES, OUR_GP).discharged();
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);
        hospital.later(Duration.ofDays(1)).readmitted("stay-2");

        assertThat(hospital.state).isInstanceOf(Paused.class);
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(NURSE_ANNE.party());
        assertThat(hospital.step("gp-visit").quest()).isInstanceOf(Quest.Idle.class);
        hospital.ok(new PathwayCommand.SayOverdue(hospital.given(), VISIT, hospital.due(VISIT)));
        assertThat(hospital.last).isEmpty();

        hospital.later(Duration.ofDays(10)).discharged("stay-2", hospital.now);

        assertThat(hospital.state).isInstanceOf(Running.class);
        assertThat(hospital.due(VISIT)).isEqualTo(at("2026-03-16T23:59:59"));
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(NURSE_ANNE.party());
        assertThat(hospital.lastOf(HandoffOffered.class))
                .extracting(HandoffOffered::step)
                .containsExactly("gp-visit");
    }

    @Test
    void an_admission_that_comes_after_its_discharge_pauses_nothing() {
        hospital.included().discharged();
        hospital.ok(new PathwayCommand.Readmit(hospital.given(), "stay-1", TUESDAY.minus(Duration.ofDays(3))));

        assertThat(hospital.last).isEmpty();
    }

    @Test
    void a_death_closes_everything_and_a_cancelled_death_asks_again_who_had_it() {
        hospital.included(OUR_NURSES).discharged();
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);
        hospital.ok(new PathwayCommand.ReportDeath(hospital.given(), "stay-1", hospital.now));

        assertThat(hospital.state)
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.reason()).isEqualTo(CloseReason.PATIENT_DIED));
        assertThat(hospital.lastOf(HandoffWithdrawn.class))
                .extracting(HandoffWithdrawn::reason)
                .containsOnly(WithdrawReason.PATIENT_DIED);

        hospital.ok(new PathwayCommand.CancelDeath(hospital.given(), "stay-1"));

        assertThat(hospital.state).isInstanceOf(Running.class);
        assertThat(hospital.lastOf(HandoffOffered.class))
                .extracting(HandoffOffered::to)
                .contains(nurses(CABINET));
    }

    @Test
    void a_discharge_to_anywhere_but_home_of_which_no_structure_is_named_starts_nothing_and_asks_a_person() {
        for (Destination destination : Destination.values()) {
            if (destination != Destination.HOME) {
                Hospital other = new Hospital().included(OUR_NURSES);
                other.ok(new PathwayCommand.Start(other.given(), "stay-1", other.now, destination));
                assertThat(other.last).singleElement().isInstanceOf(NeedsAttention.class);
                assertThat(other.state).isInstanceOf(WaitingForDischarge.class);
            }
        }
    }

    @Test
    void an_overdue_step_is_escalated_once_per_level() {
        hospital.included(OUR_NURSES).discharged();
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);
        var due = hospital.due(VISIT);
        hospital.until(due);
        hospital.ok(new PathwayCommand.SayOverdue(hospital.given(), VISIT, due));
        assertThat(hospital.last).singleElement().isInstanceOf(StepOverdue.class);

        List<Party> told = List.of(CABINET, CPTS, WARD);
        for (int level = 1; level <= 3; level++) {
            hospital.until(PathwayDecider.escalatesAt(due, level));
            hospital.ok(new PathwayCommand.Escalate(hospital.given(), VISIT, level, due, null));
            assertThat(hospital.lastOf(StepEscalated.class))
                    .singleElement()
                    .extracting(StepEscalated::to)
                    .isEqualTo(told.get(level - 1));
            hospital.ok(new PathwayCommand.Escalate(hospital.given(), VISIT, level, due, null));
            assertThat(hospital.last).isEmpty();
        }
    }

    @Test
    void a_deadline_that_moved_is_moot() {
        hospital.included(OUR_NURSES).discharged();
        var due = hospital.due(VISIT);
        hospital.discharged("stay-1", TUESDAY.plus(Duration.ofDays(1))).until(due.plusSeconds(1));

        hospital.ok(new PathwayCommand.SayOverdue(hospital.given(), VISIT, due));

        assertThat(hospital.last).isEmpty();
    }

    @Test
    void who_passes_a_handoff_on_stays_responsible_until_somebody_accepts() {
        hospital.included(OUR_NURSES).discharged();
        String handoff = hospital.handoff(VISIT, CABINET);
        hospital.accepted(handoff, NURSE_ANNE);
        hospital.ok(new PathwayCommand.Reassign(
                hospital.given(), handoff, NURSE_ANNE, List.of(nurses(NURSE_CHLOE.party()))));
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(NURSE_ANNE.party());

        hospital.accepted(hospital.handoff(VISIT, NURSE_CHLOE.party()), NURSE_CHLOE);

        assertThat(hospital.step(VISIT).responsible()).isEqualTo(NURSE_CHLOE.party());
        assertThat(hospital.lastOf(HandoffWithdrawn.class)).singleElement().satisfies(withdrawn -> {
            assertThat(withdrawn.reason()).isEqualTo(WithdrawReason.REASSIGNED);
            assertThat(withdrawn.handoff()).isEqualTo(handoff);
            assertThat(withdrawn.takenBy()).isEqualTo(NURSE_CHLOE.party());
        });
    }

    @Test
    void what_a_sender_takes_back_goes_back_to_the_owner() {
        hospital.included(OUR_NURSES).discharged();
        String handoff = hospital.handoff(VISIT, CABINET);
        hospital.accepted(handoff, NURSE_ANNE);
        hospital.ok(new PathwayCommand.Withdraw(hospital.given(), handoff, WARD_DOCTOR));

        assertThat(hospital.step(VISIT).responsible()).isEqualTo(WARD);
        assertThat(hospital.no(new PathwayCommand.Withdraw(hospital.given(), handoff, NURSE_CHLOE))
                        .code())
                .isEqualTo("handoff-not-found");
    }

    @Test
    void a_pathway_closes_when_all_its_steps_are_done() {
        hospital.included(OUR_NURSES, OUR_GP, OUR_PHARMACY).discharged();
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE)
                .accepted(hospital.handoff("gp-visit", GP.party()), GP)
                .accepted(hospital.handoff("medication-reconciliation", PHARMACY), PHARMACIST);
        hospital.ok(new PathwayCommand.CompleteStep(hospital.given(), "letter", WARD_DOCTOR, hospital.now));
        hospital.completed(hospital.handoff(VISIT, CABINET), NURSE_BRUNO)
                .completed(hospital.handoff("gp-visit", GP.party()), GP)
                .completed(hospital.handoff("medication-reconciliation", PHARMACY), PHARMACIST);

        assertThat(hospital.last.getLast())
                .isInstanceOfSatisfying(
                        PathwayEvent.Closed.class,
                        closed -> assertThat(closed.reason()).isEqualTo(CloseReason.COMPLETED));
    }

    @Test
    void only_who_governs_a_pathway_closes_it() {
        hospital.included(OUR_NURSES).discharged();
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);

        assertThat(hospital.no(new PathwayCommand.Close(hospital.given(), NURSE_ANNE))
                        .code())
                .isEqualTo("pathway-not-yours");
        assertThat(hospital.no(new PathwayCommand.Close(hospital.given(), NURSE_CHLOE))
                        .code())
                .isEqualTo("pathway-not-found");
        hospital.ok(new PathwayCommand.Close(hospital.given(), COORDINATOR));
        assertThat(hospital.state).isInstanceOf(Closed.class);
    }
}
