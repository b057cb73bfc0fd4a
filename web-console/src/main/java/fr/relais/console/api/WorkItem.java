package fr.relais.console.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing to look at; never says who the patient is.
 *
 * @param code what two people say on the phone to open the same pathway
 * @param step null where the whole pathway is meant
 * @param since since when it is so
 * @param restsUntil until when it may rest, because {@code calledBy} will call again
 */
public record WorkItem(
        String id,
        String pathway,
        @Nullable String code,
        String template,
        String commune,
        @Nullable String step,
        @Nullable String role,
        String status,
        String responsible,
        @Nullable String structure,
        @Nullable String handoff,
        Instant since,
        @Nullable Instant dueAt,
        boolean late,
        int level,
        @Nullable String unassigned,
        @Nullable String why,
        @Nullable String reportedBy,
        int unansweredWeeks,
        @Nullable Instant restsUntil,
        @Nullable String calledBy) {}
