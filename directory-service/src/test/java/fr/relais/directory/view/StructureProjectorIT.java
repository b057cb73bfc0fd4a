package fr.relais.directory.view;

import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ProjectorContract;
import java.util.List;

class StructureProjectorIT extends ProjectorContract<StructureView> {

    @Override
    protected Projector<StructureView> projector() {
        return new StructureProjector();
    }

    @Override
    protected List<RecordedEvent> story() {
        return DirectoryStory.of("structure-");
    }
}
