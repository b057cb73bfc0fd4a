package fr.relais.kit.decide;

import fr.relais.events.DomainEvent;
import java.util.List;

/** What a decider answers: an expected "no" is a value, not an exception. */
public sealed interface Decision<E extends DomainEvent> {

    /** It happens. An empty list says that it is already so. */
    record Accepted<E extends DomainEvent>(List<E> events) implements Decision<E> {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** It does not happen, and why. */
    record Rejected<E extends DomainEvent>(Rejection reason) implements Decision<E> {}

    /** These events happen. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    static <E extends DomainEvent> Decision<E> accept(E... events) {
        return new Accepted<>(List.of(events));
    }

    /** These events happen. */
    static <E extends DomainEvent> Decision<E> accept(List<E> events) {
        return new Accepted<>(events);
    }

    /** It is already so: nothing happens. */
    static <E extends DomainEvent> Decision<E> nothing() {
        return new Accepted<>(List.of());
    }

    /** It does not happen. */
    static <E extends DomainEvent> Decision<E> reject(Rejection reason) {
        return new Rejected<>(reason);
    }
}
