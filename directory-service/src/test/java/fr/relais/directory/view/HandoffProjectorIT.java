package fr.relais.directory.view;

import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ProjectorContract;
import java.util.List;

class HandoffProjectorIT extends ProjectorContract<PathwayHandoffs> {

    @Override
    protected Projector<PathwayHandoffs> projector() {
        return new HandoffProjector();
    }

    @Override
    protected List<RecordedEvent> story() {
        return Handoff.story();
    }
}
