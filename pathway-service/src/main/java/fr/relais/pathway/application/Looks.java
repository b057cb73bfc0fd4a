package fr.relais.pathway.application;

import java.util.OptionalLong;

/** How far somebody has seen each pathway, so that a page marks what came since. */
public interface Looks {

    /**
     * They look now, and see everything up to this event.
     *
     * @param person key of who looks
     * @param seen sequence of the last event that they are shown
     * @return up to which event they had seen it before; empty the first time
     */
    OptionalLong look(String person, String pathway, long seen);
}
