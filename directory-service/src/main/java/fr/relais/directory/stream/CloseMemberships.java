package fr.relais.directory.stream;

import fr.relais.directory.application.Professionals;
import fr.relais.directory.application.Structures;
import fr.relais.directory.domain.Days;
import fr.relais.directory.view.DirectoryView;
import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.StructureRetired;
import fr.relais.events.DomainEvent;
import fr.relais.events.Party;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.failure.MachineFailure;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.stream.Reaction;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A structure left the directory: nobody works there or belongs to it any more. One that came back meanwhile is left
 * alone, as whoever is bound to it now was entered again.
 */
public final class CloseMemberships implements Reaction {

    private final Professionals professionals;
    private final Structures structures;
    private final DirectoryView directory;

    /** Over the entries and who is bound to whom. */
    public CloseMemberships(Professionals professionals, Structures structures, DirectoryView directory) {
        this.professionals = professionals;
        this.structures = structures;
        this.directory = directory;
    }

    @Override
    public String name() {
        return "close-memberships";
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(DirectoryEvent.class);
    }

    @Override
    public void on(RecordedEvent event, CommandContext context) {
        if (event.event().orElse(null) instanceof StructureRetired(String finess)) {
            close(finess, event, context);
        }
    }

    private void close(String finess, RecordedEvent retired, CommandContext context) {
        if (!directory.caughtUp()) {
            throw new MachineFailure("the directory's views are still being filled: members would be missed");
        }
        // The view may not have come as far as the event; what it lists later than that is a return.
        boolean cameBack = directory
                .structure(finess)
                .filter(one ->
                        one.sequence() > retired.sequence() && one.document().listed())
                .isPresent();
        if (cameBack) {
            return;
        }
        LocalDate on = Days.of(retired.time());
        for (Party bound : new LinkedHashSet<>(directory.boundTo(finess))) {
            if (bound.isPerson()) {
                String stream = Professionals.stream(bound.id());
                professionals.leave(context.forStream(stream), bound.id(), finess, on);
            } else {
                String stream = Structures.stream(bound.id());
                structures.leave(context.forStream(stream), bound.id(), finess, on);
            }
        }
    }
}
