package fr.relais.kit.deadline;

import java.time.Instant;

/** A row of a view that something must happen to at a time, unless it is closed before. */
public interface Deadline {

    /** Id of the row. */
    String id();

    /** When it is due, by the business clock. */
    Instant dueAt();

    /** Whether it still counts. */
    boolean open();
}
