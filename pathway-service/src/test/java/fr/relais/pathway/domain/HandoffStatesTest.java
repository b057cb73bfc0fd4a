package fr.relais.pathway.domain;

import static fr.relais.pathway.domain.Hospital.CABINET;
import static fr.relais.pathway.domain.Hospital.CARDIOLOGIST;
import static fr.relais.pathway.domain.Hospital.COORDINATOR;
import static fr.relais.pathway.domain.Hospital.GP;
import static fr.relais.pathway.domain.Hospital.NURSE_ANNE;
import static fr.relais.pathway.domain.Hospital.NURSE_BRUNO;
import static fr.relais.pathway.domain.Hospital.NURSE_CHLOE;
import static fr.relais.pathway.domain.Hospital.SECRETARY;
import static fr.relais.pathway.domain.Hospital.WARD;
import static fr.relais.pathway.domain.Hospital.WARD_DOCTOR;
import static fr.relais.pathway.domain.Hospital.at;
import static fr.relais.pathway.domain.Hospital.nurses;
import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.Addressee;
import fr.relais.events.CareTerms.Mode;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.AppointmentSet;
import fr.relais.events.PathwayEvent.AppointmentStatus;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.DeclineReason;
import fr.relais.events.PathwayEvent.FailReason;
import fr.relais.events.PathwayEvent.HandoffAccepted;
import fr.relais.events.PathwayEvent.HandoffDeclined;
import fr.relais.events.PathwayEvent.HandoffFailed;
import fr.relais.events.PathwayEvent.HandoffLeftToOthers;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffSeen;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.ReportedBy;
import fr.relais.events.PathwayEvent.StepEscalated;
import fr.relais.events.PathwayEvent.StepReportedDone;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.events.PathwayEvent.StepUnassigned;
import fr.relais.events.PathwayEvent.WithdrawReason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of a handoff, one rule at a time. */
class HandoffStatesTest {

    private static final String VISIT = "nurse-first-visit";
    private static final Choice OUR_NURSES = new Choice("nurse", CABINET);
    private static final Choice OUR_GP = new Choice("gp", GP.party());

    private final Hospital hospital = new Hospital();

    @Test
    void the_no_of_one_member_leaves_the_offer_to_her_colleagues() {
        hospital.included(OUR_NURSES).discharged();
        String handoff = hospital.handoff(VISIT, CABINET);

        decline(handoff, NURSE_BRUNO, false);

        assertThat(hospital.last).singleElement().isInstanceOf(HandoffLeftToOthers.class);
        decline(handoff, NURSE_BRUNO, false);
        assertThat(hospital.last).isEmpty();
        hospital.accepted(handoff, NURSE_ANNE);
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(NURSE_ANNE.party());
    }

    @Test
    void a_no_for_all_is_the_structures_and_the_next_are_asked() {
        hospital.included(OUR_NURSES).discharged();

        decline(hospital.handoff(VISIT, CABINET), NURSE_BRUNO, true);

        assertThat(hospital.lastOf(HandoffDeclined.class)).hasSize(1);
        assertThat(hospital.lastOf(StepSeeksSomeone.class)).hasSize(1);
    }

    @Test
    void a_person_who_is_asked_by_name_says_no_for_all_there_is() {
        hospital.included(OUR_GP).discharged();

        decline(hospital.handoff("gp-visit", GP.party()), GP, false);

        assertThat(hospital.lastOf(HandoffDeclined.class)).hasSize(1);
    }

    @Test
    void who_looked_is_told_once_and_a_stranger_learns_nothing() {
        hospital.included(OUR_NURSES).discharged();
        String handoff = hospital.handoff(VISIT, CABINET);

        hospital.ok(new PathwayCommand.See(hospital.given(), handoff, SECRETARY));
        assertThat(hospital.lastOf(HandoffSeen.class)).hasSize(1);
        hospital.ok(new PathwayCommand.See(hospital.given(), handoff, SECRETARY));
        assertThat(hospital.last).isEmpty();
        assertThat(hospital.no(new PathwayCommand.See(hospital.given(), handoff, NURSE_CHLOE)))
                .isEqualTo(hospital.no(new PathwayCommand.See(hospital.given(), "handoff-none-1", NURSE_CHLOE)));
    }

