package fr.relais.kit.deadline;

import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.view.Rows;

/**
 * What happens to deadlines of one kind when they are due. Declared as a bean, it is polled by every instance; each
 * deadline is claimed by one of them, and claimed again by any after a crash.
 *
 * @param <R> the rows; their collection must have an index that begins with {@code open, dueAt}
 */
public interface DueHandler<R extends Deadline> {

    /** Its name for ever: it is part of the ids of the commands it causes. */
    String name();

    /** Where the deadlines stand. */
    Rows<?, R> rows();

    /**
     * Runs the command that the deadline means; the decider says whether it is moot. The context's command id is made of
     * the deadline's id and time, so that a repeat is known as done.
     */
    void due(R deadline, CommandContext context);
}
