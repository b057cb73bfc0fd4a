package fr.relais.console.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pathway, as far as the visitor may see it.
 *
 * @param code what two people say on the phone to open the same pathway, as {@code K7-42}
 * @param patient internal id; null for whoever may not know who it is
 * @param template key and version, as {@code heart-failure.v1}
 */
public record Pathway(
        String id,
        @Nullable String code,
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
            @Nullable Report reported,
            @Nullable Weeks weeks,
            @Nullable Call call,
            List<Offer> handoffs) {}

    /** What somebody else says of a step: it was done then. */
    public record Report(String by, String how, Instant doneAt) {}

    /**
     * The weeks of a step that recurs, from 1.
     *
     * @param answersBy until when each is answered for
     * @param confirmed numbers of those that were
     * @param unanswered numbers of those whose time went by
     */
    public record Weeks(List<Instant> answersBy, List<Integer> confirmed, List<Integer> unanswered) {}

    /** A call about a step; nobody need look before {@code callBackAt}. */
    public record Call(String by, String outcome, @Nullable Instant callBackAt, Instant at) {}

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
