package fr.relais.pathway.view;

import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ProjectorContract;
import fr.relais.pathway.domain.PathwayStory;
import java.util.List;

class PathwayProjectorIT extends ProjectorContract<PathwayView> {

    @Override
    protected Projector<PathwayView> projector() {
        return new PathwayProjector();
    }

    @Override
    protected List<RecordedEvent> story() {
        return PathwayStory.events();
    }
}
