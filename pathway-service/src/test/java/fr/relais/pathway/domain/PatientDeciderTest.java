package fr.relais.pathway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.EncounterEvent;
import fr.relais.events.EncounterEvent.Absorbed;
import fr.relais.events.EncounterEvent.AdmissionCancelled;
import fr.relais.events.EncounterEvent.Admitted;
import fr.relais.events.EncounterEvent.DeathCancelled;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.EncounterEvent.Died;
import fr.relais.events.EncounterEvent.DischargeCancelled;
import fr.relais.events.EncounterEvent.DischargePlanCancelled;
import fr.relais.events.EncounterEvent.DischargePlanned;
import fr.relais.events.EncounterEvent.DischargeUnclear;
import fr.relais.events.EncounterEvent.Discharged;
import fr.relais.events.EncounterEvent.EmergencyArrived;
import fr.relais.events.EncounterEvent.EmergencyLeft;
import fr.relais.events.EncounterEvent.LeaveEnded;
import fr.relais.events.EncounterEvent.LeaveStarted;
import fr.relais.events.EncounterEvent.MergedInto;
import fr.relais.events.EncounterEvent.Moved;
import fr.relais.events.EncounterEvent.MovementKind;
import fr.relais.events.EncounterEvent.MovementReported;
import fr.relais.events.EncounterEvent.News;
import fr.relais.events.EncounterEvent.NewsTakenBack;
import fr.relais.events.EncounterEvent.PathwayLinked;
import fr.relais.events.EncounterEvent.StayPlanCancelled;
import fr.relais.events.EncounterEvent.StayPlanned;
import fr.relais.events.EncounterEvent.StaySnapshot;
import fr.relais.events.Party;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.HospitalFact.About;
import fr.relais.pathway.domain.HospitalFact.Admit;
import fr.relais.pathway.domain.HospitalFact.Cancel;
import fr.relais.pathway.domain.HospitalFact.Die;
import fr.relais.pathway.domain.HospitalFact.Discharge;
import fr.relais.pathway.domain.HospitalFact.PlanDischarge;
import fr.relais.pathway.domain.PatientCommand.LinkPathway;
import fr.relais.pathway.domain.PatientCommand.MergeInto;
import fr.relais.pathway.domain.PatientCommand.UnlinkPathway;
import fr.relais.pathway.domain.PatientDecider.Effect;
import fr.relais.pathway.domain.Stay.Said;
import fr.relais.pathway.domain.Stay.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PatientDeciderTest {

    private static final String HOSPITAL = "990000036";
    private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T09:00:00Z");
    private static final Instant WEDNESDAY = Instant.parse("2026-03-04T09:00:00Z");

    private final PatientDecider decider = new PatientDecider();
    private final List<EncounterEvent> all = new ArrayList<>();
    private Patient patient = decider.initial();

    @Test
    void a_discharge_names_the_pathways_that_follow_the_patient() {
        tell(new LinkPathway("pathway-1"));
        tell(admit(MONDAY));

        assertThat(tell(discharge(TUESDAY)))
                .containsExactly(new Discharged("stay-1", HOSPITAL, TUESDAY, Destination.HOME, List.of("pathway-1")));
    }

    @Test
    void an_inclusion_that_crosses_a_discharge_learns_of_it_by_the_link() {
        tell(admit(MONDAY));
        tell(discharge(TUESDAY));

        assertThat(tell(new LinkPathway("pathway-1")))
                .singleElement()
                .isInstanceOfSatisfying(
                        PathwayLinked.class,
                        linked -> assertThat(linked.stays()).singleElement().satisfies(stay -> {
                            assertThat(stay.dischargedAt()).isEqualTo(TUESDAY);
                            assertThat(stay.destination()).isEqualTo(Destination.HOME);
                        }));
    }

    @Test
    void a_late_admission_after_the_discharge_does_not_bring_the_patient_back() {
        tell(discharge(TUESDAY));
        tell(admit(MONDAY));

        assertThat(standing().end()).isNotNull();
        assertThat(tell(discharge(TUESDAY))).isEmpty();
    }

    @Test
    void a_cancellation_that_comes_before_its_discharge_takes_it_back_when_it_comes() {
        tell(new LinkPathway("pathway-1"));
        Cancel cancel = cancel(TUESDAY, "M1", at(2));
        assertThat(tell(cancel)).isEmpty();
        assertThat(PatientDecider.effect(cancel, patient)).isEqualTo(Effect.OUT_OF_ORDER);

        Discharge discharge = discharge(TUESDAY, "M1", at(1));
        assertThat(tell(discharge)).isEmpty();
        assertThat(PatientDecider.effect(discharge, patient)).isEqualTo(Effect.OUT_OF_ORDER);
        assertThat(standing().end()).isNull();
        // Said anew since, it stands.
        assertThat(tell(discharge(TUESDAY, "M1", at(3)))).singleElement().isInstanceOf(Discharged.class);
    }

    @Test
    void a_second_discharge_with_another_time_is_told_again() {
        tell(discharge(TUESDAY));

        assertThat(tell(discharge(TUESDAY))).isEmpty();
        assertThat(tell(discharge(WEDNESDAY))).hasSize(1);
    }

    @Test
    void a_late_cancellation_of_a_discharge_that_was_said_anew_changes_nothing() {
        tell(discharge(TUESDAY));
        tell(discharge(WEDNESDAY));

        Cancel late = cancel(TUESDAY);
        assertThat(tell(late)).isEmpty();
        assertThat(tell(cancel(WEDNESDAY))).singleElement().isInstanceOf(DischargeCancelled.class);
        assertThat(tell(cancel(WEDNESDAY))).isEmpty();
        assertThat(tell(discharge(WEDNESDAY, null, at(60)))).singleElement().isInstanceOf(Discharged.class);
    }

    /** The movement is what it names, whatever time it bears: the discharge's time was corrected in between. */
    @Test
    void a_cancellation_names_the_movement_it_takes_back_also_by_its_former_time() {
        tell(admit(MONDAY));
        tell(discharge(TUESDAY, "M1", at(1)));
        assertThat(tell(discharge(WEDNESDAY, "M1", at(2)))).hasSize(1);

        assertThat(tell(cancel(TUESDAY, "M1", at(3))))
                .containsExactly(new DischargeCancelled("stay-1", HOSPITAL, TUESDAY, List.of()));
        assertThat(standing().end()).isNull();
    }

    @Test
    void a_cancellation_of_another_movement_leaves_the_discharge_that_holds() {
        tell(discharge(TUESDAY, "M1", at(1)));
        tell(discharge(WEDNESDAY, "M2", at(2)));

        assertThat(tell(cancel(TUESDAY, "M1", at(3)))).isEmpty();
        assertThat(standing().end().at()).isEqualTo(WEDNESDAY);
        assertThat(tell(cancel(WEDNESDAY, "M2", at(4)))).singleElement().isInstanceOf(DischargeCancelled.class);
        assertThat(standing().end()).isNull();
    }

    @Test
    void an_older_report_of_a_movement_that_comes_late_changes_nothing() {
        tell(discharge(WEDNESDAY, "M1", at(2)));
        Discharge late = discharge(TUESDAY, "M1", at(1));

        assertThat(tell(late)).isEmpty();
        assertThat(PatientDecider.effect(late, patient)).isEqualTo(Effect.OLDER);
    }

    @Test
    void a_discharge_corrected_into_the_end_of_a_consultation_is_taken_back() {
        tell(discharge(TUESDAY, "M1", at(1)));

        assertThat(tell(new HospitalFact.Unconcern(about(TUESDAY, "M1", at(2)), "consultation-ended")))
                .singleElement()
                .isInstanceOf(DischargeCancelled.class);
    }

    @Test
    void an_announcement_after_the_discharge_is_old() {
        assertThat(tell(new PlanDischarge("patient-1", "stay-1", HOSPITAL, MONDAY, TUESDAY)))
                .singleElement()
                .isInstanceOf(DischargePlanned.class);
        tell(discharge(TUESDAY));
        assertThat(tell(new PlanDischarge("patient-1", "stay-1", HOSPITAL, MONDAY, WEDNESDAY)))
                .isEmpty();
    }

    @Test
    void an_announcement_is_put_off() {
        tell(new PlanDischarge(about(MONDAY, "M1", at(1)), WEDNESDAY));

        assertThat(tell(new Cancel(about(MONDAY, "M1", at(2)), MovementKind.DISCHARGE_PLANNED)))
                .containsExactly(new DischargePlanCancelled("stay-1", HOSPITAL, MONDAY, List.of()));
        assertThat(tell(new PlanDischarge(about(TUESDAY, "M2", at(3)), WEDNESDAY)))
                .containsExactly(new DischargePlanned("stay-1", HOSPITAL, WEDNESDAY, List.of()));
    }

    @Test
    void an_admission_that_was_a_mistake_is_taken_back_and_the_discharge_before_it_holds_again() {
        tell(new LinkPathway("pathway-1"));
        tell(admit(MONDAY, "M1", at(1)));
        tell(discharge(TUESDAY, "M2", at(2)));
        assertThat(tell(admit(WEDNESDAY, "M3", at(3)))).singleElement().isInstanceOf(Admitted.class);

        assertThat(tell(new Cancel(about(WEDNESDAY, "M3", at(4)), MovementKind.ADMISSION)))
                .first()
                .isEqualTo(new AdmissionCancelled("stay-1", HOSPITAL, WEDNESDAY, List.of("pathway-1")));
        assertThat(standing().end().at()).isEqualTo(TUESDAY);
    }

    @Test
    void a_class_that_is_no_longer_that_of_a_stay_cancels_the_admission() {
        tell(new LinkPathway("pathway-1"));
        tell(admit(MONDAY, "M1", at(1)));

        assertThat(tell(new HospitalFact.Declass(about(TUESDAY, "M2", at(2)))))
                .containsExactly(new AdmissionCancelled("stay-1", HOSPITAL, TUESDAY, List.of("pathway-1")));
        // Taken back, the patient is admitted as before.
        assertThat(tell(new Cancel(about(TUESDAY, "M2", at(3)), MovementKind.NO_LONGER_INPATIENT)))
                .singleElement()
                .isInstanceOf(Admitted.class);
    }

    @Test
    void whoever_is_at_the_emergency_room_leaves_it_or_is_admitted() {
        tell(new LinkPathway("pathway-1"));
        assertThat(tell(new HospitalFact.ArriveAtEmergency(about(MONDAY, "M1", at(1)))))
                .containsExactly(new EmergencyArrived("stay-1", HOSPITAL, MONDAY, List.of("pathway-1")));
        assertThat(tell(new HospitalFact.LeaveEmergency(about(TUESDAY, "M2", at(2)))))
                .containsExactly(new EmergencyLeft("stay-1", HOSPITAL, TUESDAY, List.of("pathway-1")));
        assertThat(tell(new Cancel(about(TUESDAY, "M2", at(3)), MovementKind.EMERGENCY_END)))
                .singleElement()
                .isInstanceOf(EmergencyArrived.class);
        assertThat(tell(admit(TUESDAY, "M3", at(4)))).singleElement().isInstanceOf(Admitted.class);
    }

    @Test
    void a_leave_is_no_discharge() {
        tell(new LinkPathway("pathway-1"));
        tell(admit(MONDAY, "M1", at(1)));
        assertThat(tell(new HospitalFact.GoOnLeave(about(TUESDAY, "M2", at(2)))))
                .singleElement()
                .isInstanceOf(LeaveStarted.class);
        assertThat(tell(new HospitalFact.ReturnFromLeave(about(WEDNESDAY, "M3", at(3)))))
                .singleElement()
                .isInstanceOf(LeaveEnded.class);
        assertThat(tell(new Cancel(about(WEDNESDAY, "M3", at(4)), MovementKind.RETURN)))
                .singleElement()
                .isInstanceOf(LeaveStarted.class);
        assertThat(tell(new Cancel(about(TUESDAY, "M2", at(5)), MovementKind.LEAVE)))
                .singleElement()
                .isInstanceOf(LeaveEnded.class);
    }

    @Test
    void a_move_and_its_cancellation_change_the_unit() {
        tell(new LinkPathway("pathway-1"));
        tell(new Admit(about(MONDAY, "M1", at(1)), "1050"));
        assertThat(tell(new HospitalFact.Move(about(TUESDAY, "M2", at(2)), "1120")))
                .containsExactly(new Moved("stay-1", HOSPITAL, TUESDAY, "1120", List.of("pathway-1")));
        assertThat(tell(new Cancel(about(TUESDAY, "M2", at(3)), MovementKind.TRANSFER)))
                .containsExactly(new Moved("stay-1", HOSPITAL, TUESDAY, "1050", List.of("pathway-1")));
    }

    @Test
    void a_planned_stay_is_information_until_it_begins_or_is_cancelled() {
        tell(new LinkPathway("pathway-1"));
        assertThat(tell(new HospitalFact.PlanStay(about(WEDNESDAY, "M1", at(1)))))
                .containsExactly(new StayPlanned("stay-1", HOSPITAL, WEDNESDAY, List.of("pathway-1")));
        assertThat(tell(new Cancel(about(WEDNESDAY, "M1", at(2)), MovementKind.STAY_PLANNED)))
                .singleElement()
                .isInstanceOf(StayPlanCancelled.class);
        assertThat(snapshotsTold()).isEmpty();
    }

    @Test
    void of_a_patient_whom_nobody_follows_only_what_an_inclusion_needs_is_kept() {
        HospitalFact move = new HospitalFact.Move(about(TUESDAY, "M2", at(2)), "1120");
        for (HospitalFact fact : List.of(
                move,
                new HospitalFact.ArriveAtEmergency(about(MONDAY, "M1", at(1))),
                new HospitalFact.GoOnLeave(about(MONDAY, "M3", at(1))),
                new HospitalFact.PlanStay(about(MONDAY, "M4", at(1))),
                new HospitalFact.Unconcern(about(MONDAY, "M5", at(1)), "consultation-ended"),
                new HospitalFact.NamePhysician(about(MONDAY, "", at(1)), Party.person("99700900014")))) {
            tell(fact);
        }

        assertThat(all).isEmpty();
        assertThat(PatientDecider.effect(move, patient)).isEqualTo(Effect.NOT_FOLLOWED);
        tell(admit(MONDAY));
        assertThat(all).isNotEmpty();
    }

    @Test
    void a_question_goes_to_those_who_follow_the_patient() {
        tell(new LinkPathway("pathway-1"));

        HospitalFact.Ask ask = new HospitalFact.Ask(about(MONDAY, "M1", at(1)), "protected-data", "ask the ward");
        assertThat(tell(ask))
                .containsExactly(
                        new DischargeUnclear("stay-1", HOSPITAL, MONDAY, "ask the ward", List.of("pathway-1")));
        assertThat(tell(ask)).isEmpty();
        assertThat(standing().end()).isNull();
    }

    @Test
    void a_cancelled_death_is_told_to_those_who_stopped_because_of_it() {
        tell(new LinkPathway("pathway-1"));
        tell(new Die("patient-1", "stay-1", HOSPITAL, TUESDAY));
        tell(new UnlinkPathway("pathway-1"));

        assertThat(tell(cancel(TUESDAY)))
                .containsExactly(new DeathCancelled("stay-1", HOSPITAL, TUESDAY, List.of("pathway-1")));
        assertThat(patient.dead()).isFalse();
    }

    @Test
    void a_death_corrected_to_a_discharge_takes_the_death_back_and_discharges() {
        tell(new LinkPathway("pathway-1"));
        tell(new Die(about(TUESDAY, "M1", at(1))));

        assertThat(tell(discharge(TUESDAY, "M1", at(2))))
                .hasExactlyElementsOfTypes(DeathCancelled.class, Discharged.class);
    }

    @Test
    void who_leaves_alive_after_dying_makes_a_person_look() {
        tell(new LinkPathway("pathway-1"));
        tell(new Die(about(TUESDAY, "M1", at(1))));

        assertThat(tell(discharge(WEDNESDAY, "M2", at(2)))).singleElement().isInstanceOf(DischargeUnclear.class);
        assertThat(patient.dead()).isTrue();
    }

    @Test
    void a_death_said_of_the_person_is_taken_back_by_the_same_hospital_only() {
        tell(new LinkPathway("pathway-1"));
        tell(new Die(ofPerson(HOSPITAL, at(1))));
        assertThat(patient.dead()).isTrue();

        assertThat(tell(new Cancel(ofPerson("990000010", at(2)), MovementKind.DEATH)))
                .isEmpty();
        assertThat(patient.dead()).isTrue();
        assertThat(tell(new Cancel(ofPerson(HOSPITAL, at(3)), MovementKind.DEATH)))
                .singleElement()
                .isInstanceOf(DeathCancelled.class);
    }

    @Test
    void who_follows_a_patient_said_to_be_dead_is_told_at_once() {
        tell(new Die("patient-1", "stay-1", HOSPITAL, TUESDAY));

        assertThat(tell(new LinkPathway("pathway-1")))
                .hasAtLeastOneElementOfType(Died.class)
                .hasSize(2);
    }

    @Test
    void a_circle_without_an_open_pathway_is_told_once_of_an_admission_and_once_of_a_discharge() {
        Party gp = Party.person("99700900014");
        Party nurse = Party.person("99700900022");
        tell(new LinkPathway("pathway-1"));
        tell(new HospitalFact.NamePhysician(about(MONDAY, "", at(0)), gp));
        tell(new UnlinkPathway("pathway-1", Set.of(nurse)));

        assertThat(tell(admit(MONDAY, "M1", at(1))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Admitted.class, e -> assertThat(e.circle()).containsExactly(gp, nurse));
        assertThat(tell(admit(MONDAY.plusSeconds(60), "M1", at(2))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Admitted.class, e -> assertThat(e.circle()).isNull());
        assertThat(tell(discharge(TUESDAY, "M2", at(3))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Discharged.class, e -> assertThat(e.circle()).containsExactly(gp, nurse));
    }

    @Test
    void a_circle_that_was_told_what_was_taken_back_hears_so_once_and_what_is_true_after_it() {
        Party gp = Party.person("99700900014");
        Party nurse = Party.person("99700900022");
        tell(new LinkPathway("pathway-1"));
        tell(new HospitalFact.NamePhysician(about(MONDAY, "", at(0)), gp));
        tell(new UnlinkPathway("pathway-1", Set.of(nurse)));
        tell(admit(MONDAY, "M1", at(1)));
        tell(discharge(TUESDAY, "M2", at(3)));
        // Another pathway opens: what its own circle is told is no correction of what these were told.
        tell(new LinkPathway("pathway-2"));

        assertThat(tell(cancel(TUESDAY, "M2", at(4))))
                .hasExactlyElementsOfTypes(DischargeCancelled.class, NewsTakenBack.class)
                .last()
                .isEqualTo(new NewsTakenBack(
                        "stay-1", HOSPITAL, News.DISCHARGED, at(4), List.of("pathway-2"), List.of(gp, nurse)));
        assertThat(tell(cancel(TUESDAY, "M2", at(5)))).isEmpty();

        tell(new UnlinkPathway("pathway-2"));
        assertThat(tell(discharge(WEDNESDAY, "M3", at(6))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Discharged.class, e -> assertThat(e.circle()).containsExactly(gp, nurse));
        // It was a death, and no discharge.
        assertThat(tell(new Die(about(WEDNESDAY, "M3", at(7)))))
                .hasExactlyElementsOfTypes(Died.class, NewsTakenBack.class);
    }

    @Test
    void an_admission_that_was_none_is_taken_back_from_those_who_were_told_of_it() {
        Party nurse = Party.person("99700900022");
        tell(new LinkPathway("pathway-1"));
        tell(new UnlinkPathway("pathway-1", Set.of(nurse)));
        tell(admit(MONDAY, "M1", at(1)));

        assertThat(tell(new Cancel(about(MONDAY, "M1", at(2)), MovementKind.ADMISSION)))
                .hasExactlyElementsOfTypes(AdmissionCancelled.class, NewsTakenBack.class);
        assertThat(tell(admit(TUESDAY, "M2", at(3))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Admitted.class, e -> assertThat(e.circle()).containsExactly(nurse));
    }

    @Test
    void who_is_transferred_to_another_hospital_is_not_said_to_be_home_nor_stays_so_after_a_correction() {
        tell(new LinkPathway("pathway-1"));
        tell(new UnlinkPathway("pathway-1", Set.of(Party.person("99700900022"))));
        tell(admit(MONDAY, "M1", at(1)));
        tell(discharge(TUESDAY, "M2", at(2)));

        assertThat(tell(new Discharge(about(TUESDAY, "M2", at(3)), Destination.OTHER_HOSPITAL, null)))
                .hasExactlyElementsOfTypes(Discharged.class, NewsTakenBack.class);
    }

    @Test
    void nobody_is_told_of_old_stays_that_a_hospital_loads_nor_of_patients_never_included() {
        tell(new LinkPathway("pathway-1"));
        tell(new UnlinkPathway("pathway-1", Set.of(Party.person("99700900022"))));

        assertThat(tell(admit(MONDAY.minus(Duration.ofDays(400)), "M1", at(1))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Admitted.class, e -> assertThat(e.circle()).isNull());

        patient = decider.initial();
        assertThat(tell(admit(MONDAY, "M1", at(1))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Admitted.class, e -> assertThat(e.circle()).isNull());
    }

    @Test
    void a_file_that_is_given_up_hands_over_its_circle_and_whom_it_told_what() {
        tell(new LinkPathway("pathway-1"));
        Party nurse = Party.person("99700900022");
        tell(new UnlinkPathway("pathway-1", Set.of(nurse)));
        assertThat(tell(admit(MONDAY, "M1", at(1))))
                .singleElement()
                .isInstanceOfSatisfying(
                        Admitted.class, e -> assertThat(e.circle()).containsExactly(nurse));
        PatientCommand.Absorb absorb = PatientDecider.handedOver("patient-1", patient, TUESDAY);

        patient = decider.initial();
        tell(absorb);

        // It was the wrong patient: whoever was told hears it, though the file is another by now.
        assertThat(tell(new Cancel(about(MONDAY, "M1", at(9)), MovementKind.ADMISSION)))
                .filteredOn(NewsTakenBack.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        NewsTakenBack.class, e -> assertThat(e.circle()).containsExactly(nurse));
        assertThat(patient.circle()).containsExactly(nurse);
    }

    @Test
    void a_death_said_of_the_file_that_is_given_up_reaches_who_follows_the_other_and_is_taken_back_there() {
        tell(new Die(about(MONDAY, "M1", at(1))));
        PatientCommand.Absorb absorb = PatientDecider.handedOver("patient-1", patient, TUESDAY);

        patient = decider.initial();
        tell(new LinkPathway("pathway-1"));
        assertThat(tell(absorb))
                .filteredOn(Died.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Died.class, e -> assertThat(e.pathways()).containsExactly("pathway-1"));
        assertThat(patient.dead()).isTrue();
        assertThat(tell(new Cancel(about(MONDAY, "M1", at(9)), MovementKind.DEATH)))
                .filteredOn(DeathCancelled.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        DeathCancelled.class, e -> assertThat(e.pathways()).containsExactly("pathway-1"));
    }

    @Test
    void a_file_that_is_given_up_hands_over_its_stays_and_pathways_once() {
        tell(admit(MONDAY));
        tell(new LinkPathway("pathway-1"));
        Patient former = patient;
        assertThat(tell(new MergeInto("patient-2", TUESDAY)))
                .containsExactly(new MergedInto("", "patient-2", TUESDAY, List.of("pathway-1")));
        assertThat(tell(new MergeInto("patient-2", WEDNESDAY))).isEmpty();
        // An inclusion that named the former just then is sent after it.
        assertThat(tell(new LinkPathway("pathway-2")))
                .containsExactly(new MergedInto("", "patient-2", TUESDAY, List.of("pathway-2")));

        patient = decider.initial();
        PatientCommand.Absorb absorb = PatientDecider.handedOver("patient-1", former, TUESDAY);
        assertThat(tell(absorb)).hasExactlyElementsOfTypes(Absorbed.class, PathwayLinked.class);
        assertThat(standing().admission().at()).isEqualTo(MONDAY);
        assertThat(patient.pathways()).containsExactly("pathway-1");
        assertThat(tell(absorb)).isEmpty();
        assertThat(tell(discharge(WEDNESDAY)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Discharged.class, e -> assertThat(e.pathways()).containsExactly("pathway-1"));
    }

    /** Journals of builds that kept what follows and not what was reported. */
    @Test
    void a_journal_without_reports_is_read_as_it_was_meant() {
        patient = decider.evolveAll(
                decider.initial(),
                List.of(
                        new PathwayLinked("pathway-1", List.of()),
                        new Admitted("stay-1", HOSPITAL, MONDAY, List.of()),
                        new DischargePlanned("stay-1", HOSPITAL, WEDNESDAY, List.of()),
                        new Discharged("stay-1", HOSPITAL, TUESDAY, Destination.HOME, List.of()),
                        new DischargeCancelled("stay-1", HOSPITAL, TUESDAY, List.of()),
                        new Discharged("stay-1", HOSPITAL, WEDNESDAY, Destination.HOME, List.of())));

        assertThat(standing().end().at()).isEqualTo(WEDNESDAY);
        assertThat(tell(cancel(WEDNESDAY, "M9", WEDNESDAY.plusSeconds(60))))
                .singleElement()
                .isInstanceOf(DischargeCancelled.class);
    }

    /** What a hospital could say of one patient, each once; told in many orders, with repeats. */
    @RepeatedTest(40)
    void reports_in_any_order_with_repeats_end_in_the_same_stays() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<HospitalFact> facts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            facts.add(anything(random, MONDAY.plusSeconds(i)));
        }
        Set<String> ends = new HashSet<>();
        for (int order = 0; order < 4; order++) {
            patient = decider.initial();
            all.clear();
            tell(new LinkPathway("pathway-1"));
            List<HospitalFact> shuffled = new ArrayList<>(facts);
            shuffled.addAll(facts.subList(0, 15));
            if (order > 0) {
                Collections.shuffle(shuffled, random);
            }
            for (HospitalFact fact : shuffled) {
                tell(fact);
                assertThat(tell(fact)).as("seed %d: a repeat of %s", seed, fact).isEmpty();
            }
            assertThat(decider.evolveAll(decider.initial(), all))
                    .as("seed %d: the journal read again", seed)
                    .isEqualTo(patient);
            ends.add(inWords(patient));
        }
        assertThat(ends).as("seed %d", seed).hasSize(1);
    }

    private static HospitalFact anything(Random random, Instant saidAt) {
        String number = random.nextInt(4) == 0 ? null : "M" + random.nextInt(9);
        About about = new About(
                "patient-1",
                "stay-" + random.nextInt(2),
                HOSPITAL,
                MONDAY.plusSeconds(random.nextInt(30) * 3600L),
                number,
                saidAt);
        return switch (random.nextInt(16)) {
            case 0, 1 -> new Admit(about, "10" + random.nextInt(3));
            case 2 -> new PlanDischarge(about, about.at().plusSeconds(7200));
            case 3, 4 -> new Discharge(about, Destination.values()[random.nextInt(Destination.values().length)], null);
            case 5 -> new HospitalFact.Unclear(about, "mode-missing", "no ZFM-2", null);
            case 6 -> new Die(about);
            case 7 -> new HospitalFact.Declass(about);
            case 8 -> new HospitalFact.Move(about, "20" + random.nextInt(3));
            case 9 -> new HospitalFact.ArriveAtEmergency(about);
            case 10 -> new HospitalFact.LeaveEmergency(about);
            case 11 ->
                random.nextBoolean() ? new HospitalFact.GoOnLeave(about) : new HospitalFact.ReturnFromLeave(about);
            case 12 -> new HospitalFact.Unconcern(about, "consultation-ended");
            default ->
                new Cancel(
                        about,
                        List.of(
                                        MovementKind.ADMISSION,
                                        MovementKind.DISCHARGE,
                                        MovementKind.DISCHARGE_PLANNED,
                                        MovementKind.EMERGENCY,
                                        MovementKind.EMERGENCY_END,
                                        MovementKind.LEAVE,
                                        MovementKind.TRANSFER)
                                .get(random.nextInt(7)));
        };
    }

    /** How the stays stand, without the order of arrival that they remember. */
    private static String inWords(Patient patient) {
        return new TreeMap<>(patient.stays())
                        .entrySet().stream()
                                .map(entry -> {
                                    Standing now = entry.getValue().standing();
                                    return entry.getKey() + " admitted " + word(now.admission()) + " ending "
                                            + word(now.ending())
                                            + " end " + word(now.end()) + " death " + word(now.death()) + " plan "
                                            + word(now.plan()) + " emergency " + word(now.emergency()) + " leave "
                                            + word(now.leave())
                                            + " unit " + now.unit();
                                })
                                .toList()
                + " dead " + patient.dead();
    }

    private static String word(Said said) {
        return said == null ? "-" : said.kind() + " " + said.at() + " " + said.destination();
    }

    private Standing standing() {
        return patient.stays().get("stay-1").standing();
    }

    private List<StaySnapshot> snapshotsTold() {
        return ((PathwayLinked) tell(new LinkPathway("pathway-9")).getFirst()).stays();
    }

    /** So many minutes after Wednesday, when all of it was long over: when it was recorded. */
    private static Instant at(int minutes) {
        return WEDNESDAY.plusSeconds(60L * minutes);
    }

    private static About about(Instant at, String movement, Instant saidAt) {
        return new About("patient-1", "stay-1", HOSPITAL, at, movement, saidAt);
    }

    private static About ofPerson(String facility, Instant saidAt) {
        return new About("patient-1", "", facility, saidAt, "identity of " + facility, saidAt);
    }

    private static Admit admit(Instant at) {
        return new Admit("patient-1", "stay-1", HOSPITAL, at);
    }

    private static Admit admit(Instant at, String movement, Instant saidAt) {
        return new Admit(about(at, movement, saidAt), null);
    }

    private static Discharge discharge(Instant at) {
        return new Discharge("patient-1", "stay-1", HOSPITAL, at, Destination.HOME);
    }

    private static Discharge discharge(Instant at, String movement, Instant saidAt) {
        return new Discharge(about(at, movement, saidAt), Destination.HOME, null);
    }

    private static Cancel cancel(Instant at) {
        return new Cancel(new About("patient-1", "stay-1", HOSPITAL, at), MovementKind.DISCHARGE);
    }

    private static Cancel cancel(Instant at, String movement, Instant saidAt) {
        return new Cancel(about(at, movement, saidAt), MovementKind.DISCHARGE);
    }

    /** What follows, without the report itself. */
    private List<EncounterEvent> tell(PatientCommand command) {
        return switch (decider.decide(command, patient)) {
            case Decision.Accepted<EncounterEvent>(List<EncounterEvent> events) -> {
                all.addAll(events);
                patient = decider.evolveAll(patient, events);
                yield events.stream()
                        .filter(event -> !(event instanceof MovementReported))
                        .toList();
            }
            case Decision.Rejected<EncounterEvent> no ->
                throw new AssertionError(no.reason().toString());
        };
    }
}