    @Test
    void a_secretary_sets_her_doctors_appointment_and_never_before_the_doctor_accepted() {
        Professional hers =
                new Professional("3990000010/6", "990000069", Set.of(), false, Set.of(), true, Set.of(GP.id()));
        hospital.included(OUR_GP).discharged();
        String handoff = hospital.handoff("gp-visit", GP.party());
        var when = at("2026-03-05T11:00");

        assertThat(hospital.no(book(handoff, hers, when)).code()).isEqualTo("handoff-not-accepted");
        assertThat(hospital.no(new PathwayCommand.Accept(hospital.given(), handoff, hers))
                        .code())
                .isEqualTo("delegate-cannot-accept");
        hospital.accepted(handoff, GP);
        hospital.ok(book(handoff, hers, when));

        assertThat(hospital.lastOf(AppointmentSet.class)).singleElement().satisfies(set -> {
            assertThat(set.by()).isEqualTo(hers.party());
            assertThat(set.startsAt()).isEqualTo(when);
        });
        assertThat(hospital.step("gp-visit").responsible()).isEqualTo(GP.party());
        hospital.ok(book(handoff, hers, when));
        assertThat(hospital.last).isEmpty();
        assertThat(hospital.no(book(handoff, SECRETARY, when)).code()).isEqualTo("handoff-not-found");
    }

    @Test
    void an_appointment_that_was_kept_reports_the_step_done_and_one_without_a_time_is_none() {
        hospital.included(OUR_GP).discharged();
        String handoff = hospital.handoff("gp-visit", GP.party());
        hospital.accepted(handoff, GP);
        assertThat(hospital.no(book(handoff, GP, null)).code()).isEqualTo("appointment-time-missing");
        hospital.ok(book(handoff, GP, hospital.now.plus(Duration.ofHours(4))));
        assertThat(hospital.no(new PathwayCommand.SetAppointment(
                                hospital.given(), handoff, GP, AppointmentStatus.FULFILLED, null))
                        .code())
                .isEqualTo("done-in-the-future");

        hospital.later(Duration.ofHours(5));
        hospital.ok(
                new PathwayCommand.SetAppointment(hospital.given(), handoff, GP, AppointmentStatus.FULFILLED, null));

        assertThat(hospital.lastOf(StepReportedDone.class)).singleElement().satisfies(reported -> {
            assertThat(reported.how()).isEqualTo(ReportedBy.APPOINTMENT);
            assertThat(reported.doneAt()).isEqualTo(hospital.now.minus(Duration.ofHours(1)));
        });
    }

    @Test
    void what_came_to_nothing_goes_back_to_the_owner_and_somebody_else_is_asked() {
        hospital.included(OUR_NURSES).discharged();
        String handoff = hospital.handoff(VISIT, CABINET);
        hospital.accepted(handoff, NURSE_ANNE);

        hospital.ok(new PathwayCommand.Fail(hospital.given(), handoff, NURSE_ANNE, FailReason.PATIENT_ABSENT));

        assertThat(hospital.lastOf(HandoffFailed.class)).singleElement().satisfies(failed -> {
            assertThat(failed.responsible()).isEqualTo(WARD);
            assertThat(failed.by()).isEqualTo(NURSE_ANNE.party());
        });
        assertThat(hospital.lastOf(StepSeeksSomeone.class))
                .singleElement()
                .satisfies(search -> assertThat(search.exclude()).contains(CABINET));
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(WARD);
        assertThat(hospital.no(new PathwayCommand.Complete(hospital.given(), handoff, NURSE_ANNE, null))
                        .code())
                .isEqualTo("handoff-failed");
        hospital.ok(new PathwayCommand.Fail(hospital.given(), handoff, NURSE_ANNE, FailReason.OTHER));
        assertThat(hospital.last).isEmpty();
    }

    @Test
    void a_patient_who_refused_is_no_case_for_another_nurse_but_for_the_coordinator() {
        for (FailReason reason : List.of(FailReason.PATIENT_REFUSED, FailReason.PATIENT_IN_HOSPITAL)) {
            Hospital other = new Hospital().included(OUR_NURSES).discharged();
            String handoff = other.handoff(VISIT, CABINET);
            other.accepted(handoff, NURSE_ANNE);
            other.ok(new PathwayCommand.Fail(other.given(), handoff, NURSE_ANNE, reason));

            assertThat(other.lastOf(StepUnassigned.class)).hasSize(1);
            assertThat(other.lastOf(StepSeeksSomeone.class)).isEmpty();
        }
    }

