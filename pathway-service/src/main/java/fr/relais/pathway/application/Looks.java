package fr.relais.pathway.application;

import java.time.Instant;
import java.util.Optional;

/** How far somebody has seen each pathway, so that a page, or a sheet of paper, marks what came since. */
public interface Looks {

    /** In place of a person: the sheet of paper that the patient has at home. */
    String SHEET = "sheet";

    /** Up to which event somebody had seen a pathway, and when they last looked. */
    record Look(long seen, Instant at) {}

    /**
     * They look now, and see everything up to this event.
     *
     * @param who id of the person who looks, or {@link #SHEET}
     * @param seen sequence of the last event that they are shown
     * @return the look before; empty the first time
     */
    Optional<Look> look(String who, String pathway, long seen);
}
