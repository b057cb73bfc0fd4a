package fr.relais.pathway.view;

import fr.relais.kit.deadline.Deadline;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that falls due on a pathway. The ladder of a step (remind, say it late, escalate) is one row, that of its next
 * rung.
 *
 * @param kind what falls due
 * @param subject the handoff or search, where it is about one
 * @param step null where it is about the whole pathway
 * @param level level of an escalation or number of a week, otherwise 0
 * @param stepDueAt when the step itself is due, where it is about the step
 * @param round counts how often the step's delay was set; 0 where it is not about the step
 */
public record DeadlineRow(
        String id,
        Instant dueAt,
        boolean open,
        Kind kind,
        String pathway,
        @Nullable String step,
        @Nullable String subject,
        int level,
        @Nullable Instant stepDueAt,
        long round)
        implements Deadline {

    /** What falls due. */
    public enum Kind {
        /** The answer to an offer. */
        ANSWER,
        /** The directory's answer. */
        SEARCH,
        REMIND,
        OVERDUE,
        ESCALATE,
        /** The answer for one week of a recurring step; the level is its number. */
        WEEK,
        /** The time of the whole pathway. */
        END
    }
}
