package fr.relais.pathway.view;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.Actor;
import fr.relais.events.Content;
import fr.relais.events.EncounterEvent;
import fr.relais.events.EncounterEvent.Absorbed;
import fr.relais.events.EncounterEvent.Admitted;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.EncounterEvent.Died;
import fr.relais.events.EncounterEvent.DischargeCancelled;
import fr.relais.events.EncounterEvent.DischargeUnclear;
import fr.relais.events.EncounterEvent.Discharged;
import fr.relais.events.EncounterEvent.MergedInto;
import fr.relais.events.EncounterEvent.PathwayLinked;
import fr.relais.events.EncounterEvent.PathwayUnlinked;
import fr.relais.events.EncounterEvent.StaySnapshot;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndedStaysProjectorTest {

    private static final String HOSPITAL = "990000036";
    private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T09:00:00Z");

    @Test
    void a_stay_that_ends_without_a_pathway_is_in_the_list_until_the_patient_is_included() {
        List<EncounterEvent> events = new ArrayList<>(List.of(admitted("stay-1"), discharged("stay-1", TUESDAY)));
        assertThat(open(events)).containsExactly("stay-1 8782 HOME");

        events.add(new PathwayLinked("pathway-1", List.of()));
        assertThat(open(events)).isEmpty();
        // A correction of its end, also after the pathway, does not bring it back.
        events.add(new PathwayUnlinked("pathway-1"));
        events.add(discharged("stay-1", TUESDAY.plusSeconds(60)));
        assertThat(open(events)).isEmpty();
        // The next stay is another matter.
        events.add(discharged("stay-2", TUESDAY));
        assertThat(open(events)).containsExactly("stay-2 8782 HOME");
    }

    @Test
    void a_stay_of_a_patient_in_a_pathway_never_is() {
        assertThat(open(List.of(new PathwayLinked("pathway-1", List.of()), discharged("stay-1", TUESDAY))))
                .isEmpty();
        assertThat(open(List.of(new Discharged(
                        "stay-1", HOSPITAL, TUESDAY, Destination.HOME, List.of("pathway-1"), null, null))))
                .isEmpty();
    }

    @Test
    void an_end_that_is_taken_back_leaves_the_list_and_comes_again_with_the_next() {
        List<EncounterEvent> events = new ArrayList<>(
                List.of(discharged("stay-1", TUESDAY), new DischargeCancelled("stay-1", HOSPITAL, TUESDAY, List.of())));
        assertThat(open(events)).isEmpty();

        events.add(new DischargeUnclear("stay-1", HOSPITAL, TUESDAY, "no ZFM-2", List.of()));
        assertThat(open(events)).containsExactly("stay-1 null null");
    }

    @Test
    void the_dead_and_those_admitted_again_are_in_no_list() {
        assertThat(open(List.of(discharged("stay-1", MONDAY), new Died("stay-2", HOSPITAL, TUESDAY, List.of()))))
                .isEmpty();
        assertThat(open(List.of(discharged("stay-1", MONDAY), new Admitted("stay-1", HOSPITAL, TUESDAY, List.of()))))
                .isEmpty();
    }

    @Test
    void a_file_that_is_given_up_hands_its_list_over() {
        assertThat(open(List.of(discharged("stay-1", MONDAY), new MergedInto("", "patient-2", TUESDAY, List.of()))))
                .isEmpty();
        assertThat(open(List.of(new Absorbed(
                        "",
                        "patient-2",
                        TUESDAY,
                        List.of(new StaySnapshot("stay-1", HOSPITAL, null, null, MONDAY, Destination.HOME)),
                        List.of()))))
                .containsExactly("stay-1 null HOME");
    }

    private static Admitted admitted(String stay) {
        return new Admitted(stay, HOSPITAL, MONDAY, List.of());
    }

    private static Discharged discharged(String stay, Instant at) {
        return new Discharged(stay, HOSPITAL, at, Destination.HOME, List.of(), "8782", null);
    }

    private static List<String> open(List<EncounterEvent> events) {
        EndedStaysView view = null;
        for (RecordedEvent event : recorded(events)) {
            view = new EndedStaysProjector().fold(view, event);
        }
        return view == null
                ? List.of()
                : EndedStaysProjector.ROWS.derive().apply(view).stream()
                        .filter(EndedStayRow::open)
                        .map(row -> row.stay() + " " + row.unit() + " " + row.destination())
                        .toList();
    }

    /** One patient's stream. */
    static List<RecordedEvent> recorded(List<EncounterEvent> events) {
        List<RecordedEvent> recorded = new ArrayList<>();
        for (EncounterEvent event : events) {
            long sequence = recorded.size() + 1;
            recorded.add(new RecordedEvent(
                    RecordedEvent.idOf("patient-1", sequence),
                    EventCatalogue.standard().entry(event).type(),
                    "patient-1",
                    sequence,
                    MONDAY.plusSeconds(sequence),
                    "pathway-service",
                    Actor.system("story"),
                    null,
                    null,
                    new Content.Known(event)));
        }
        return recorded;
    }
}
