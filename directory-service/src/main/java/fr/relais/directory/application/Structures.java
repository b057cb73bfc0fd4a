package fr.relais.directory.application;

import fr.relais.directory.domain.AvailabilityChange;
import fr.relais.directory.domain.Days;
import fr.relais.directory.domain.Descriptions;
import fr.relais.directory.domain.Structure;
import fr.relais.directory.domain.StructureCommand;
import fr.relais.directory.domain.StructureDecider;
import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of structures: one stream each, named after the FINESS number. */
public final class Structures {

    private final StructureDecider decider = new StructureDecider();
    private final Streams<StructureCommand, Structure, DirectoryEvent> streams;

    /** Over the journal of this service. */
    public Structures(Journal journal) {
        this.streams = journal.streams(decider, DirectoryEvent.class);
    }

    /** The stream of a structure. */
    public static String stream(String id) {
        return "structure-" + Descriptions.structureId(id);
    }

    /** Enters a new one. */
    public Outcome<Structure> add(CommandContext context, StructureListed as) {
        return streams.execute(stream(as.id()), context, new StructureCommand.Add(as));
    }

    /** Lets an entry say this; makes it when there was none. */
    public Outcome<Structure> describe(CommandContext context, StructureListed as, @Nullable Long ifMatch) {
        return streams.execute(stream(as.id()), context, new StructureCommand.Describe(as), ifMatch);
    }

    /** Takes an entry out. */
    public Outcome<Structure> retire(CommandContext context, String id, @Nullable Long ifMatch) {
        return streams.execute(stream(id), context, new StructureCommand.Retire(Descriptions.structureId(id)), ifMatch);
    }

    /** Changes whether it may be asked. */
    public Outcome<Structure> change(
            CommandContext context, String id, AvailabilityChange change, @Nullable Long ifMatch) {
        return streams.execute(
                stream(id),
                context,
                new StructureCommand.ChangeAvailability(Descriptions.structureId(id), change, Days.of(context.at())),
                ifMatch);
    }

    /** Ends what binds it to a structure that is no more. */
    public Outcome<Structure> leave(CommandContext context, String id, String from, LocalDate on) {
        return streams.execute(stream(id), context, new StructureCommand.Leave(id, from, on));
    }

    /**
     * The same as {@link #describe} for a line of a file, most of which say what is known: those cost one read and no
     * write.
     */
    Described describeLine(CommandContext context, StructureListed as) {
        var command = new StructureCommand.Describe(as);
        return switch (decider.decide(command, streams.load(stream(as.id())).state())) {
            case Decision.Rejected<DirectoryEvent>(Rejection reason) -> new Described.Refused(reason);
            case Decision.Accepted<DirectoryEvent>(List<DirectoryEvent> events)
            when events.isEmpty() -> new Described.Unchanged();
            case Decision.Accepted<DirectoryEvent> accepted ->
                switch (streams.execute(stream(as.id()), context, command)) {
                    case Outcome.Done<Structure> done -> new Described.Changed();
                    case Outcome.Refused<Structure> refused -> new Described.Refused(refused.reason());
                };
        };
    }
}
