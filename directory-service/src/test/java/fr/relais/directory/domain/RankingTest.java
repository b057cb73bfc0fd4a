package fr.relais.directory.domain;

import static fr.relais.directory.domain.Entries.ALICE;
import static fr.relais.directory.domain.Entries.AUBUSSON;
import static fr.relais.directory.domain.Entries.BRUNO;
import static fr.relais.directory.domain.Entries.CABINET;
import static fr.relais.directory.domain.Entries.CHLOE;
import static fr.relais.directory.domain.Entries.DAVID;
import static fr.relais.directory.domain.Entries.EMMA;
import static fr.relais.directory.domain.Entries.GUERET;
import static fr.relais.directory.domain.Entries.HOSPITAL;
import static fr.relais.directory.domain.Entries.MSP;
import static fr.relais.directory.domain.Entries.OTHER_CABINET;
import static fr.relais.directory.domain.Entries.doctor;
import static fr.relais.directory.domain.Entries.nurse;
import static fr.relais.directory.domain.Entries.structure;
import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.directory.domain.Applicant.Standing;
import fr.relais.events.CandidateEvent.Candidate;
import fr.relais.events.CandidateEvent.Reason;
import fr.relais.events.DirectoryEvent.Absence;
import fr.relais.events.DirectoryEvent.Availability;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.Room;
import fr.relais.events.DirectoryEvent.RoomState;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureType;
import fr.relais.events.Party;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RankingTest {

    private static final Set<Party> NOBODY = Set.of();
    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");

    private final StructureListed cabinet = structure(CABINET, StructureType.CABINET);

    @Test
    void nurses_of_a_cabinet_are_asked_through_it_and_a_nurse_alone_by_name() {
        Ranking ranking = Ranking.of(
                seekNurse(NOBODY, NOBODY, NOBODY),
                listings(List.of(nurse(ALICE, CABINET), nurse(BRUNO, CABINET), nurse(CHLOE)), cabinet));

        assertThat(parties(ranking.candidates()))
                .containsExactlyInAnyOrder(Party.structure(CABINET), Party.person(CHLOE));
    }

    @Test
    void who_works_in_a_cabinet_and_a_house_of_health_is_asked_through_the_cabinet() {
        Ranking ranking = Ranking.of(
                seekNurse(NOBODY, NOBODY, NOBODY),
                listings(List.of(nurse(ALICE, MSP, CABINET)), cabinet, structure(MSP, StructureType.MSP)));

        assertThat(parties(ranking.candidates())).containsExactly(Party.structure(CABINET));
    }

    @Test
    void a_hospital_is_not_asked_to_send_its_nurses_home() {
        Ranking ranking = Ranking.of(
                seekNurse(NOBODY, Set.of(Party.structure(HOSPITAL)), NOBODY),
                listings(List.of(nurse(ALICE, CABINET)), cabinet, structure(HOSPITAL, StructureType.ETABLISSEMENT)));

        assertThat(parties(ranking.candidates())).containsExactly(Party.structure(CABINET));
        assertThat(ranking.leftOut())
                .containsExactly(new Candidate(Party.structure(HOSPITAL), List.of(Reason.OTHER_PROFESSION)));
    }

    @Test
    void the_patients_choice_comes_before_the_circle_and_the_circle_before_the_sector() {
        Ranking ranking = Ranking.of(
                seekNurse(Set.of(Party.person(DAVID)), Set.of(Party.person(CHLOE)), NOBODY),
                listings(List.of(nurse(ALICE, CABINET), nurse(CHLOE), nurse(DAVID)), cabinet));

        assertThat(ranking.candidates())
                .containsExactly(
                        new Candidate(
                                Party.person(DAVID),
                                List.of(Reason.CHOSEN_BY_PATIENT, Reason.SERVES_COMMUNE, Reason.ROTATION)),
                        new Candidate(
                                Party.person(CHLOE), List.of(Reason.IN_CIRCLE, Reason.SERVES_COMMUNE, Reason.ROTATION)),
                        new Candidate(Party.structure(CABINET), List.of(Reason.SERVES_COMMUNE, Reason.ROTATION)));
    }

    @Test
    void a_cabinet_is_in_the_circle_when_one_of_its_nurses_is() {
        Ranking ranking = Ranking.of(
                seekNurse(NOBODY, Set.of(Party.person(ALICE)), NOBODY),
                listings(List.of(nurse(ALICE, CABINET), nurse(CHLOE)), cabinet));

        assertThat(ranking.candidates().getFirst())
                .isEqualTo(new Candidate(
                        Party.structure(CABINET), List.of(Reason.IN_CIRCLE, Reason.SERVES_COMMUNE, Reason.ROTATION)));
    }

    @Test
    void whom_the_patient_chose_is_asked_by_name_although_in_a_cabinet() {
        Ranking ranking = Ranking.of(
                seekNurse(Set.of(Party.person(ALICE)), NOBODY, NOBODY),
                listings(List.of(nurse(ALICE, CABINET)), cabinet));

        assertThat(parties(ranking.candidates())).containsExactly(Party.person(ALICE), Party.structure(CABINET));
    }

    @Test
    void who_was_asked_is_not_asked_again_neither_by_name_nor_through_a_cabinet_of_nobody_else() {
        Ranking ranking = Ranking.of(
                seekNurse(NOBODY, NOBODY, Set.of(Party.person(ALICE), Party.structure(OTHER_CABINET))),
                listings(
                        List.of(nurse(ALICE, CABINET), nurse(BRUNO, OTHER_CABINET)),
                        cabinet,
                        structure(OTHER_CABINET, StructureType.CABINET)));

        assertThat(ranking.candidates()).isEmpty();
        assertThat(ranking.leftOut())
                .containsExactlyInAnyOrder(
                        new Candidate(Party.structure(CABINET), List.of(Reason.ASKED_BEFORE)),
                        new Candidate(Party.structure(OTHER_CABINET), List.of(Reason.ASKED_BEFORE)));
    }

    @Test
    void a_specialty_is_asked_for_and_general_practice_has_three_codes() {
        var seek = new Seek("10", "SM54", GUERET, NOBODY, NOBODY, NOBODY, TODAY, "turn");
        Ranking ranking = Ranking.of(
                seek,
                listings(List.of(
                        doctor(ALICE, List.of("SM53"), List.of(GUERET)),
                        doctor(BRUNO, List.of("SM04"), List.of(GUERET)),
                        doctor(CHLOE, List.of("SM54"), List.of(AUBUSSON)))));

        assertThat(ranking.candidates())
                .containsExactly(new Candidate(
                        Party.person(ALICE), List.of(Reason.SERVES_COMMUNE, Reason.HAS_SPECIALTY, Reason.ROTATION)));
        assertThat(ranking.leftOut())
                .containsExactlyInAnyOrder(
                        new Candidate(Party.person(BRUNO), List.of(Reason.LACKS_SPECIALTY)),
                        new Candidate(Party.person(CHLOE), List.of(Reason.NOT_SERVING_COMMUNE)));
    }

    @Test
    void who_is_in_the_circle_may_live_elsewhere() {
        var seek = new Seek("10", null, GUERET, NOBODY, Set.of(Party.person(CHLOE)), NOBODY, TODAY, "turn");
        Ranking ranking = Ranking.of(seek, listings(List.of(doctor(CHLOE, List.of("SM54"), List.of(AUBUSSON)))));

        assertThat(ranking.candidates())
                .containsExactly(new Candidate(Party.person(CHLOE), List.of(Reason.IN_CIRCLE, Reason.ROTATION)));
    }

    @Test
    void who_left_the_directory_or_has_another_profession_is_left_out_with_the_reason() {
        var seek = seekNurse(NOBODY, Set.of(Party.person(ALICE), Party.person(BRUNO)), NOBODY);
        Ranking ranking = Ranking.of(
                seek,
                new Listings(
                        List.of(doctor(ALICE, List.of(), List.of(GUERET))), List.of(), Set.of(Party.person(BRUNO))));

        assertThat(ranking.candidates()).isEmpty();
        assertThat(ranking.leftOut())
                .containsExactlyInAnyOrder(
                        new Candidate(Party.person(ALICE), List.of(Reason.OTHER_PROFESSION)),
                        new Candidate(Party.person(BRUNO), List.of(Reason.RETIRED)));
    }

    @Test
    void declared_room_comes_first_among_equals_and_who_is_full_or_away_is_spared() {
        Ranking ranking = Ranking.of(
                seekNurse(NOBODY, NOBODY, NOBODY),
                List.of(
                        applicant(ALICE, Standing.LISTED),
                        applicant(BRUNO, Standing.ROOM),
                        applicant(CHLOE, Standing.FULL),
                        applicant(DAVID, Standing.ABSENT)));

        assertThat(parties(ranking.candidates())).containsExactly(Party.person(BRUNO), Party.person(ALICE));
        assertThat(ranking.leftOut())
                .containsExactlyInAnyOrder(
                        new Candidate(Party.person(CHLOE), List.of(Reason.FULL)),
                        new Candidate(Party.person(DAVID), List.of(Reason.ABSENT)));
    }

    @Test
    void a_nurse_who_is_full_is_not_asked_until_that_day_is_over_and_then_again() {
        ProfessionalListed full = saying(nurse(ALICE), room(RoomState.FULL, TODAY));
        ProfessionalListed again = saying(nurse(BRUNO), room(RoomState.FULL, TODAY.minusDays(1)));
        ProfessionalListed free = saying(nurse(CHLOE), room(RoomState.FREE, TODAY.plusDays(9)));

        Ranking ranking = Ranking.of(
                seekNurse(NOBODY, Set.of(Party.person(ALICE)), NOBODY), listings(List.of(full, again, free)));

        assertThat(ranking.candidates())
                .containsExactly(
                        new Candidate(
                                Party.person(CHLOE), List.of(Reason.SERVES_COMMUNE, Reason.HAS_ROOM, Reason.ROTATION)),
                        new Candidate(Party.person(BRUNO), List.of(Reason.SERVES_COMMUNE, Reason.ROTATION)));
        assertThat(ranking.leftOut()).containsExactly(new Candidate(Party.person(ALICE), List.of(Reason.FULL)));
    }

    @Test
    void a_cabinet_is_full_when_it_says_so_or_each_nurse_who_is_there_does() {
        var full = room(RoomState.FULL, TODAY);
        var ofNurses = listings(
                List.of(saying(nurse(ALICE, CABINET), full), saying(nurse(BRUNO, CABINET), away(null))), cabinet);
        var ofOne = listings(List.of(saying(nurse(ALICE, CABINET), full), nurse(BRUNO, CABINET)), cabinet);
        var said = listings(List.of(nurse(ALICE, CABINET)), saying(cabinet, full));

        assertThat(ranked(ofNurses).leftOut())
                .containsExactly(new Candidate(Party.structure(CABINET), List.of(Reason.FULL)));
        assertThat(parties(ranked(ofOne).candidates())).containsExactly(Party.structure(CABINET));
        assertThat(ranked(said).leftOut())
                .containsExactly(new Candidate(Party.structure(CABINET), List.of(Reason.FULL)));
    }

    @Test
    void whoever_stands_in_for_the_own_nurse_takes_her_place_also_in_communes_of_hers() {
        ProfessionalListed own = saying(nurse(ALICE), away(Party.person(DAVID)));
        ProfessionalListed substitute = new ProfessionalListed(
                DAVID, "60", "EXEMPLE", List.of(), List.of(OTHER_CABINET), List.of(AUBUSSON), List.of());

        Ranking ranking = Ranking.of(
                seekNurse(NOBODY, Set.of(Party.person(ALICE)), NOBODY),
                listings(
                        List.of(own, substitute, nurse(CHLOE)),
                        new StructureListed(
                                OTHER_CABINET, StructureType.CABINET, "X", AUBUSSON, List.of(AUBUSSON), List.of())));

        assertThat(ranking.candidates())
                .containsExactly(
                        new Candidate(
                                Party.person(DAVID),
                                List.of(Reason.IN_CIRCLE, Reason.SERVES_COMMUNE, Reason.ROTATION),
                                List.of(Party.person(ALICE))),
                        new Candidate(Party.person(CHLOE), List.of(Reason.SERVES_COMMUNE, Reason.ROTATION)));
        assertThat(ranking.leftOut())
                .contains(
                        new Candidate(Party.person(ALICE), List.of(Reason.ABSENT)),
                        new Candidate(Party.structure(OTHER_CABINET), List.of(Reason.NOT_SERVING_COMMUNE)));
    }

    @Test
    void a_cabinet_goes_on_while_one_nurse_is_away_and_her_substitute_is_not_asked_beside_it() {
        ProfessionalListed away = saying(nurse(ALICE, CABINET), away(Party.person(BRUNO)));

        Ranking ranking = Ranking.of(
                seekNurse(NOBODY, Set.of(Party.person(ALICE)), NOBODY),
                listings(List.of(away, nurse(BRUNO, CABINET)), cabinet));

        assertThat(ranking.candidates())
                .containsExactly(new Candidate(
                        Party.structure(CABINET), List.of(Reason.IN_CIRCLE, Reason.SERVES_COMMUNE, Reason.ROTATION)));
    }

    @Test
    void a_cabinet_that_is_closed_is_replaced_by_the_one_it_named_and_keeps_its_patients_in_the_circle() {
        Ranking ranking = Ranking.of(
                seekNurse(NOBODY, Set.of(Party.person(ALICE)), NOBODY),
                listings(
                        List.of(nurse(ALICE, CABINET), nurse(BRUNO, OTHER_CABINET)),
                        saying(cabinet, away(Party.structure(OTHER_CABINET))),
                        structure(OTHER_CABINET, StructureType.CABINET)));

        assertThat(ranking.candidates())
                .containsExactly(new Candidate(
                        Party.structure(OTHER_CABINET),
                        List.of(Reason.IN_CIRCLE, Reason.SERVES_COMMUNE, Reason.ROTATION),
                        List.of(Party.person(ALICE), Party.structure(CABINET))));
        assertThat(ranking.leftOut()).containsExactly(new Candidate(Party.structure(CABINET), List.of(Reason.ABSENT)));
    }

    @Test
    void a_substitute_who_is_away_too_was_asked_or_has_another_profession_is_left_out_with_whom_they_replace() {
        ProfessionalListed own = saying(nurse(ALICE), away(Party.person(DAVID)));
        List<Party> replaces = List.of(Party.person(ALICE));

        var alsoAway = ranked(listings(List.of(own, saying(nurse(DAVID), away(null)))));
        var asked = Ranking.of(
                seekNurse(NOBODY, NOBODY, Set.of(Party.person(DAVID))), listings(List.of(own, nurse(DAVID))));
        var doctor = ranked(listings(List.of(own, doctor(DAVID, List.of(), List.of(GUERET)))));

        assertThat(alsoAway.leftOut()).contains(new Candidate(Party.person(DAVID), List.of(Reason.ABSENT), replaces));
        assertThat(asked.leftOut())
                .contains(new Candidate(Party.person(DAVID), List.of(Reason.ASKED_BEFORE), replaces));
        assertThat(doctor.leftOut())
                .contains(new Candidate(Party.person(DAVID), List.of(Reason.OTHER_PROFESSION), replaces));
    }

    @Test
    void an_absence_holds_on_its_first_and_last_day_and_on_no_other() {
        for (int day : List.of(-1, 0, 3, 4)) {
            ProfessionalListed away = saying(
                    nurse(ALICE),
                    new Availability(
                            null,
                            List.of(new Absence(
                                    TODAY.minusDays(day), TODAY.minusDays(day).plusDays(3), null))));
            assertThat(ranked(listings(List.of(away))).candidates())
                    .as("away since %s days", day)
                    .hasSize(day == 0 || day == 3 ? 0 : 1);
        }
    }

    @Test
    void among_equals_each_has_the_first_turn_about_as_often() {
        List<ProfessionalListed> four = List.of(nurse(ALICE), nurse(BRUNO), nurse(CHLOE), nurse(EMMA));
        var first = IntStream.range(0, 400)
                .mapToObj(n -> new Seek("60", null, GUERET, NOBODY, NOBODY, NOBODY, TODAY, "search-" + n))
                .map(seek ->
                        Ranking.of(seek, listings(four)).candidates().getFirst().party())
                .collect(Collectors.groupingBy(party -> party, Collectors.counting()));

        assertThat(first).hasSize(4);
        assertThat(first.values()).allSatisfy(times -> assertThat(times).isBetween(60L, 140L));
    }

    @Test
    void of_many_left_out_fifty_are_kept_and_those_named_in_the_search_are_among_them() {
        List<ProfessionalListed> far = IntStream.range(0, 200)
                .mapToObj(n -> doctor(Entries.rpps(n), List.of(), List.of(AUBUSSON)))
                .toList();
        var seek = new Seek("60", null, GUERET, NOBODY, Set.of(Party.person(Entries.rpps(7))), NOBODY, TODAY, "turn");

        Ranking ranking = Ranking.of(seek, listings(far));

        assertThat(ranking.leftOut()).hasSize(50);
        assertThat(ranking.leftOut().getFirst().party()).isEqualTo(Party.person(Entries.rpps(7)));
    }

    @RepeatedTest(100)
    void whatever_is_listed_the_order_of_the_input_is_nothing_and_nobody_excluded_appears() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<StructureListed> structures = IntStream.range(0, 8)
                .mapToObj(n -> structure(Entries.finess(n), any(random, StructureType.values())))
                .map(one -> saying(one, anything(random)))
                .toList();
        List<ProfessionalListed> professionals = IntStream.range(0, 40)
                .mapToObj(n -> new ProfessionalListed(
                        Entries.rpps(n),
                        any(random, "60", "10", null),
                        "EXEMPLE",
                        random.nextInt(3) == 0 ? List.of("SI01") : List.of(),
                        some(
                                random,
                                structures.stream().map(StructureListed::id).toList()),
                        some(random, List.of(GUERET, AUBUSSON)),
                        List.of()))
                .map(one -> saying(one, anything(random)))
                .toList();
        List<Party> all = new ArrayList<>();
        professionals.forEach(one -> all.add(Party.person(one.id())));
        structures.forEach(one -> all.add(Party.structure(one.id())));
        Set<Party> retired = Set.of(Party.person(Entries.rpps(99)));
        Set<Party> circle = new HashSet<>(some(random, all));
        circle.addAll(retired);
        var seek = new Seek(
                "60",
                any(random, null, "SI01"),
                GUERET,
                new HashSet<>(some(random, all)),
                circle,
                new HashSet<>(some(random, all)),
                TODAY,
                "search-" + seed);

        Ranking ranking = Ranking.of(seek, new Listings(professionals, structures, retired));
        Ranking shuffled =
                Ranking.of(seek, new Listings(shuffled(professionals, random), shuffled(structures, random), retired));

        assertThat(shuffled).as("seed %s", seed).isEqualTo(ranking);
        assertThat(parties(ranking.candidates()))
                .as("seed %s", seed)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(seek.askedBefore())
                .doesNotContainAnyElementsOf(retired)
                .doesNotContainAnyElementsOf(parties(ranking.leftOut()));
        assertThat(ranking.candidates())
                .as("seed %s", seed)
                .allSatisfy(one -> assertThat(one.reasons()).isNotEmpty().endsWith(Reason.ROTATION));
        assertThat(ranking.leftOut())
                .as("seed %s", seed)
                .hasSizeLessThanOrEqualTo(50)
                .allSatisfy(one -> assertThat(one.reasons()).hasSize(1).doesNotContain(Reason.ROTATION));
    }

    private static Seek seekNurse(Set<Party> chosen, Set<Party> circle, Set<Party> askedBefore) {
        return new Seek("60", null, GUERET, chosen, circle, askedBefore, TODAY, "search-1");
    }

    private static Listings listings(List<ProfessionalListed> professionals, StructureListed... structures) {
        return new Listings(professionals, List.of(structures), Set.of());
    }

    private static Ranking ranked(Listings listings) {
        return Ranking.of(seekNurse(NOBODY, NOBODY, NOBODY), listings);
    }

    private static Availability room(RoomState state, LocalDate until) {
        return new Availability(new Room(state, until), List.of());
    }

    private static Availability away(Party substitute) {
        return new Availability(null, List.of(new Absence(TODAY.minusDays(2), TODAY.plusDays(2), substitute)));
    }

    private static ProfessionalListed saying(ProfessionalListed as, Availability availability) {
        return Descriptions.with(as, availability);
    }

    private static StructureListed saying(StructureListed as, Availability availability) {
        return Descriptions.with(as, availability);
    }

    private static Applicant applicant(String id, Standing standing) {
        return new Applicant(Party.person(id), Set.of(), standing, Set.of(), Set.of(GUERET));
    }

    private static Availability anything(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> room(RoomState.FULL, TODAY);
            case 1 -> room(RoomState.FREE, TODAY);
            case 2 -> away(Party.person(Entries.rpps(random.nextInt(40))));
            case 3 -> away(Party.structure(Entries.finess(random.nextInt(8))));
            default -> null;
        };
    }

    private static List<Party> parties(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::party).toList();
    }

    @SafeVarargs
    private static <T> T any(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    private static <T> List<T> some(Random random, List<T> values) {
        return values.stream().filter(value -> random.nextInt(4) == 0).toList();
    }

    private static <T> List<T> shuffled(List<T> values, Random random) {
        List<T> copy = new ArrayList<>(values);
        Collections.shuffle(copy, random);
        return copy;
    }
}
