package fr.relais.notification.view;

import fr.relais.events.DirectoryEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ProjectorContract;
import fr.relais.notification.Story;
import java.util.ArrayList;
import java.util.List;

class MemberProjectorIT extends ProjectorContract<MemberView> {

    @Override
    protected Projector<MemberView> projector() {
        return new MemberProjector();
    }

    @Override
    protected List<RecordedEvent> story() {
        Story anne = new Story("professional-anne");
        anne.then(new DirectoryEvent.ProfessionalListed(
                "99700900022", "60", "Anne Tournée", List.of(), List.of("990000028"), List.of("23096"), List.of()));
        anne.then(new DirectoryEvent.ProfessionalListed(
                "99700900022",
                "60",
                "Anne Tournée",
                List.of(),
                List.of("990000028", "990000077"),
                List.of("23096"),
                List.of()));
        Story brahim = new Story("professional-brahim");
        brahim.then(new DirectoryEvent.ProfessionalListed(
                "99700900030", "60", "Brahim Relève", List.of(), List.of("990000028"), List.of(), List.of()));
        brahim.then(new DirectoryEvent.ProfessionalRetired("99700900030"));
        List<RecordedEvent> all = new ArrayList<>(anne.all());
        all.addAll(brahim.all());
        return all;
    }
}
