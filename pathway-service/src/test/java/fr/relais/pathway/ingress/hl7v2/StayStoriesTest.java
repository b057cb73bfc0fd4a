package fr.relais.pathway.ingress.hl7v2;

import static fr.relais.pathway.ingress.hl7v2.Adt.adt;
import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.EncounterEvent;
import fr.relais.events.EncounterEvent.Admitted;
import fr.relais.events.EncounterEvent.Discharged;
import fr.relais.events.EncounterEvent.MovementReported;
import fr.relais.events.EncounterEvent.TreatingPhysicianNamed;
import fr.relais.events.Party;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.HospitalFact;
import fr.relais.pathway.domain.Patient;
import fr.relais.pathway.domain.PatientCommand;
import fr.relais.pathway.domain.PatientDecider;
import fr.relais.pathway.ingress.Meaning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of one stay after the other, read and decided upon: what an included patient's pathways hear. */
class StayStoriesTest {

    private final PatientDecider decider = new PatientDecider();
    private Patient patient = decider.initial();

    @BeforeEach
    void included() {
        tell(new PatientCommand.LinkPathway("pathway-1"));
    }

    @Test
    void an_admission_and_a_discharge() {
        assertThat(play(adt("A01").of("M1").at("02 08:30").said("02 08:31"))).containsExactly("Admitted");
        assertThat(play(adt("A03").of("M2").at("09 11:00").said("09 11:05").zfm("|8")))
                .containsExactly("Discharged HOME");
    }

    @Test
    void an_emergency_visit_that_becomes_a_stay() {
        assertThat(play(adt("A04").of("M1").at("01 22:00").said("01 22:01").ofClass("E")))
                .containsExactly("EmergencyArrived");
        // The same visit number: the stay begins with A06.
        assertThat(play(adt("A06").of("M2").at("02 03:00").said("02 03:01"))).containsExactly("Admitted");
        assertThat(play(adt("A03").of("M3").at("04 10:00").said("04 10:01").zfm("|8")))
                .containsExactly("Discharged HOME");
    }

    @Test
    void the_end_of_an_emergency_visit_is_no_discharge_and_without_care_no_alarm() {
        play(adt("A04").of("M1").at("01 22:00").said("01 22:01").ofClass("E"));

        assertThat(play(adt("A03")
                        .of("M2")
                        .at("01 23:00")
                        .said("01 23:01")
                        .ofClass("E")
                        .circumstance("PSA")))
                .containsExactly("EmergencyLeft");
        assertThat(play(adt("A13")
                        .of("M2")
                        .at("01 23:00")
                        .said("01 23:05")
                        .ofClass("E")
                        .cancelling("A03")))
                .containsExactly("EmergencyArrived");
    }

    @Test
    void an_emergency_arrival_by_mistake() {
        play(adt("A04").of("M1").at("01 22:00").said("01 22:01").ofClass("E"));

        assertThat(play(adt("A11")
                        .of("M1")
                        .at("01 22:00")
                        .said("01 22:05")
                        .ofClass("E")
                        .cancelling("A04")))
                .containsExactly("EmergencyLeft");
    }

    @ParameterizedTest
    @ValueSource(strings = {"O", "R", "N"})
    void consultations_and_sessions_begin_and_end_without_a_word(String patientClass) {
        for (String trigger : List.of("A01", "A04", "A03", "A05", "A38", "A11", "A02", "A21", "A16")) {
            assertThat(play(adt(trigger)
                            .of("M-" + trigger)
                            .ofClass(patientClass)
                            .zfm("|8")))
                    .as(trigger)
                    .isEmpty();
        }
    }

    @Test
    void an_admission_that_was_a_mistake() {
        play(adt("A01").of("M1").at("02 08:30").said("02 08:31"));

        assertThat(play(adt("A11").of("M1").at("02 08:30").said("02 09:00").cancelling("A01")))
                .containsExactly("AdmissionCancelled");
    }

    @Test
    void a_stay_that_is_made_an_emergency_visit_again() {
        play(adt("A06").of("M1").at("02 08:30").said("02 08:31"));

        assertThat(play(adt("A07").of("M2").at("02 10:00").said("02 10:01").ofClass("E")))
                .containsExactly("AdmissionCancelled");
    }

