package fr.relais.console.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pathway, as far as the visitor may see it.
 *
 * @param patient internal id; null for whoever may not know who it is
 * @param template key and version, as {@code heart-failure.v1}
 */
public record Pathway(
        String id,
        @Nullable String patient,
        String template,
        String owner,
        String coordinator,
        String commune,
        String status,
        Instant openedAt,
        @Nullable Instant expectedAt,
        @Nullable Instant dischargedAt,
        @Nullable String closeReason,
        @Nullable Instant closedAt,
        @Nullable Instant endsAt,
        @Nullable String attention,
        @Nullable Preparation preparation,
        List<Step> steps) {

    /** A step, who answers for it and who was asked. */
    public record Step(
            String key,
            String role,
            String profession,
            String status,
            String responsible,
            @Nullable Instant remindAt,
            @Nullable Instant dueAt,
            boolean dueSoon,
            boolean overdue,
            int level,
            @Nullable String unassigned,
            @Nullable String doneBy,
            @Nullable Instant doneAt,
            List<Offer> handoffs) {}

    /** A handoff of a step. */
    public record Offer(
            String id,
            String status,
            String to,
            int wave,
            Instant answerBy,
            @Nullable String by,
            @Nullable String reason,
            Handoff.@Nullable Appointment appointment) {}
}
