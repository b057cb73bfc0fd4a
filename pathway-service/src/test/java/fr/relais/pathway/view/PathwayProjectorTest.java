package fr.relais.pathway.view;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.PathwayEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.pathway.domain.PathwayDecider;
import fr.relais.pathway.domain.PathwayStory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PathwayProjectorTest {

    private final PathwayProjector projector = new PathwayProjector();

    @Test
    void the_story_tells_every_kind_of_event() {
        Set<Class<?>> told = new HashSet<>();
        PathwayStory.events()
                .forEach(event -> told.add(event.event().orElseThrow().getClass()));

        assertThat(told).containsExactlyInAnyOrder(PathwayEvent.class.getPermittedSubclasses());
    }

    @Test
    void a_row_once_derived_is_derived_for_ever_and_at_most_one_handoff_of_a_step_is_held() {
        Set<String> rows = new HashSet<>();
        PathwayView view = null;
        for (RecordedEvent event : PathwayStory.events()) {
            view = projector.fold(view, event);
            Set<String> now = new HashSet<>();
            PathwayProjector.HANDOFFS.derive().apply(view).forEach(row -> now.add(row.id()));
            PathwayProjector.WORK.derive().apply(view).forEach(row -> now.add(row.id()));
            PathwayProjector.DEADLINES.derive().apply(view).forEach(row -> now.add(row.id()));
            assertThat(now).containsAll(rows);
            rows.addAll(now);
        }
    }

    @Test
    void after_a_merger_of_files_the_pathway_and_its_handoffs_are_those_of_who_remains() {
        PathwayProjector projector = new PathwayProjector();
        PathwayView view = null;
        int mergers = 0;
        for (RecordedEvent event : PathwayStory.events()) {
            view = projector.fold(view, event);
            if (event.event().orElse(null) instanceof PathwayEvent.PatientChanged changed) {
                mergers++;
                assertThat(view.patient()).isEqualTo(changed.patient());
                assertThat(view.handoffs())
                        .isNotEmpty()
                        .allMatch(row -> row.patient().equals(changed.patient()));
            }
        }
        assertThat(mergers).isPositive();
    }

    @Test
    void a_step_has_one_deadline_which_climbs_its_ladder_as_each_rung_is_told() {
        PathwayView view = null;
        Set<DeadlineRow.Kind> climbed = new HashSet<>();
        for (RecordedEvent event : PathwayStory.events()) {
            view = projector.fold(view, event);
            for (PathwayView.StepView step : view.steps()) {
                String id = view.id() + "/" + step.key() + "/ladder";
                List<DeadlineRow> rows = PathwayProjector.DEADLINES.derive().apply(view).stream()
                        .filter(each -> step.key().equals(each.step())
                                && each.subject() == null
                                && each.kind() != DeadlineRow.Kind.WEEK)
                        .toList();
                assertThat(rows).extracting(DeadlineRow::id).containsExactly(id);
                DeadlineRow row = rows.getFirst();
                if (!row.open()) {
                    continue;
                }
                climbed.add(row.kind());
                switch (row.kind()) {
                    case REMIND -> assertThat(step.dueSoon() || step.overdue()).isFalse();
                    case OVERDUE -> {
                        assertThat(step.dueSoon() && !step.overdue()).isTrue();
                        assertThat(row.dueAt()).isEqualTo(step.lateAt() == null ? step.dueAt() : step.lateAt());
                    }
                    case ESCALATE -> {
                        assertThat(step.overdue()).isTrue();
                        assertThat(row.level()).isEqualTo(step.level() + 1);
                        assertThat(row.dueAt()).isEqualTo(PathwayDecider.escalatesAt(step.dueAt(), row.level()));
                    }
                    case ANSWER, SEARCH, WEEK, END -> throw new AssertionError(row);
                }
            }
        }
        assertThat(climbed)
                .containsExactlyInAnyOrder(
                        DeadlineRow.Kind.REMIND, DeadlineRow.Kind.OVERDUE, DeadlineRow.Kind.ESCALATE);
    }

    @Test
    void a_closed_pathway_has_nothing_open_and_nothing_to_look_at() {
        PathwayView view = all();

        assertThat(view.status()).isEqualTo(PathwayView.Status.CLOSED);
        assertThat(PathwayProjector.DEADLINES.derive().apply(view)).noneMatch(DeadlineRow::open);
        assertThat(PathwayProjector.WORK.derive().apply(view))
                .allMatch(row -> row.step() == null || row.terms() == null)
                .filteredOn(row -> row.kinds().contains(WorkRow.Kind.CLOSED))
                .hasSize(1);
        assertThat(view.handoffs())
                .noneMatch(
                        row -> row.status() == HandoffRow.Status.OFFERED || row.status() == HandoffRow.Status.ACCEPTED);
    }

    private PathwayView all() {
        PathwayView view = null;
        for (RecordedEvent event : PathwayStory.events()) {
            view = projector.fold(view, event);
        }
        return view;
    }
}
