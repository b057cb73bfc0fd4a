package fr.relais.directory.application;

import fr.relais.directory.domain.AvailabilityChange;
import fr.relais.directory.domain.Days;
import fr.relais.directory.domain.Descriptions;
import fr.relais.directory.domain.Professional;
import fr.relais.directory.domain.ProfessionalCommand;
import fr.relais.directory.domain.ProfessionalDecider;
import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of professionals: one stream each, named after the RPPS number. */
public final class Professionals {

    private final ProfessionalDecider decider = new ProfessionalDecider();
    private final Streams<ProfessionalCommand, Professional, DirectoryEvent> streams;

    /** Over the journal of this service. */
    public Professionals(Journal journal) {
        this.streams = journal.streams(decider, DirectoryEvent.class);
    }

    /** The stream of a professional. */
    public static String stream(String id) {
        return "professional-" + Descriptions.professionalId(id);
    }

    /** Enters a new one. */
    public Outcome<Professional> add(CommandContext context, ProfessionalListed as) {
        return streams.execute(stream(as.id()), context, new ProfessionalCommand.Add(as));
    }

    /** Lets an entry say this; makes it when there was none. */
    public Outcome<Professional> describe(CommandContext context, ProfessionalListed as, @Nullable Long ifMatch) {
        return streams.execute(stream(as.id()), context, new ProfessionalCommand.Describe(as), ifMatch);
    }

    /** Takes an entry out. */
    public Outcome<Professional> retire(CommandContext context, String id, @Nullable Long ifMatch) {
        return streams.execute(
                stream(id), context, new ProfessionalCommand.Retire(Descriptions.professionalId(id)), ifMatch);
    }

    /** Changes whether they may be asked. */
    public Outcome<Professional> change(
            CommandContext context, String id, AvailabilityChange change, @Nullable Long ifMatch) {
        return streams.execute(
                stream(id),
                context,
                new ProfessionalCommand.ChangeAvailability(
                        Descriptions.professionalId(id), change, Days.of(context.at())),
                ifMatch);
    }

    /** Ends what binds them to a structure that is no more. */
    public Outcome<Professional> leave(CommandContext context, String id, String from, LocalDate on) {
        return streams.execute(stream(id), context, new ProfessionalCommand.Leave(id, from, on));
    }

    /**
     * The same as {@link #describe} for a line of a file, most of which say what is known: those cost one read and no
     * write.
     */
    Described describeLine(CommandContext context, ProfessionalListed as) {
        var command = new ProfessionalCommand.Describe(as);
        return switch (decider.decide(command, streams.load(stream(as.id())).state())) {
            case Decision.Rejected<DirectoryEvent>(Rejection reason) -> new Described.Refused(reason);
            case Decision.Accepted<DirectoryEvent>(List<DirectoryEvent> events)
            when events.isEmpty() -> new Described.Unchanged();
            case Decision.Accepted<DirectoryEvent> accepted ->
                switch (streams.execute(stream(as.id()), context, command)) {
                    case Outcome.Done<Professional> done -> new Described.Changed();
                    case Outcome.Refused<Professional> refused -> new Described.Refused(refused.reason());
                };
        };
    }
}