    @Test
    void the_end_of_a_stay_names_the_structure_that_looks_after_the_patient_where_the_message_does() {
        assertThat(events(adt("A03")
                        .of("M2")
                        .at("09 11:00")
                        .said("09 11:05")
                        .zfm("|8||8")
                        .to("990000010")))
                .filteredOn(Discharged.class::isInstance)
                .extracting(event -> ((Discharged) event).to())
                .containsExactly("990000010");
        // Corrected: another one, and then a word that is no FINESS number.
        assertThat(events(adt("A03")
                        .of("M2")
                        .at("09 11:00")
                        .said("09 11:06")
                        .zfm("|8||8")
                        .to("990000028")))
                .filteredOn(Discharged.class::isInstance)
                .hasSize(1);
        assertThat(events(adt("A03")
                        .of("M2")
                        .at("09 11:00")
                        .said("09 11:07")
                        .zfm("|8||8")
                        .to("SSIAD DU LAC")))
                .filteredOn(Discharged.class::isInstance)
                .extracting(event -> ((Discharged) event).to())
                .containsExactly((String) null);
    }

    @Test
    void the_doctor_whom_hospitals_name_is_said_beside_who_left_against_advice_only() {
        tell(new HospitalFact.NamePhysician(
                new HospitalFact.About("patient-1", "", "CHU-X", Instant.parse("2026-03-01T08:00:00Z")),
                Party.person("99700900014")));
        assertThat(events(adt("A03").of("M2").at("09 11:00").said("09 11:05").zfm("|4")))
                .filteredOn(Discharged.class::isInstance)
                .extracting(event -> ((Discharged) event).physician())
                .containsExactly(Party.person("99700900014"));
        assertThat(events(adt("A03").of("M2").at("09 11:00").said("09 11:06").zfm("|8")))
                .filteredOn(Discharged.class::isInstance)
                .extracting(event -> ((Discharged) event).physician())
                .containsExactly((Party) null);
    }

    @Test
    void a_circle_that_was_told_of_a_stay_hears_that_it_was_none() {
        tell(new PatientCommand.UnlinkPathway("pathway-1", Set.of(Party.person("99700900022"))));
        play(adt("A01").of("M1").at("02 08:30").said("02 08:31"));

        assertThat(play(adt("A11").of("M1").at("02 08:30").said("02 09:00").cancelling("A01")))
                .containsExactly("AdmissionCancelled", "NewsTakenBack");
        play(adt("A01").of("M2").at("03 08:30").said("03 08:31"));
        play(adt("A03").of("M3").at("04 11:00").said("04 11:05").zfm("|8"));
        assertThat(play(adt("A13").of("M3").at("04 11:00").said("04 12:00").cancelling("A03")))
                .containsExactly("DischargeCancelled", "NewsTakenBack");
    }

    @Test
    void an_arrival_or_a_leave_that_is_taken_back_days_later_is_news_of_that_day() {
        play(adt("A04").of("M1").at("01 22:00").said("01 22:01").ofClass("E"));
        assertThat(at(adt("A11")
                        .of("M1")
                        .at("01 22:00")
                        .said("05 09:00")
                        .ofClass("E")
                        .cancelling("A04")))
                .isEqualTo(at(adt("A01").of("M2").at("05 09:00").said("05 09:00")));
        play(adt("A21").of("M3").at("06 09:00").said("06 09:00"));
        assertThat(at(adt("A52").of("M3").at("06 09:00").said("09 09:00").cancelling("A21")))
                .isEqualTo(
                        at(adt("A02").of("M4").at("09 09:00").said("09 09:00").unit("U9")));
    }

    /** When the first thing that the pathway hears of it happened. */
    private Instant at(Adt message) {
        List<EncounterEvent> heard = new ArrayList<>(events(message));
        heard.removeIf(MovementReported.class::isInstance);
        return switch (heard.getFirst()) {
            case EncounterEvent.EmergencyLeft left -> left.leftAt();
            case EncounterEvent.LeaveEnded ended -> ended.at();
            case EncounterEvent.Moved moved -> moved.at();
            case Admitted admitted -> admitted.admittedAt();
            default -> throw new AssertionError(heard.toString());
        };
    }

    @Test
    void a_stay_that_is_planned_and_not() {
        assertThat(play(adt("A05").of("M1").at("20 08:00").said("02 08:31").planned("20 08:00")))
                .containsExactly("StayPlanned");
        assertThat(play(adt("A38").of("M1").at("20 08:00").said("03 08:31").cancelling("A05")))
                .containsExactly("StayPlanCancelled");
    }

