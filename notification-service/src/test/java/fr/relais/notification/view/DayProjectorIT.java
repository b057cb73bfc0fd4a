package fr.relais.notification.view;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.NotificationEvent.Manner;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.events.NotificationEvent.Weighed;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ProjectorContract;
import fr.relais.notification.Story;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DayProjectorIT extends ProjectorContract<DayView> {

    private final DayProjector projector = new DayProjector();

    @Override
    protected Projector<DayView> projector() {
        return projector;
    }

    @Override
    protected List<RecordedEvent> story() {
        Story story = new Story("day-anne");
        story.then(weighed(1, Notice.OFFER, Manner.PUSH, false));
        story.then(weighed(2, Notice.CORRECTED, Manner.PUSH, false));
        story.then(weighed(3, Notice.OVERDUE, Manner.DIGEST, false));
        story.then(weighed(4, Notice.COMPLETED, Manner.LIST, false));
        story.then(weighed(5, Notice.ESCALATED, Manner.DIGEST, true));
        story.then(weighed(6, Notice.ESCALATED, Manner.DIGEST, true));
        return story.all();
    }

    @Test
    void a_day_says_how_somebody_was_told_and_operators_are_warned_once() {
        DayView day = null;
        int warnings = 0;
        for (RecordedEvent event : story()) {
            DayView after = projector.fold(day, event);
            warnings += projector.changes(day, after, event).size();
            day = after;
        }
        assertThat(day)
                .extracting(DayView::offers, DayView::pushes, DayView::digested, DayView::listed, DayView::overBudget)
                .containsExactly(1, 1, 3, 1, 2);
        assertThat(day.exceeded()).isTrue();
        assertThat(day.day()).isEqualTo("2026-11-22");
        assertThat(warnings).isEqualTo(1);
    }

    private static Weighed weighed(int event, Notice notice, Manner manner, boolean over) {
        return new Weighed(
                Story.ANNE,
                "pathway-1:" + event,
                notice,
                Priority.ACT_NOW,
                manner,
                manner == Manner.LIST ? null : Story.AT,
                manner == Manner.DIGEST ? LocalDate.parse("2026-11-23") : null,
                over,
                Story.AT);
    }
}
