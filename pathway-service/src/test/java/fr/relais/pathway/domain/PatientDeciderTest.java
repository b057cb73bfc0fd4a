package fr.relais.pathway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.EncounterEvent;
import fr.relais.events.EncounterEvent.Admitted;
import fr.relais.events.EncounterEvent.DeathCancelled;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.EncounterEvent.Died;
import fr.relais.events.EncounterEvent.DischargeCancelled;
import fr.relais.events.EncounterEvent.DischargePlanned;
import fr.relais.events.EncounterEvent.DischargeUnclear;
import fr.relais.events.EncounterEvent.Discharged;
import fr.relais.events.EncounterEvent.PathwayLinked;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.HospitalFact.Admit;
import fr.relais.pathway.domain.HospitalFact.CancelDischargeOrDeath;
import fr.relais.pathway.domain.HospitalFact.Die;
import fr.relais.pathway.domain.HospitalFact.Discharge;
import fr.relais.pathway.domain.HospitalFact.PlanDischarge;
import fr.relais.pathway.domain.PatientCommand.LinkPathway;
import fr.relais.pathway.domain.PatientCommand.UnlinkPathway;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PatientDeciderTest {

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
                .containsExactly(
                        new Discharged("stay-1", "990000036", TUESDAY, Destination.HOME, List.of("pathway-1")));
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

        assertThat(patient.stays().get("stay-1")).isInstanceOf(Patient.Stay.Ended.class);
        assertThat(tell(discharge(TUESDAY))).isEmpty();
    }

    @Test
    void a_cancellation_without_a_discharge_is_nothing() {
        assertThat(tell(cancel(TUESDAY))).isEmpty();
        tell(admit(MONDAY));
        assertThat(tell(cancel(TUESDAY))).isEmpty();
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

        assertThat(tell(cancel(TUESDAY))).isEmpty();
        assertThat(tell(cancel(WEDNESDAY))).singleElement().isInstanceOf(DischargeCancelled.class);
        assertThat(tell(cancel(WEDNESDAY))).isEmpty();
        assertThat(tell(discharge(WEDNESDAY))).singleElement().isInstanceOf(Discharged.class);
    }

    @Test
    void an_announcement_after_the_discharge_is_old() {
        assertThat(tell(new PlanDischarge("patient-1", "stay-1", "990000036", MONDAY, TUESDAY)))
                .singleElement()
                .isInstanceOf(DischargePlanned.class);
        tell(discharge(TUESDAY));
        assertThat(tell(new PlanDischarge("patient-1", "stay-1", "990000036", MONDAY, WEDNESDAY)))
                .isEmpty();
    }

    @Test
    void a_cancelled_death_is_told_to_those_who_stopped_because_of_it() {
        tell(new LinkPathway("pathway-1"));
        tell(new Die("patient-1", "stay-1", "990000036", TUESDAY));
        tell(new UnlinkPathway("pathway-1"));

        assertThat(tell(cancel(TUESDAY)))
                .containsExactly(new DeathCancelled("stay-1", "990000036", TUESDAY, List.of("pathway-1")));
        assertThat(patient.dead()).isFalse();
    }

    @Test
    void who_follows_a_patient_said_to_be_dead_is_told_at_once() {
        tell(new Die("patient-1", "stay-1", "990000036", TUESDAY));

        assertThat(tell(new LinkPathway("pathway-1")))
                .hasAtLeastOneElementOfType(Died.class)
                .hasSize(2);
    }

    @RepeatedTest(30)
    void facts_in_any_order_are_folded_as_they_were_decided() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String stay = "stay-" + random.nextInt(3);
            Instant at = MONDAY.plusSeconds(random.nextInt(20) * 3600L);
            PatientCommand command = switch (random.nextInt(8)) {
                case 0 -> new Admit("patient-1", stay, "990000036", at);
                case 1 -> new PlanDischarge("patient-1", stay, "990000036", at, at.plusSeconds(7200));
                case 2 ->
                    new Discharge(
                            "patient-1",
                            stay,
                            "990000036",
                            at,
                            Destination.values()[random.nextInt(Destination.values().length)]);
                case 3 -> new CancelDischargeOrDeath("patient-1", stay, "990000036", at);
                case 4 -> new Die("patient-1", stay, "990000036", at);
                case 5 -> new HospitalFact.Unclear("patient-1", stay, "990000036", at, "no ZFM-2");
                case 6 -> new LinkPathway("pathway-" + random.nextInt(2));
                default -> new UnlinkPathway("pathway-" + random.nextInt(2));
            };
            List<EncounterEvent> first = tell(command);
            List<EncounterEvent> again = tell(command);
            // What is contradicted by a death is unclear each time; what stood before a death can be cancelled in turn.
            if (first.stream().noneMatch(e -> e instanceof DischargeUnclear || e instanceof DeathCancelled)) {
                assertThat(again).as("seed %d: a repeat of %s", seed, command).isEmpty();
            }
        }
        assertThat(decider.evolveAll(decider.initial(), all))
                .as("seed %d", seed)
                .isEqualTo(patient);
        assertThat(all.stream().filter(Admitted.class::isInstance))
                .as("seed %d", seed)
                .isNotEmpty();
    }

    private static Admit admit(Instant at) {
        return new Admit("patient-1", "stay-1", "990000036", at);
    }

    private static Discharge discharge(Instant at) {
        return new Discharge("patient-1", "stay-1", "990000036", at, Destination.HOME);
    }

    private static CancelDischargeOrDeath cancel(Instant at) {
        return new CancelDischargeOrDeath("patient-1", "stay-1", "990000036", at);
    }

    private List<EncounterEvent> tell(PatientCommand command) {
        return switch (decider.decide(command, patient)) {
            case Decision.Accepted<EncounterEvent>(List<EncounterEvent> events) -> {
                all.addAll(events);
                patient = decider.evolveAll(patient, events);
                yield events;
            }
            case Decision.Rejected<EncounterEvent> no ->
                throw new AssertionError(no.reason().toString());
        };
    }
}
