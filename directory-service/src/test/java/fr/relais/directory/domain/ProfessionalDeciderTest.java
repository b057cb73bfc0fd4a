package fr.relais.directory.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.ProfessionalRetired;
import fr.relais.events.DirectoryEvent.StructureRetired;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfessionalDeciderTest {

    private final ProfessionalDecider decider = new ProfessionalDecider();
    private final ProfessionalListed alice = Entries.nurse(Entries.ALICE, Entries.CABINET);
    private final Professional listed = decider.evolve(decider.initial(), alice);

    @Test
    void a_description_becomes_an_event_with_the_full_state() {
        assertThat(decider.decide(new ProfessionalCommand.Describe(alice), decider.initial()))
                .isEqualTo(Decision.<DirectoryEvent>accept(alice));
    }

    @Test
    void the_same_facts_in_another_order_and_spelling_are_no_change() {
        var before = decider.evolve(
                decider.initial(),
                new ProfessionalListed(
                        Entries.ALICE,
                        "60",
                        "EXEMPLE ALICE",
                        List.of("SI01"),
                        List.of(Entries.CABINET),
                        List.of("23008", "23096"),
                        List.of()));
        var again = new ProfessionalListed(
                "8" + Entries.ALICE,
                " 60",
                "EXEMPLE   ALICE ",
                List.of("si01"),
                List.of(Entries.CABINET, Entries.CABINET),
                List.of("23096", "23008 "),
                List.of());

        assertThat(decider.decide(new ProfessionalCommand.Describe(again), before))
                .isEqualTo(Decision.<DirectoryEvent>nothing());
    }

    @Test
    void whoever_is_listed_cannot_be_added_again_and_the_answer_says_what_to_do() {
        Rejection no = rejection(decider.decide(new ProfessionalCommand.Add(alice), listed));

        assertThat(no.code()).isEqualTo("professional-already-listed");
        assertThat(no.kind()).isEqualTo(Rejection.Kind.CONFLICT);
        assertThat(no.message()).contains("PUT /api/v1/professionals/" + Entries.ALICE);
    }

    @Test
    void whoever_retired_may_be_listed_again() {
        var retired = decider.evolve(listed, new ProfessionalRetired(Entries.ALICE));

        assertThat(decider.decide(new ProfessionalCommand.Add(alice), retired))
                .isEqualTo(Decision.<DirectoryEvent>accept(alice));
    }

    @Test
    void retiring_happens_once_and_only_to_those_listed() {
        var retire = new ProfessionalCommand.Retire(Entries.ALICE);

        assertThat(decider.decide(retire, listed))
                .isEqualTo(Decision.<DirectoryEvent>accept(new ProfessionalRetired(Entries.ALICE)));
        assertThat(decider.decide(retire, new Professional.Retired(Entries.ALICE)))
                .isEqualTo(Decision.<DirectoryEvent>nothing());
        assertThat(rejection(decider.decide(retire, decider.initial())).kind()).isEqualTo(Rejection.Kind.NOT_FOUND);
    }

    @ParameterizedTest
    @CsvSource({
        "99700900015, 60, X, '', '', '', '', professional-id-invalid",
        "9970090001, 60, X, '', '', '', '', professional-id-invalid",
        "3990000011/sec1, '', X, '', '', '', '', professional-id-invalid",
        "99700900014, 61, X, '', '', '', '', profession-unknown",
        "99700900014, 60, ' ', '', '', '', '', name-missing",
        "99700900014, 60, X, cardio, '', '', '', specialty-unknown",
        "99700900014, 60, X, SM04, '', '', '', specialty-of-other-profession",
        "99700900014, 60, X, '', 990000011, '', '', structure-id-invalid",
        "99700900014, 60, X, '', '', 1451, '', commune-invalid",
        "99700900014, 60, X, '', '', '', 99700900015, delegate-of-invalid",
        "99700900014, 60, X, '', '', '', 99700900014, delegate-of-itself",
    })
    void a_wrong_identifier_or_code_is_refused_by_name(
            String id,
            String profession,
            String name,
            String specialty,
            String structure,
            String commune,
            String delegateOf,
            String code) {
        var wrong = new ProfessionalListed(
                id, profession, name, List.of(specialty), List.of(structure), List.of(commune), List.of(delegateOf));

        Rejection no = rejection(decider.decide(new ProfessionalCommand.Describe(wrong), decider.initial()));

        assertThat(no.code()).isEqualTo(code);
        assertThat(no.kind()).isEqualTo(Rejection.Kind.INVALID);
        assertThat(no.message()).contains(":");
    }

    @Test
    void a_secretary_has_a_national_identifier_and_no_profession() {
        var secretary = new ProfessionalListed(
                "3990000010/sec1",
                "",
                "EXEMPLE SECRETAIRE",
                List.of(),
                List.of(Entries.MSP),
                List.of(),
                List.of(Entries.BRUNO));

        var decision = decider.decide(new ProfessionalCommand.Describe(secretary), decider.initial());

        assertThat(decision)
                .isEqualTo(Decision.<DirectoryEvent>accept(new ProfessionalListed(
                        "3990000010/sec1",
                        null,
                        "EXEMPLE SECRETAIRE",
                        List.of(),
                        List.of(Entries.MSP),
                        List.of(),
                        List.of(Entries.BRUNO))));
    }

    @Test
    void a_structure_in_the_stream_is_a_bug_and_is_told_so() {
        assertThatThrownBy(() -> decider.evolve(listed, new StructureRetired(Entries.CABINET)))
                .hasMessageContaining("professional-<id>");
    }

    private static Rejection rejection(Decision<DirectoryEvent> decision) {
        assertThat(decision).isInstanceOf(Decision.Rejected.class);
        return ((Decision.Rejected<DirectoryEvent>) decision).reason();
    }
}