    @Test
    void a_discharge_that_is_announced_and_put_off() {
        play(adt("A01").of("M1").at("02 08:30").said("02 08:31"));
        assertThat(play(adt("A16").of("M2").at("08 10:00").said("08 10:01").planned("09 14:00")))
                .containsExactly("DischargePlanned");
        assertThat(play(adt("A25").of("M2").at("08 10:00").said("08 16:00").cancelling("A16")))
                .containsExactly("DischargePlanCancelled");
    }

    @Test
    void a_cancelled_discharge_takes_back_what_it_started_also_by_its_former_time() {
        play(adt("A01").of("M1").at("02 08:30").said("02 08:31"));
        play(adt("A03").of("M2").at("09 11:00").said("09 11:05").zfm("|8"));
        assertThat(play(adt("Z99")
                        .of("M2")
                        .at("09 15:00")
                        .said("09 15:05")
                        .updating("A03")
                        .zfm("|8")))
                .containsExactly("Discharged HOME");

        assertThat(play(adt("A13").of("M2").at("09 11:00").said("09 16:00").cancelling("A03")))
                .containsExactly("DischargeCancelled");
    }

    @Test
    void a_correction_reruns_the_table() {
        play(adt("A01").of("M1").at("02 08:30").said("02 08:31"));
        play(adt("A03").of("M2").at("09 11:00").said("09 11:05").zfm("|8"));

        assertThat(play(adt("Z99")
                        .of("M2")
                        .at("09 11:00")
                        .said("09 11:10")
                        .updating("A03")
                        .zfm("|7")))
                .containsExactly("Discharged OTHER_HOSPITAL");
        assertThat(play(adt("Z99")
                        .of("M2")
                        .at("09 11:00")
                        .said("09 11:12")
                        .updating("A03")
                        .zfm("|9")))
                .containsExactly("Died");
        assertThat(play(adt("Z99")
                        .of("M2")
                        .at("09 11:00")
                        .said("09 11:15")
                        .updating("A03")
                        .zfm("|8")))
                .containsExactly("DeathCancelled", "Discharged HOME");
        assertThat(play(adt("Z99")
                        .of("M2")
                        .at("09 11:00")
                        .said("09 11:20")
                        .updating("A03")
                        .ofClass("O")))
                .containsExactly("DischargeCancelled");
    }

    @Test
    void an_update_of_an_admission_moves_its_time() {
        play(adt("A06").of("M1").at("02 08:30").said("02 08:31"));

        assertThat(play(adt("Z99").of("M1").at("02 08:35").said("02 08:40").updating("A06")))
                .containsExactly("Admitted");
        assertThat(play(adt("Z99").of("M1").at("02 08:35").said("02 08:45").updating("A06")))
                .isEmpty();
    }

    @Test
    void a_leave_and_what_takes_it_back() {
        play(adt("A01").of("M1").at("02 08:30").said("02 08:31"));

        assertThat(play(adt("A21").of("M2").at("07 10:00").said("07 10:01"))).containsExactly("LeaveStarted");
        assertThat(play(adt("A22").of("M3").at("08 18:00").said("08 18:01"))).containsExactly("LeaveEnded");
        assertThat(play(adt("A53").of("M3").at("08 18:00").said("08 18:05").cancelling("A22")))
                .containsExactly("LeaveStarted");
        assertThat(play(adt("A52").of("M2").at("07 10:00").said("08 18:10").cancelling("A21")))
                .containsExactly("LeaveEnded");
    }

    @Test
    void moves_inside_the_hospital() {
        play(adt("A01").of("M1").at("02 08:30").said("02 08:31").unit("1050"));

        assertThat(play(adt("A02").of("M2").at("03 08:30").said("03 08:31").unit("1120")))
                .containsExactly("Moved 1120");
        assertThat(play(adt("A12")
                        .of("M2")
                        .at("03 08:30")
                        .said("03 09:31")
                        .unit("1120")
                        .cancelling("A02")))
                .containsExactly("Moved 1050");
    }

    @Test
    void a_death_and_a_death_that_was_another_patients() {
        play(adt("A01").of("M1").at("02 08:30").said("02 08:31"));
        assertThat(play(adt("A03").of("M2").at("05 02:00").said("05 02:10").zfm("|9")))
                .containsExactly("Died");
        assertThat(play(adt("A13").of("M2").at("05 02:00").said("05 08:00").cancelling("A03")))
                .containsExactly("DeathCancelled");
    }