    @Test
    void a_slip_of_the_finger_is_undone_and_all_who_were_asked_are_asked_again() {
        hospital.included().discharged().found(VISIT, NURSE_CHLOE.party(), CABINET);
        String handoff = hospital.handoff(VISIT, CABINET);
        hospital.accepted(handoff, NURSE_ANNE).later(Duration.ofMinutes(9));
        assertThat(hospital.no(new PathwayCommand.Undo(hospital.given(), handoff, NURSE_BRUNO))
                        .code())
                .isEqualTo("holder-only");

        hospital.ok(new PathwayCommand.Undo(hospital.given(), handoff, NURSE_ANNE));

        assertThat(hospital.lastOf(HandoffWithdrawn.class)).singleElement().satisfies(withdrawn -> {
            assertThat(withdrawn.reason()).isEqualTo(WithdrawReason.UNDONE);
            assertThat(withdrawn.responsible()).isEqualTo(WARD);
        });
        assertThat(hospital.lastOf(HandoffOffered.class))
                .extracting(offered -> offered.to().party())
                .containsExactlyInAnyOrder(NURSE_CHLOE.party(), CABINET);
        hospital.ok(new PathwayCommand.Undo(hospital.given(), handoff, NURSE_ANNE));
        assertThat(hospital.last).isEmpty();
    }

    @Test
    void after_ten_minutes_a_handoff_is_passed_on_and_not_undone() {
        hospital.included(OUR_NURSES).discharged();
        String handoff = hospital.handoff(VISIT, CABINET);
        hospital.accepted(handoff, NURSE_ANNE).later(Duration.ofMinutes(11));

        assertThat(hospital.no(new PathwayCommand.Undo(hospital.given(), handoff, NURSE_ANNE))
                        .code())
                .isEqualTo("undo-too-late");
    }

    @Test
    void who_passed_a_handoff_on_is_told_who_has_it() {
        hospital.included(OUR_NURSES).discharged();
        String handoff = hospital.handoff(VISIT, CABINET);
        hospital.accepted(handoff, NURSE_ANNE);
        hospital.ok(new PathwayCommand.Reassign(
                hospital.given(), handoff, NURSE_ANNE, List.of(nurses(NURSE_CHLOE.party()))));
        hospital.accepted(hospital.handoff(VISIT, NURSE_CHLOE.party()), NURSE_CHLOE);

        assertThat(hospital.step(VISIT).handoff(handoff)).get().isInstanceOf(Handoff.PassedOn.class);
        assertThat(hospital.no(new PathwayCommand.Complete(hospital.given(), handoff, NURSE_ANNE, null))
                        .details())
                .containsEntry("takenBy", NURSE_CHLOE.party().key());
    }

    @Test
    void a_visit_of_general_medicine_is_accepted_by_who_practises_it() {
        Party practice = Party.structure("990000069");
        hospital.included(new Choice("gp", practice)).discharged();
        String handoff = hospital.handoff("gp-visit", practice);

        Professional cardiologist = of(practice, "SM04");
        assertThat(hospital.no(new PathwayCommand.Accept(hospital.given(), handoff, cardiologist))
                        .code())
                .isEqualTo("specialty-needed");
        assertThat(hospital.no(new PathwayCommand.Accept(hospital.given(), handoff, of(practice, null)))
                        .code())
                .isEqualTo("specialty-needed");
        for (String general : List.of("SM54", "SM53", "SM26")) {
            Hospital other = new Hospital().included(new Choice("gp", practice)).discharged();
            other.accepted(other.handoff("gp-visit", practice), of(practice, general));
            assertThat(other.lastOf(HandoffAccepted.class)).hasSize(1);
        }
    }

    @Test
    void a_patient_may_have_chosen_any_physician_as_their_own() {
        hospital.included(new Choice("gp", CARDIOLOGIST.party())).discharged();
        hospital.accepted(hospital.handoff("gp-visit", CARDIOLOGIST.party()), CARDIOLOGIST);

        assertThat(hospital.step("gp-visit").responsible()).isEqualTo(CARDIOLOGIST.party());
    }

