package fr.relais.pathway.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A pathway as it stands, for reading. Parties are written as their keys.
 *
 * @param stay the stay from whose discharge delays run, or whose discharge is expected
 * @param attention what a person is asked to look at
 */
public record PathwayView(
        String id,
        String patient,
        String template,
        int templateVersion,
        String owner,
        String coordinator,
        String commune,
        Status status,
        Instant openedAt,
        @Nullable String stay,
        @Nullable Instant expectedAt,
        @Nullable Instant dischargedAt,
        @Nullable String closeReason,
        @Nullable Instant closedAt,
        @Nullable Status before,
        @Nullable Attention attention,
        List<StepView> steps,
        List<HandoffRow> handoffs,
        List<SearchView> searches) {

    /** Where a pathway stands. */
    public enum Status {
        WAITING_FOR_DISCHARGE,
        RUNNING,
        PAUSED,
        CLOSED
    }

    /** Something that no rule acts upon. */
    public record Attention(String stay, String why, Instant since) {}

    /**
     * A step.
     *
     * @param holding id of the handoff under which somebody holds it
     * @param scheduled sequence of the event that set its delay
     * @param unassigned why nobody has it and nobody is asked
     */
    public record StepView(
            String key,
            String role,
            String profession,
            boolean done,
            String responsible,
            @Nullable String holding,
            @Nullable String unassigned,
            @Nullable Instant unassignedSince,
            @Nullable Instant remindAt,
            @Nullable Instant dueAt,
            long scheduled,
            boolean dueSoon,
            boolean overdue,
            int level,
            @Nullable String doneBy,
            @Nullable Instant doneAt) {}

    /** A question to the directory. */
    public record SearchView(String search, String step, Instant answerBy, boolean open) {}

    public PathwayView {
        steps = List.copyOf(steps);
        handoffs = List.copyOf(handoffs);
        searches = List.copyOf(searches);
    }

    Optional<StepView> step(String key) {
        return steps.stream().filter(step -> step.key().equals(key)).findFirst();
    }

    PathwayView withStatus(Status next) {
        return new PathwayView(
                id,
                patient,
                template,
                templateVersion,
                owner,
                coordinator,
                commune,
                next,
                openedAt,
                stay,
                expectedAt,
                dischargedAt,
                closeReason,
                closedAt,
                before,
                attention,
                steps,
                handoffs,
                searches);
    }

    PathwayView withStay(@Nullable String next, @Nullable Instant expected, @Nullable Instant discharged) {
        return new PathwayView(
                id,
                patient,
                template,
                templateVersion,
                owner,
                coordinator,
                commune,
                status,
                openedAt,
                next,
                expected,
                discharged,
                closeReason,
                closedAt,
                before,
                attention,
                steps,
                handoffs,
                searches);
    }

    PathwayView withEnd(@Nullable String reason, @Nullable Instant at, @Nullable Status was) {
        return new PathwayView(
                id,
                patient,
                template,
                templateVersion,
                owner,
                coordinator,
                commune,
                status,
                openedAt,
                stay,
                expectedAt,
                dischargedAt,
                reason,
                at,
                was,
                attention,
                steps,
                handoffs,
                searches);
    }

    PathwayView withAttention(@Nullable Attention next) {
        return new PathwayView(
                id,
                patient,
                template,
                templateVersion,
                owner,
                coordinator,
                commune,
                status,
                openedAt,
                stay,
                expectedAt,
                dischargedAt,
                closeReason,
                closedAt,
                before,
                next,
                steps,
                handoffs,
                searches);
    }

    PathwayView with(List<StepView> nextSteps, List<HandoffRow> nextHandoffs, List<SearchView> nextSearches) {
        return new PathwayView(
                id,
                patient,
                template,
                templateVersion,
                owner,
                coordinator,
                commune,
                status,
                openedAt,
                stay,
                expectedAt,
                dischargedAt,
                closeReason,
                closedAt,
                before,
                attention,
                nextSteps,
                nextHandoffs,
                nextSearches);
    }

    PathwayView withSearches(List<SearchView> next) {
        return with(steps, handoffs, next);
    }

    PathwayView step(String key, UnaryOperator<StepView> change) {
        List<StepView> next = new ArrayList<>(steps);
        next.replaceAll(step -> step.key().equals(key) ? change.apply(step) : step);
        return with(next, handoffs, searches);
    }

    PathwayView eachStep(UnaryOperator<StepView> change) {
        return with(steps.stream().map(change).toList(), handoffs, searches);
    }

    PathwayView handoff(String key, UnaryOperator<HandoffRow> change) {
        List<HandoffRow> next = new ArrayList<>(handoffs);
        next.replaceAll(handoff -> handoff.id().equals(key) ? change.apply(handoff) : handoff);
        return with(steps, next, searches);
    }
}
