package fr.relais.events;

import java.util.List;

/**
 * The upcasters of this build: one for each released version of an event that has a newer one.
 *
 * <p>A new version of an event raises the number in its {@link EventType}, adds an upcaster from the version before to
 * this list, and a new sample file beside the old one, which stays. See {@code docs/howto/add-an-event.md}.
 */
final class Upcasters {

    /** Add yours here; the order does not matter. */
    static final List<Upcaster> ALL = List.of();

    private Upcasters() {}
}
