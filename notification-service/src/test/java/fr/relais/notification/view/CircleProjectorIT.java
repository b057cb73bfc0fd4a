package fr.relais.notification.view;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.EncounterEvent;
import fr.relais.events.PathwayEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ProjectorContract;
import fr.relais.notification.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircleProjectorIT extends ProjectorContract<CircleView> {

    private final CircleProjector projector = new CircleProjector();

    @Override
    protected Projector<CircleView> projector() {
        return projector;
    }

    @Override
    protected List<RecordedEvent> story() {
        Story story = Story.ofPathway("pathway-circle");
        story.then(new PathwayEvent.Started("stay-1", Story.AT, EncounterEvent.Destination.HOME));
        story.then(new PathwayEvent.StepScheduled(Story.STEP, "nurse", "60", null, null, Story.WARD));
        story.offer("handoff-1", Story.CABINET);
        story.offer("handoff-2", Story.CABINET);
        story.then(new PathwayEvent.HandoffAccepted("handoff-1", Story.STEP, Story.ANNE, "990000028", Story.AT));
        story.then(new PathwayEvent.HandoffWithdrawn(
                "handoff-2", Story.STEP, PathwayEvent.WithdrawReason.TAKEN_BY_ANOTHER, Story.ANNE, Story.ANNE));
        story.then(new PathwayEvent.StepCompleted(Story.STEP, "handoff-1", Story.ANNE, Story.AT));
        story.then(new PathwayEvent.Closed(PathwayEvent.CloseReason.COMPLETED, Story.AT));
        return story.all();
    }

    @Test
    void a_circle_says_who_asked_who_holds_and_when_it_ended() {
        CircleView circle = null;
        for (RecordedEvent event : story()) {
            circle = projector.fold(circle, event);
        }
        assertThat(circle.owner()).isEqualTo("structure:990000044");
        assertThat(circle.coordinator()).isEqualTo("structure:990000051");
        assertThat(circle.firstStart()).isEqualTo(2);
        assertThat(circle.closed()).isEqualTo(9);
        assertThat(circle.done()).containsEntry(Story.STEP, 8L);
        assertThat(circle.handoffs())
                .extracting(CircleView.Handoff::holder, CircleView.Handoff::offered, CircleView.Handoff::ended)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("person:99700900022", 4L, 8L),
                        org.assertj.core.groups.Tuple.tuple(null, 5L, 7L));
    }
}
