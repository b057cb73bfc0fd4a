package fr.relais.pathway.domain;

import static fr.relais.pathway.domain.Hospital.CPTS;
import static fr.relais.pathway.domain.Hospital.WARD;
import static fr.relais.pathway.domain.Hospital.WARD_DOCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.Inclusion;
import fr.relais.events.PathwayEvent.LetterOf;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose letter closes which pathway's letter step: two hospitals may follow one patient. */
class LettersTest {

    private static final String OURS = "990000036";
    private static final String THEIRS = "CHU-AILLEURS";

    private final Hospital hospital = new Hospital();

    @Test
    void the_letter_of_another_hospital_leaves_the_letter_step_open_and_is_not_told() {
        opened(WARD, OURS).started("stay-1", OURS);

        assertThat(hospital.no(letter(THEIRS)).code()).isEqualTo("letter-of-another-hospital");
        assertThat(hospital.step("letter").open()).isTrue();

        hospital.ok(letter(OURS));
        assertThat(hospital.step("letter").open()).isFalse();
    }

    @Test
    void a_stay_elsewhere_that_moved_the_pathway_brings_its_letter_and_does_not_stand_for_the_one_that_is_awaited() {
        opened(WARD, OURS).started("stay-1", OURS).started("stay-2", THEIRS);

        hospital.ok(letter(THEIRS));
        assertThat(hospital.last).hasSize(1);
        assertThat(hospital.step("letter").open()).isTrue();

        hospital.ok(letter(OURS));
        assertThat(hospital.step("letter").open()).isFalse();
    }

    @Test
    void a_pathway_that_a_doctor_opened_awaits_the_letter_of_the_hospital_that_sends_the_patient_home() {
        opened(Hospital.GP.party(), null);
        hospital.ok(letter(THEIRS));
        started("stay-1", OURS);
        assertThat(hospital.step("letter").open()).isTrue();

        hospital.ok(letter(OURS));
        assertThat(hospital.step("letter").open()).isFalse();
    }

    @Test
    void a_letter_that_comes_before_the_discharge_is_heard_closes_the_step_when_it_is_under_any_name_of_the_hospital() {
        opened(Hospital.GP.party(), null);
        hospital.ok(new PathwayCommand.ReceiveDocument(
                hospital.given(),
                "doc-1",
                "11490-0",
                WARD,
                hospital.now,
                new LetterOf(List.of(OURS, "CH-NOUS"), null)));
        started("stay-1", "CH-NOUS");

        assertThat(hospital.step("letter").open()).isFalse();
    }

    @Test
    void a_letter_that_names_a_visit_closes_the_step_of_that_visit_alone() {
        opened(WARD, OURS).started("stay-1", OURS);

        assertThat(hospital.no(letterOfVisit("stay-9")).code()).isEqualTo("letter-of-another-hospital");
        assertThat(hospital.step("letter").open()).isTrue();

        hospital.ok(letterOfVisit("stay-1"));
        assertThat(hospital.step("letter").open()).isFalse();
    }

    @Test
    void a_letter_handed_in_for_the_pathway_itself_closes_its_step_whoever_sends_it() {
        opened(WARD, OURS).started("stay-1", OURS);
        hospital.ok(new PathwayCommand.ReceiveDocument(
                hospital.given(), "doc-1", "11490-0", Hospital.GP.party(), hospital.now));

        assertThat(hospital.step("letter").open()).isFalse();
    }

    private LettersTest opened(Party owner, @Nullable String facility) {
        hospital.ok(new PathwayCommand.Open(
                hospital.given(),
                "patient-1",
                "discharge-home",
                2,
                owner,
                CPTS,
                "99001",
                new Inclusion(hospital.now, WARD_DOCTOR.party(), "oral"),
                List.of(),
                facility,
                null));
        return this;
    }

    private LettersTest started(String stay, String facility) {
        hospital.later(Duration.ofHours(1));
        hospital.ok(new PathwayCommand.Start(hospital.given(), stay, hospital.now, Destination.HOME, facility));
        return this;
    }

    private PathwayCommand letter(String facility) {
        return new PathwayCommand.ReceiveDocument(
                hospital.given(),
                "doc-" + facility,
                "11490-0",
                WARD,
                hospital.now,
                new LetterOf(List.of(facility), null));
    }

    private PathwayCommand letterOfVisit(String stay) {
        return new PathwayCommand.ReceiveDocument(
                hospital.given(),
                "doc-" + stay,
                "11490-0",
                WARD,
                hospital.now,
                new LetterOf(List.of(OURS), List.of(stay, "stay-of-account")));
    }
}
