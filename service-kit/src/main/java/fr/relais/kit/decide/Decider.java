package fr.relais.kit.decide;

import fr.relais.events.DomainEvent;

/**
 * The rules of one kind of stream as three pure functions. No clock, no random ids, no input or output inside: they come
 * with the command.
 *
 * @param <C> commands, a sealed family of imperatives
 * @param <S> states, a sealed family that cannot hold what is impossible
 * @param <E> the family of events
 */
public interface Decider<C, S, E extends DomainEvent> {

    /** The state of a stream that has no events yet. */
    S initial();

    /** What happens when that is asked in this state: events, or a reason why not. No events means: already so. */
    Decision<E> decide(C command, S state);

    /** The state after an event. It never argues and never silently ignores: an event has happened. */
    S evolve(S state, E event);

    /** The state after several events. */
    default S evolveAll(S state, Iterable<? extends E> events) {
        S next = state;
        for (E event : events) {
            next = evolve(next, event);
        }
        return next;
    }
}
