package fr.relais.directory.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.Membership;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureType;
import fr.relais.kit.decide.Decision;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipsTest {

    private static final String CPTS = "990000051";
    private static final LocalDate JANUARY = LocalDate.parse("2024-01-01");
    private static final LocalDate MARCH = LocalDate.parse("2026-03-02");

    private final StructureDecider structures = new StructureDecider();
    private final ProfessionalDecider professionals = new ProfessionalDecider();

    @Test
    void a_membership_until_further_notice_is_one_of_today_and_one_that_ends_is_not() {
        var said = cabinet(
                List.of(Entries.MSP),
                List.of(new Membership(CPTS, JANUARY, null), new Membership("990000069", JANUARY, MARCH)));

        assertThat(described(said, structures.initial()).memberOf()).containsExactly(Entries.MSP, CPTS);
    }

    @Test
    void a_register_that_says_nothing_of_days_leaves_them_as_they_are() {
        var before = described(cabinet(List.of(), List.of(new Membership(CPTS, JANUARY, null))), structures.initial());

        var decision = structures.decide(
                new StructureCommand.Describe(cabinet(List.of(CPTS), null)), new Structure.Listed(before));

        assertThat(decision).isEqualTo(Decision.<DirectoryEvent>nothing());
        assertThat(described(cabinet(List.of(), List.of()), new Structure.Listed(before))
                        .memberships())
                .isNull();
    }

    @Test
    void leaving_a_collective_that_is_no_more_ends_what_was_open_and_forgets_what_had_not_begun() {
        var before = described(
                cabinet(
                        List.of(Entries.MSP),
                        List.of(
                                new Membership(CPTS, JANUARY, LocalDate.parse("2025-01-01")),
                                new Membership(CPTS, LocalDate.parse("2025-06-01"), null),
                                new Membership(CPTS, LocalDate.parse("2027-01-01"), LocalDate.parse("2027-12-31")))),
                structures.initial());

        StructureListed left = left(left(before, CPTS), Entries.MSP);

        assertThat(left.memberOf()).isEmpty();
        assertThat(left.memberships())
                .containsExactly(
                        new Membership(Entries.MSP, null, MARCH),
                        new Membership(CPTS, JANUARY, LocalDate.parse("2025-01-01")),
                        new Membership(CPTS, LocalDate.parse("2025-06-01"), MARCH));
        assertThat(left(left, CPTS)).as("again").isEqualTo(left);
    }

    @Test
    void a_professional_leaves_a_workplace_and_a_collective() {
        ProfessionalListed nurse = Entries.inFull(Entries.ALICE);
        Professional listed = new Professional.Listed(nurse);

        var afterWork =
                professionals.decide(new ProfessionalCommand.Leave(Entries.ALICE, Entries.CABINET, MARCH), listed);
        var afterMsp = professionals.decide(new ProfessionalCommand.Leave(Entries.ALICE, Entries.MSP, MARCH), listed);

        assertThat(((ProfessionalListed) only(afterWork)).structures()).isEmpty();
        assertThat(((ProfessionalListed) only(afterWork)).availability()).isEqualTo(nurse.availability());
        assertThat(((ProfessionalListed) only(afterMsp)).memberships())
                .containsExactly(new Membership(Entries.MSP, JANUARY, MARCH));
        assertThat(professionals.decide(new ProfessionalCommand.Leave(Entries.ALICE, CPTS, MARCH), listed))
                .as("of which she was no member")
                .isEqualTo(Decision.<DirectoryEvent>nothing());
    }

    private StructureListed left(StructureListed before, String collective) {
        var decision = structures.decide(
                new StructureCommand.Leave(Entries.CABINET, collective, MARCH), new Structure.Listed(before));
        return decision.equals(Decision.<DirectoryEvent>nothing()) ? before : (StructureListed) only(decision);
    }

    private StructureListed described(StructureListed as, Structure before) {
        return (StructureListed) only(structures.decide(new StructureCommand.Describe(as), before));
    }

    private static DirectoryEvent only(Decision<DirectoryEvent> decision) {
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        List<DirectoryEvent> events = ((Decision.Accepted<DirectoryEvent>) decision).events();
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    private static StructureListed cabinet(List<String> memberOf, List<Membership> memberships) {
        return new StructureListed(
                Entries.CABINET,
                StructureType.CABINET,
                "EXEMPLE",
                Entries.GUERET,
                List.of(),
                memberOf,
                null,
                memberships,
                null);
    }
}
