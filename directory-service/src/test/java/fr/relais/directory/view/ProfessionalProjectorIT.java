package fr.relais.directory.view;

import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ProjectorContract;
import java.util.List;

class ProfessionalProjectorIT extends ProjectorContract<ProfessionalView> {

    @Override
    protected Projector<ProfessionalView> projector() {
        return new ProfessionalProjector();
    }

    @Override
    protected List<RecordedEvent> story() {
        return DirectoryStory.of("professional-");
    }
}
