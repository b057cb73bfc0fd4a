package fr.relais.directory.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.directory.domain.AvailabilityChange.ComeBack;
import fr.relais.directory.domain.AvailabilityChange.ForgetRoom;
import fr.relais.directory.domain.AvailabilityChange.GoAway;
import fr.relais.directory.domain.AvailabilityChange.SayRoom;
import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.Absence;
import fr.relais.events.DirectoryEvent.Availability;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.ProfessionalRetired;
import fr.relais.events.DirectoryEvent.Room;
import fr.relais.events.DirectoryEvent.RoomState;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureType;
import fr.relais.events.Party;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AvailabilitiesTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");
    private static final Party DAVID = Party.person(Entries.DAVID);

    private final ProfessionalDecider decider = new ProfessionalDecider();
    private Professional nurse = decider.evolve(decider.initial(), Entries.nurse(Entries.ALICE, Entries.CABINET));

    @Test
    void complet_jusqu_au_becomes_an_event_with_the_full_state() {
        said(new SayRoom(full("2026-03-20")));

        assertThat(listed())
                .isEqualTo(Descriptions.with(
                        Entries.nurse(Entries.ALICE, Entries.CABINET),
                        new Availability(full("2026-03-20"), List.of())));
    }

    @Test
    void the_same_again_is_no_change() {
        said(new SayRoom(full("2026-03-20")));

        assertThat(decide(new SayRoom(full("2026-03-20")))).isEqualTo(Decision.<DirectoryEvent>nothing());
        assertThat(decide(new ComeBack(TODAY))).isEqualTo(Decision.<DirectoryEvent>nothing());
    }

    @Test
    void a_later_word_replaces_the_earlier_and_what_is_over_is_forgotten() {
        said(new SayRoom(full("2026-03-20")));
        said(new GoAway(away("2026-03-03", "2026-03-04")));
        said(new GoAway(away("2026-08-03", "2026-08-21")));
        said(new GoAway(away("2026-08-03", "2026-08-28")));

        LocalDate april = LocalDate.parse("2026-04-01");
        nurse = evolved(decider.decide(
                new ProfessionalCommand.ChangeAvailability(
                        Entries.ALICE, new GoAway(away("2026-05-01", "2026-05-02")), april),
                nurse));

        assertThat(listed().availability())
                .isEqualTo(new Availability(
                        null, List.of(away("2026-05-01", "2026-05-02"), away("2026-08-03", "2026-08-28"))));
    }

    @Test
    void when_nothing_is_said_any_more_the_entry_is_as_before() {
        said(new SayRoom(full("2026-03-20")));
        said(new GoAway(away("2026-03-03", "2026-03-04")));
        said(new ForgetRoom());
        said(new ComeBack(LocalDate.parse("2026-03-03")));

        assertThat(listed()).isEqualTo(Entries.nurse(Entries.ALICE, Entries.CABINET));
    }

    @Test
    void a_register_that_is_loaded_leaves_what_they_said_as_it_is() {
        said(new SayRoom(full("2026-03-20")));

        nurse = evolved(decider.decide(new ProfessionalCommand.Describe(Entries.nurse(Entries.ALICE)), nurse));

        assertThat(listed().structures()).isEmpty();
        assertThat(listed().availability()).isEqualTo(new Availability(full("2026-03-20"), List.of()));
    }

    @Test
    void whoever_left_and_comes_again_has_said_nothing_yet() {
        said(new SayRoom(full("2026-03-20")));
        nurse = decider.evolve(nurse, new ProfessionalRetired(Entries.ALICE));

        assertThat(rejection(decide(new ForgetRoom())).kind()).isEqualTo(Rejection.Kind.NOT_FOUND);
        nurse = evolved(decider.decide(new ProfessionalCommand.Add(Entries.nurse(Entries.ALICE)), nurse));
        assertThat(listed().availability()).isNull();
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of(new SayRoom(full("2026-03-01")), "room-until-over"),
                Arguments.of(new SayRoom(full("2027-03-04")), "room-until-far"),
                Arguments.of(new GoAway(away("2026-03-04", "2026-03-03")), "absence-backwards"),
                Arguments.of(new GoAway(away("2026-02-01", "2026-03-01")), "absence-over"),
                Arguments.of(new GoAway(away("2026-03-04", "2029-03-04")), "absence-far"),
                Arguments.of(new GoAway(away("2026-06-10", "2026-06-12")), "absence-overlaps"),
                Arguments.of(new GoAway(replaced(Party.person(Entries.ALICE))), "substitute-itself"),
                Arguments.of(new GoAway(replaced(Party.person("99700900015"))), "substitute-invalid"),
                Arguments.of(new GoAway(replaced(Party.structure("990000011"))), "substitute-invalid"));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void what_cannot_be_is_refused_by_name(AvailabilityChange change, String code) {
        said(new GoAway(away("2026-06-01", "2026-06-10")));

        assertThat(rejection(decide(change)).code()).isEqualTo(code);
    }

    @Test
    void a_structure_is_full_and_away_by_the_same_rules() {
        StructureDecider structures = new StructureDecider();
        StructureListed cabinet = Entries.structure(Entries.CABINET, StructureType.CABINET);
        Structure listed = structures.evolve(structures.initial(), cabinet);

        var full = structures.decide(
                new StructureCommand.ChangeAvailability(Entries.CABINET, new SayRoom(full("2026-03-20")), TODAY),
                listed);
        var itself = structures.decide(
                new StructureCommand.ChangeAvailability(
                        Entries.CABINET, new GoAway(replaced(Party.structure(Entries.CABINET))), TODAY),
                listed);

        assertThat(full)
                .isEqualTo(Decision.<DirectoryEvent>accept(
                        Descriptions.with(cabinet, new Availability(full("2026-03-20"), List.of()))));
        assertThat(rejection(itself).code()).isEqualTo("substitute-itself");
    }

    private static Room full(String until) {
        return new Room(RoomState.FULL, LocalDate.parse(until));
    }

    private static Absence away(String from, String to) {
        return new Absence(LocalDate.parse(from), LocalDate.parse(to), DAVID);
    }

    private static Absence replaced(Party substitute) {
        return new Absence(TODAY, TODAY, substitute);
    }

    private Decision<DirectoryEvent> decide(AvailabilityChange change) {
        return decider.decide(new ProfessionalCommand.ChangeAvailability(Entries.ALICE, change, TODAY), nurse);
    }

    private void said(AvailabilityChange change) {
        nurse = evolved(decide(change));
    }

    private Professional evolved(Decision<DirectoryEvent> decision) {
        assertThat(decision).isInstanceOf(Decision.Accepted.class);
        return decider.evolveAll(nurse, ((Decision.Accepted<DirectoryEvent>) decision).events());
    }

    private ProfessionalListed listed() {
        return ((Professional.Listed) nurse).as();
    }

    private static Rejection rejection(Decision<DirectoryEvent> decision) {
        assertThat(decision).isInstanceOf(Decision.Rejected.class);
        return ((Decision.Rejected<DirectoryEvent>) decision).reason();
    }
}
