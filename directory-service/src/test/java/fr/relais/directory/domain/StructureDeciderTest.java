package fr.relais.directory.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureRetired;
import fr.relais.events.DirectoryEvent.StructureType;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructureDeciderTest {

    private final StructureDecider decider = new StructureDecider();
    private final StructureListed cabinet = Entries.structure(Entries.CABINET, StructureType.CABINET);
    private final Structure listed = decider.evolve(decider.initial(), cabinet);

    @Test
    void it_is_described_retired_and_described_again() {
        assertThat(decider.decide(new StructureCommand.Describe(cabinet), listed))
                .isEqualTo(Decision.<DirectoryEvent>nothing());
        assertThat(decider.decide(new StructureCommand.Retire(Entries.CABINET), listed))
                .isEqualTo(Decision.<DirectoryEvent>accept(new StructureRetired(Entries.CABINET)));
        assertThat(decider.decide(new StructureCommand.Add(cabinet), new Structure.Retired(Entries.CABINET)))
                .isEqualTo(Decision.<DirectoryEvent>accept(cabinet));
    }

    @Test
    void a_corsican_number_is_checked_with_its_letter() {
        var corsican = new StructureListed(
                "2a0000014", StructureType.CABINET, "EXEMPLE", "2A004", List.of("2a004"), List.of());

        assertThat(decider.decide(new StructureCommand.Describe(corsican), decider.initial()))
                .isEqualTo(Decision.<DirectoryEvent>accept(new StructureListed(
                        "2A0000014", StructureType.CABINET, "EXEMPLE", "2A004", List.of("2A004"), List.of())));
    }

    @ParameterizedTest
    @CsvSource({
        "990000011, 23096, '', '', structure-id-invalid",
        "990000010, 2309, '', '', commune-invalid",
        "990000010, 23096, 230, '', commune-invalid",
        "990000010, 23096, '', 12, member-of-invalid",
        "990000010, 23096, '', 990000010, member-of-itself",
    })
    void a_wrong_identifier_is_refused_by_name(String id, String commune, String served, String memberOf, String code) {
        var wrong = new StructureListed(id, StructureType.MSP, "EXEMPLE", commune, List.of(served), List.of(memberOf));

        var decision = decider.decide(new StructureCommand.Describe(wrong), decider.initial());

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        no -> assertThat(no.reason().code()).isEqualTo(code));
    }

    @Test
    void retiring_one_that_is_not_there_says_so() {
        var decision = decider.decide(new StructureCommand.Retire(Entries.CABINET), decider.initial());

        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Rejected.class,
                        no -> assertThat(no.reason().kind()).isEqualTo(Rejection.Kind.NOT_FOUND));
    }
}
