package fr.relais.kit.stream;

import fr.relais.events.DomainEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.failure.MachineFailure;
import fr.relais.kit.journal.CommandContext;
import java.util.Set;

/**
 * Something that an event of one stream causes on another. Declared as a bean it gets its own consumer group; events of
 * one stream come one after the other, streams beside each other.
 */
public interface Reaction {

    /** Its name for ever: it is part of the ids of the commands it causes. */
    String name();

    /** Families of events whose topics it follows. */
    Set<Class<? extends DomainEvent>> families();

    /**
     * Reacts. May be called again for the same event; the context then bears the same command id, so that whatever was
     * done is known as done.
     *
     * @throws MachineFailure to be called again later, in order
     * @throws RuntimeException of any other kind to have the event set aside, after three tries
     */
    void on(RecordedEvent event, CommandContext context);
}
