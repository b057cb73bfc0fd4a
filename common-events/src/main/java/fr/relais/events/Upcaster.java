package fr.relais.events;

import tools.jackson.databind.node.ObjectNode;

/**
 * Turns the JSON of a released version of an event into that of the next version. Released samples of the old version
 * stay as they are and are read through it for ever.
 */
public interface Upcaster {

    /** Name of the event, without version: {@code pathway.step-overdue}. */
    String name();

    /** The version it reads; it writes the next one. */
    int from();

    /** The same fact, told in the next version. */
    ObjectNode upcast(ObjectNode old);
}