    @Test
    void a_death_said_of_the_person_closes_and_is_taken_back_by_the_next_identity() {
        assertThat(play(adt("A31").ofClass("N").visit("").said("05 02:10").dead("Y", "20260305020000")))
                .containsExactly("Died");
        assertThat(play(adt("A31").ofClass("N").visit("").said("05 02:20").dead("Y", "20260305020000")))
                .isEmpty();
        assertThat(play(adt("A08").ofClass("I").said("05 09:00"))).containsExactly("DeathCancelled");
    }

    @Test
    void a_death_said_by_the_way_counts() {
        assertThat(play(adt("A02").of("M1").dead("Y", ""))).contains("Died");
    }

    @Test
    void a_time_of_death_without_a_death_makes_a_person_look() {
        play(adt("A01").of("M1").at("02 08:30").said("02 08:31"));

        assertThat(play(adt("A03").of("M2").zfm("|8").dead("N", "20260309100000")))
                .containsExactly("DischargeUnclear");
    }

    @Test
    void protected_data_move_nothing_but_the_ward_is_asked() {
        for (String trigger : List.of("A01", "A06", "A16", "A03")) {
            assertThat(play(adt(trigger)
                            .of("M-" + trigger)
                            .at("09 11:" + trigger.substring(1))
                            .withProtectedData()
                            .planned("09 14:00")
                            .zfm("|8")))
                    .as(trigger)
                    .containsExactly("DischargeUnclear");
        }
        assertThat(play(adt("A04").of("ME").ofClass("E").visit("26030099").withProtectedData()))
                .containsExactly("DischargeUnclear");
    }

    @Test
    void a_newborn_opens_nothing() {
        assertThat(play(adt("A01").of("M1").zfm("N"))).isEmpty();
        assertThat(play(adt("A03").of("M2").zfm("N|8"))).isEmpty();
    }

    @Test
    void an_identity_in_doubt_moves_nothing() {
        for (String status : List.of("DOUT", "VALI~FICT", "ANOM", "USUR", "INVA")) {
            assertThat(AdtReadingTest.read(adt("A03").zfm("|8").status(status).text()))
                    .as(status)
                    .isInstanceOfSatisfying(
                            Meaning.Doubtful.class,
                            doubt -> assertThat(doubt.when()).isEqualTo(Meaning.Looked.ALWAYS));
        }
    }

    @Test
    void the_medecin_traitant_is_named_and_the_locum_never() {
        String doctor = "99700900014^TEST^DOC^^^^^^ASIP-SANTE-PS&1.2.250.1.71.4.2.1&ISO^L^^^RPPS";
        assertThat(play(adt("A01").of("M1").with("ROL||AD|SUBS|" + doctor))).containsExactly("Admitted");
        assertThat(play(adt("A02").of("M2").with("ROL||AD|SUBS|" + doctor).with("ROL||AD|ODRP|8" + doctor)))
                .contains("TreatingPhysicianNamed 99700900014");
        assertThat(play(adt("A02").of("M3").with("ROL||AD|ODRP|99700900022^X|20250101|20260101")))
                .as("one whose time is over")
                .isEmpty();
    }

    @Test
    void without_movement_numbers_times_of_saying_put_it_in_order() {
        play(adt("A01").of("").at("02 08:30").said("02 08:31"));
        assertThat(play(adt("A03").of("").at("09 11:00").said("09 11:05").zfm("|8")))
                .containsExactly("Discharged HOME");
        assertThat(play(adt("A13").of("").at("09 12:00").said("09 12:00").cancelling("A03")))
                .containsExactly("DischargeCancelled");
        assertThat(play(adt("A03").of("").at("10 11:00").said("10 11:05").zfm("|8")))
                .containsExactly("Discharged HOME");
        // Sent again, late.
        assertThat(play(adt("A13").of("").at("09 12:00").said("09 12:00").cancelling("A03")))
                .isEmpty();
    }

    /** A sender that numbers each message anew: its cancellation names no other movement. */
    @Test
    void a_cancellation_that_is_a_movement_of_its_own_takes_back_the_last_one() {
        play(adt("A01").of("1").at("02 08:30").said("02 08:31"));
        play(adt("A03").of("5").at("09 11:00").said("09 11:05").zfm("|8"));

        assertThat(play(adt("A13").of("112").at("09 11:00").said("09 12:00"))).containsExactly("DischargeCancelled");
    }

