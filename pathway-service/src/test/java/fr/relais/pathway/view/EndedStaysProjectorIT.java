package fr.relais.pathway.view;

import fr.relais.events.EncounterEvent.Admitted;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.EncounterEvent.DischargeCancelled;
import fr.relais.events.EncounterEvent.DischargePlanned;
import fr.relais.events.EncounterEvent.Discharged;
import fr.relais.events.EncounterEvent.PathwayLinked;
import fr.relais.events.EncounterEvent.PathwayUnlinked;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ProjectorContract;
import java.time.Instant;
import java.util.List;

class EndedStaysProjectorIT extends ProjectorContract<EndedStaysView> {

    private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");

    @Override
    protected Projector<EndedStaysView> projector() {
        return new EndedStaysProjector();
    }

    @Override
    protected List<RecordedEvent> story() {
        return EndedStaysProjectorTest.recorded(List.of(
                new Admitted("stay-1", "990000036", MONDAY, List.of()),
                new DischargePlanned("stay-1", "990000036", MONDAY, List.of()),
                discharged("stay-1", MONDAY.plusSeconds(60)),
                new DischargeCancelled("stay-1", "990000036", MONDAY.plusSeconds(60), List.of()),
                discharged("stay-1", MONDAY.plusSeconds(120)),
                new PathwayLinked("pathway-1", List.of()),
                new PathwayUnlinked("pathway-1"),
                discharged("stay-2", MONDAY.plusSeconds(300))));
    }

    private static Discharged discharged(String stay, Instant at) {
        return new Discharged(stay, "990000036", at, Destination.HOME, List.of(), "8782", null);
    }
}
