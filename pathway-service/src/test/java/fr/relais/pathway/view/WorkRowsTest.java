package fr.relais.pathway.view;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.PathwayEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Share;
import fr.relais.pathway.domain.PathwayStory;
import fr.relais.pathway.view.WorkRow.Filter;
import fr.relais.pathway.view.WorkRow.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class WorkRowsTest {

    private static final String VISIT = "nurse-first-visit";
    private static final String WATCH = WorkParty.watch("structure:990000051");

    private final PathwayProjector projector = new PathwayProjector();

    @Test
    void a_late_step_is_in_the_lists_of_those_who_watch_sent_and_have_it() {
        play((view, event) -> {
            if (event instanceof PathwayEvent.StepOverdue) {
                assertThat(row(view, VISIT).kinds()).containsExactlyInAnyOrder(Kind.OPEN, Kind.LATE);
                assertThat(row(view, VISIT).parties())
                        .contains(
                                WATCH,
                                WorkParty.own(view.owner()),
                                WorkParty.hold(row(view, VISIT).responsible()));
            }
            if (event instanceof PathwayEvent.StepEscalated) {
                assertThat(row(view, VISIT).kinds()).contains(Kind.LATE, Kind.ESCALATED);
            }
        });
    }

    @Test
    void what_is_probably_done_is_never_counted_as_late() {
        Set<Kind> seen = new HashSet<>();
        play((view, event) -> {
            for (WorkRow row : WorkRows.of(view)) {
                seen.addAll(row.kinds());
                if (row.kinds().contains(Kind.PROBABLY_DONE)) {
                    assertThat(row.kinds()).doesNotContain(Kind.LATE, Kind.ESCALATED, Kind.DUE_SOON);
                }
            }
        });
        assertThat(seen).contains(Kind.PROBABLY_DONE, Kind.LATE, Kind.ATTENTION, Kind.UNASSIGNED, Kind.CLOSED);
    }

    @Test
    void a_row_is_found_by_every_combination_of_its_own_filters_and_by_no_other_value() {
        play((view, event) -> {
            for (WorkRow row : WorkRows.findable(view)) {
                for (Kind kind : row.kinds()) {
                    assertThat(kind.statuses()).contains(row.status());
                    for (String party : row.parties()) {
                        for (Map<Filter, String> filters : combinations(row, kind, party)) {
                            assertThat(row.terms()).contains(WorkTerms.of(party, kind, filters));
                        }
                    }
                    for (Filter filter : row.values(kind).keySet()) {
                        if (filter != Filter.STATUS) {
                            assertThat(row.terms()).doesNotContain(WorkTerms.of(WATCH, kind, Map.of(filter, "other")));
                        }
                    }
                }
            }
        });
    }

    @Test
    void what_is_in_no_list_is_found_by_nothing_and_an_open_step_costs_twenty_entries_of_the_index_at_most() {
        play((view, event) -> {
            for (WorkRow row : WorkRows.findable(view)) {
                List<Integer> terms = row.terms();
                if (row.kinds().isEmpty()) {
                    assertThat(terms).isNull();
                } else if (Set.of(Kind.OPEN, Kind.DUE_SOON).containsAll(row.kinds())) {
                    assertThat(terms).hasSizeBetween(5, 20);
                } else {
                    assertThat(terms).hasSizeBetween(5, 40);
                }
            }
        });
    }

    @Test
    void a_pathway_has_a_row_among_the_closed_from_its_first_closing_on() {
        Set<Boolean> closed = new HashSet<>();
        play((view, event) -> {
            boolean row = WorkRows.of(view).stream().anyMatch(each -> each.id().endsWith("/closed"));
            assertThat(row).isEqualTo(view.before() != null);
            closed.add(row);
        });
        assertThat(closed).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void counters_say_what_the_lists_hold() {
        play((view, event) -> {
            Map<String, Long> counters = new HashMap<>();
            for (Share share : BoardTallies.of(view)) {
                if (share.tally().equals(WATCH)) {
                    counters.merge(share.counter(), share.amount(), Long::sum);
                }
            }
            assertThat(counters.getOrDefault("openSteps", 0L)).isEqualTo(rows(view, Kind.OPEN));
            assertThat(counters.getOrDefault("late", 0L)).isEqualTo(rows(view, Kind.LATE));
            assertThat(counters.getOrDefault("unassigned", 0L)).isEqualTo(rows(view, Kind.UNASSIGNED));
            assertThat(counters.getOrDefault("escalated", 0L)).isEqualTo(rows(view, Kind.ESCALATED));
            assertThat(counters.getOrDefault("probablyDone", 0L)).isEqualTo(rows(view, Kind.PROBABLY_DONE));
            assertThat(counters.getOrDefault("attention", 0L)).isEqualTo(rows(view, Kind.ATTENTION));
            assertThat(counters.getOrDefault("openPathways", 0L)).isEqualTo(rows(view, Kind.PATHWAYS));
        });
    }

    @Test
    void no_counter_names_a_person_or_a_patient() {
        play((view, event) -> assertThat(BoardTallies.of(view)).allSatisfy(share -> {
            assertThat(share.tally() + share.counter()).doesNotContain("person:", view.patient());
        }));
    }

    private long rows(PathwayView view, Kind kind) {
        return WorkRows.of(view).stream()
                .filter(row -> row.kinds().contains(kind))
                .count();
    }

    private static WorkRow row(PathwayView view, String step) {
        return WorkRows.of(view).stream()
                .filter(row -> step.equals(row.step()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<Filter, String>> combinations(WorkRow row, Kind kind, String party) {
        List<Map<Filter, String>> all = new ArrayList<>();
        if (kind != Kind.OPEN && WorkParty.isOfOpenSteps(party)) {
            return all;
        }
        all.add(Map.of());
        row.values(kind).forEach((filter, value) -> {
            if (filter == Filter.PERSON && !WorkParty.isPerson(value)) {
                return;
            }
            for (Map<Filter, String> fewer : List.copyOf(all)) {
                Map<Filter, String> more = new HashMap<>(fewer);
                more.put(filter, value);
                all.add(more);
            }
        });
        return all;
    }

    private void play(BiConsumer<PathwayView, PathwayEvent> look) {
        PathwayView view = null;
        for (RecordedEvent recorded : PathwayStory.events()) {
            view = projector.fold(view, recorded);
            look.accept(view, (PathwayEvent) recorded.event().orElseThrow());
        }
    }
}
