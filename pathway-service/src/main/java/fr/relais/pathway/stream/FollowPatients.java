package fr.relais.pathway.stream;

import fr.relais.events.DomainEvent;
import fr.relais.events.PathwayEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.stream.Reaction;
import fr.relais.pathway.application.Documents;
import fr.relais.pathway.application.PathwayStaysLink;
import java.util.Set;

/** A pathway that opens hears of its patient's stays and of documents that came before it; one that is over hears no more. */
public final class FollowPatients implements Reaction {

    private final PathwayStaysLink link;
    private final Documents documents;

    public FollowPatients(PathwayStaysLink link, Documents documents) {
        this.link = link;
        this.documents = documents;
    }

    @Override
    public String name() {
        return "follow-patients";
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(PathwayEvent.class);
    }

    @Override
    public void on(RecordedEvent event, CommandContext context) {
        switch (event.event().orElse(null)) {
            case PathwayEvent.Opened opened -> {
                link.link(event.stream(), context);
                // After the link: a document that comes from now on finds the pathway by itself.
                documents.follow(event.stream(), context);
            }
            case PathwayEvent.Reopened reopened -> link.link(event.stream(), context);
            case PathwayEvent.PatientChanged changed -> link.link(event.stream(), context);
            case PathwayEvent.Closed closed -> link.unlink(event.stream(), context);
            case null, default -> {
                // The rest of a pathway's life is none of the patient's stream.
            }
        }
    }
}