    @Test
    void an_offer_says_every_way_in_which_it_may_be_done() {
        hospital.included(OUR_NURSES, OUR_GP).discharged();

        assertThat(hospital.last(HandoffOffered.class, "gp-visit").terms().modes())
                .containsExactly(Mode.ON_SITE, Mode.HOME, Mode.VIDEO);
        assertThat(hospital.last(HandoffOffered.class, VISIT).terms().modes()).isNull();
    }

    @Test
    void an_offer_names_the_place_that_may_be_told_and_the_search_the_one_where_care_is_given() {
        hospital.places = commune -> commune.equals("99001") ? "99002" : commune;
        hospital.included(OUR_NURSES).discharged();

        assertThat(hospital.last(HandoffOffered.class, VISIT).terms().commune()).isEqualTo("99002");
        assertThat(hospital.last(StepSeeksSomeone.class, "gp-visit").commune()).isEqualTo("99001");
    }

    @Test
    void where_little_time_is_left_the_patients_own_and_the_first_wave_are_asked_together() {
        hospital.included(OUR_NURSES);
        // Discharged two days ago, and said only now: the visit is due tonight.
        hospital.until(at("2026-03-05T18:00")).discharged("stay-1", at("2026-03-03T10:00"));
        assertThat(hospital.last(StepSeeksSomeone.class, VISIT).choice()).isEqualTo(CABINET);

        hospital.found(VISIT, NURSE_CHLOE.party());

        assertThat(hospital.lastOf(HandoffOffered.class))
                .extracting(HandoffOffered::to, HandoffOffered::wave)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(nurses(CABINET), 1),
                        org.assertj.core.groups.Tuple.tuple(nurses(NURSE_CHLOE.party()), 1));
    }

    @Test
    void the_patients_own_is_asked_too_when_the_directory_is_silent_and_time_is_short() {
        hospital.included(OUR_NURSES);
        hospital.until(at("2026-03-05T18:00")).discharged("stay-1", at("2026-03-03T10:00"));
        String search = hospital.last(StepSeeksSomeone.class, VISIT).search();
        hospital.later(Duration.ofSeconds(30));
        hospital.ok(new PathwayCommand.SearchUnanswered(hospital.given(), VISIT, search));

        assertThat(hospital.lastOf(HandoffOffered.class))
                .extracting(HandoffOffered::to)
                .containsExactly(nurses(CABINET));
    }

    @Test
    void a_late_step_is_told_first_to_the_substitute_then_to_the_same_role_then_to_colleagues() {
        hospital.included(OUR_NURSES).discharged();
        decline(hospital.handoff(VISIT, CABINET), NURSE_ANNE, true);
        hospital.found(VISIT, NURSE_CHLOE.party());
        hospital.accepted(hospital.handoff(VISIT, NURSE_CHLOE.party()), NURSE_CHLOE);
        var due = hospital.due(VISIT);
        hospital.until(PathwayDecider.escalatesAt(due, 1));
        Pathway late = hospital.state;

        hospital.ok(new PathwayCommand.Escalate(hospital.given(), VISIT, 1, due, null));
        assertThat(hospital.lastOf(StepEscalated.class))
                .extracting(StepEscalated::to)
                .containsExactly(CABINET);
        hospital.state = late;
        Party substitute = Party.person("99700000098");
        hospital.ok(new PathwayCommand.Escalate(hospital.given(), VISIT, 1, due, substitute));
        assertThat(hospital.lastOf(StepEscalated.class))
                .extracting(StepEscalated::to)
                .containsExactly(substitute);
    }

    @Test
    void a_pause_asks_nobody_and_makes_nothing_late_and_delays_count_from_its_end() {
        hospital.included(OUR_NURSES, OUR_GP).discharged();
        hospital.accepted(hospital.handoff(VISIT, CABINET), NURSE_ANNE);
        hospital.ok(new PathwayCommand.Pause(hospital.given(), COORDINATOR));
        var due = hospital.due(VISIT);
        assertThat(hospital.lastOf(HandoffWithdrawn.class))
                .extracting(HandoffWithdrawn::step)
                .containsExactly("gp-visit");
        hospital.later(Duration.ofDays(10));
        hospital.ok(new PathwayCommand.SayOverdue(hospital.given(), VISIT, due));
        assertThat(hospital.last).isEmpty();

        hospital.ok(new PathwayCommand.Resume(hospital.given(), COORDINATOR));

        assertThat(hospital.due(VISIT)).isEqualTo(at("2026-03-15T23:59:59"));
        assertThat(hospital.step(VISIT).responsible()).isEqualTo(NURSE_ANNE.party());
        assertThat(hospital.lastOf(HandoffOffered.class))
                .extracting(HandoffOffered::to)
                .contains(new Addressee(GP.party(), "10"));
        assertThat(hospital.no(new PathwayCommand.Pause(hospital.given(), NURSE_ANNE))
                        .code())
                .isEqualTo("pathway-not-yours");
    }

    @Test
    void a_person_starts_what_no_hospital_could_and_names_who_is_asked() {
        hospital.included(OUR_NURSES);
        hospital.ok(new PathwayCommand.AskForAttention(hospital.given(), "stay-1", "Look."));

        hospital.ok(new PathwayCommand.StartByHand(
                hospital.given(),
                COORDINATOR,
                "stay-1",
                hospital.now,
                fr.relais.events.EncounterEvent.Destination.SSIAD,
                List.of(new Choice("nurse", NURSE_CHLOE.party()))));

        assertThat(hospital.state).isInstanceOf(Pathway.Running.class);
        assertThat(hospital.lastOf(HandoffOffered.class))
                .extracting(HandoffOffered::step, HandoffOffered::to)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(VISIT, nurses(NURSE_CHLOE.party())));
        assertThat(hospital.no(new PathwayCommand.StartByHand(
                                hospital.given(),
                                COORDINATOR,
                                "stay-1",
                                hospital.now,
                                fr.relais.events.EncounterEvent.Destination.HOME,
                                List.of()))
                        .code())
                .isEqualTo("pathway-running");
    }

    @Test
    void who_was_chosen_and_has_accepted_nothing_neither_writes_nor_reports() {
        hospital.included(OUR_NURSES, OUR_GP).discharged();

        assertThat(hospital.no(new PathwayCommand.AddNote(hospital.given(), "note-1", null, GP, false))
                        .code())
                .isEqualTo("pathway-not-found");
        assertThat(hospital.no(new PathwayCommand.ReportDone(hospital.given(), VISIT, GP, hospital.now))
                        .code())
                .isEqualTo("pathway-not-found");
        hospital.ok(new PathwayCommand.AddNote(hospital.given(), "note-1", null, WARD_DOCTOR, true));
        assertThat(hospital.last).hasSize(1);
    }

    @Test
    void a_secretary_of_the_owner_neither_closes_nor_pauses_nor_takes_back() {
        Professional clerk = new Professional("3990000036/9", WARD.id(), Set.of(), false, Set.of(), true, Set.of());
        hospital.included(OUR_NURSES).discharged();

        assertThat(hospital.no(new PathwayCommand.Close(hospital.given(), clerk))
                        .code())
                .isEqualTo("pathway-not-found");
        assertThat(hospital.no(new PathwayCommand.Pause(hospital.given(), clerk))
                        .code())
                .isEqualTo("pathway-not-found");
    }

    @Test
    void a_late_document_of_a_repeat_or_a_closed_pathway_changes_nothing() {
        hospital.included(OUR_NURSES).discharged();
        hospital.ok(new PathwayCommand.Close(hospital.given(), COORDINATOR));
        hospital.ok(new PathwayCommand.ReceiveDocument(hospital.given(), "doc-1", "11490-0", WARD, hospital.now));

        assertThat(hospital.last).isEmpty();
        assertThat(hospital.no(new PathwayCommand.AddNote(hospital.given(), "note-1", null, WARD_DOCTOR, false))
                        .code())
                .isEqualTo("pathway-closed");
    }

    private PathwayCommand book(String handoff, Professional by, java.time.Instant startsAt) {
        return new PathwayCommand.SetAppointment(hospital.given(), handoff, by, AppointmentStatus.BOOKED, startsAt);
    }

    private void decline(String handoff, Professional by, boolean forAll) {
        hospital.ok(new PathwayCommand.Decline(hospital.given(), handoff, by, DeclineReason.FULL, forAll));
    }

    private static Professional of(Party practice, String specialty) {
        return new Professional(
                "99700000080",
                practice.id(),
                Set.of("10"),
                false,
                specialty == null ? Set.of() : Set.of(specialty),
                false,
                Set.of());
    }
}
