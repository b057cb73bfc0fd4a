package fr.relais.pathway.stream;

import fr.relais.events.DomainEvent;
import fr.relais.events.PathwayEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.stream.Reaction;
import fr.relais.pathway.application.PathwayStaysLink;
import java.util.Set;

/** A pathway that opens hears of its patient's stays; one that is over hears no more. */
public final class FollowPatients implements Reaction {

    private final PathwayStaysLink link;

    public FollowPatients(PathwayStaysLink link) {
        this.link = link;
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
            case PathwayEvent.Opened opened -> link.link(event.stream(), context);
            case PathwayEvent.Reopened reopened -> link.link(event.stream(), context);
            case PathwayEvent.Closed closed -> link.unlink(event.stream(), context);
            case null, default -> {
                // The rest of a pathway's life is none of the patient's stream.
            }
        }
    }
}