    @Test
    void two_visits_of_one_patient_are_two_stays() {
        play(adt("A01").of("M1").at("02 08:30").said("02 08:31"));
        play(adt("A03").of("M2").at("05 11:00").said("05 11:05").zfm("|8"));

        assertThat(play(adt("A01").of("M3").at("08 08:30").said("08 08:31").visit("26030044")))
                .containsExactly("Admitted");
        assertThat(patient.stays()).hasSize(2);
    }

    /** A whole stay with its corrections, in any order and with repeats. */
    @Test
    void a_story_in_any_order_ends_as_it_did() {
        List<Adt> story = List.of(
                adt("A04").of("M1").at("01 22:00").said("01 22:01").ofClass("E"),
                adt("A03").of("M2").at("02 01:00").said("02 01:01").ofClass("E"),
                adt("A13").of("M2").at("02 01:00").said("02 01:10").ofClass("E").cancelling("A03"),
                adt("A06").of("M3").at("02 03:00").said("02 03:01").unit("1120"),
                adt("Z99").of("M3").at("02 03:05").said("02 03:10").unit("1120").updating("A06"),
                adt("A02").of("M4").at("03 10:00").said("03 10:01").unit("1050"),
                adt("A16").of("M5").at("08 10:00").said("08 10:01").planned("09 14:00"),
                adt("A03").of("M6").at("09 11:00").said("09 11:05").zfm("|8"),
                adt("Z99")
                        .of("M6")
                        .at("09 12:00")
                        .said("09 12:05")
                        .updating("A03")
                        .zfm("|8"),
                adt("A13").of("M6").at("09 11:00").said("09 13:00").cancelling("A03"),
                adt("A03").of("M7").at("10 11:00").said("10 11:05").zfm("|8||6"));
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Set<String> ends = new HashSet<>();
        for (int order = 0; order < 50; order++) {
            patient = decider.initial();
            included();
            List<Adt> arrived = new ArrayList<>(story);
            arrived.add(story.get(random.nextInt(story.size())));
            if (order > 0) {
                Collections.shuffle(arrived, random);
            }
            arrived.forEach(this::play);
            tell(new PatientCommand.LinkPathway("pathway-2")).stream()
                    .map(Object::toString)
                    .forEach(ends::add);
        }
        assertThat(ends)
                .as("seed %d", seed)
                .singleElement()
                .asString()
                .contains("dischargedAt=2026-03-10T10:00:00Z, destination=HAD");
    }

    /** What the pathways of an included patient hear of it, in words. */
    private List<String> play(Adt... messages) {
        return Arrays.stream(messages)
                .flatMap(message -> play(message).stream())
                .toList();
    }

    private List<String> play(Adt message) {
        return events(message).stream()
                .filter(event -> !(event instanceof MovementReported))
                .map(StayStoriesTest::word)
                .toList();
    }

    private List<EncounterEvent> events(Adt message) {
        List<HospitalFact> facts = switch (AdtReadingTest.read(message.text())) {
            case Meaning.Happened happened -> happened.facts().apply("patient-1");
            case Meaning.Presented presented -> presented.facts().apply("patient-1");
            case Meaning.Nothing nothing -> List.of();
            case Meaning.Doubtful doubtful -> List.of();
            case Meaning.Merged merged -> throw new AssertionError("merged");
            case Meaning.InsWithdrawn withdrawn -> throw new AssertionError("INS withdrawn");
        };
        return facts.stream().flatMap(fact -> tell(fact).stream()).toList();
    }

    private static String word(EncounterEvent event) {
        String name = event.getClass().getSimpleName();
        return switch (event) {
            case Discharged discharged -> name + " " + discharged.destination();
            case EncounterEvent.Moved moved -> name + " " + moved.unit();
            case TreatingPhysicianNamed named -> name + " " + named.physician().id();
            case Admitted admitted -> name;
            default -> name;
        };
    }

    private List<EncounterEvent> tell(PatientCommand command) {
        return switch (decider.decide(command, patient)) {
            case Decision.Accepted<EncounterEvent>(List<EncounterEvent> events) -> {
                patient = decider.evolveAll(patient, events);
                yield events;
            }
            case Decision.Rejected<EncounterEvent> no ->
                throw new AssertionError(no.reason().toString());
        };
    }
}
