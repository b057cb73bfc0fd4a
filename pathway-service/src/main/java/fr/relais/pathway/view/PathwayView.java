package fr.relais.pathway.view;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pathway as it stands, for reading. Parties are written as their keys.
 *
 * @param stay the stay from whose discharge delays run, or whose discharge is expected
 * @param before where it stood before it was closed, the last time; null while it never was
 * @param attention what a person is asked to look at
 * @param endsAt when it ends by itself
 * @param preparation what was ready for those who take over; null where nothing was said of it
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
        List<SearchView> searches,
        @Nullable Instant endsAt,
        @Nullable Preparation preparation) {

    /**
     * What was ready for those who take over.
     *
     * @param order whether the order for nursing was given
     * @param material whether material and drugs are available
     * @param line phone number of whoever sends the patient; null where none was said
     */
    public record Preparation(
            boolean order,
            boolean material,
            @Nullable String line,
            @Nullable Instant lineUntil) {}

    /** Where a pathway stands. */
    public enum Status {
        WAITING_FOR_DISCHARGE,
        RUNNING,
        PAUSED,
        CLOSED
    }

    /**
     * Something that no rule acts upon.
     *
     * @param proposed what is known already, for whoever starts the pathway by hand
     */
    public record Attention(
            String stay,
            String why,
            Instant since,
            @Nullable Proposed proposed) {}

    /**
     * What a hospital said of the end of a stay.
     *
     * @param destination where to; null where it did not say
     * @param holders who is to be asked
     */
    public record Proposed(
            @Nullable String destination,
            Instant dischargedAt,
            @Nullable String facility,
            List<Holder> holders) {
        public Proposed {
            holders = List.copyOf(holders);
        }
    }

    /**
     * Who is to be asked for a role.
     *
     * @param party as {@code structure:990000036}
     */
    public record Holder(String role, String party) {}

    /**
     * A step.
     *
     * @param holding id of the handoff under which somebody holds it
     * @param scheduled sequence of the event that set its delay, or set it going again
     * @param unassigned why nobody has it and nobody is asked
     * @param lateAt when it is said to be late, where not when it is due; it then climbs no ladder
     * @param reported what others say of its being done, while nobody confirmed or corrected it
     * @param weeks how the weeks of a recurring step were answered
     * @param call the last call about it
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
            @Nullable Instant lateAt,
            long scheduled,
            boolean dueSoon,
            boolean overdue,
            int level,
            @Nullable String doneBy,
            @Nullable Instant doneAt,
            @Nullable Report reported,
            @Nullable Weeks weeks,
            @Nullable Call call) {

        /** Whether others say that it was done; it is neither done nor late then. */
        public boolean probablyDone() {
            return !done && reported != null;
        }

        StepView withDelay(@Nullable Instant remind, @Nullable Instant due, @Nullable Instant late, long sequence) {
            return new StepView(
                    key,
                    role,
                    profession,
                    done,
                    responsible,
                    holding,
                    unassigned,
                    unassignedSince,
                    remind,
                    due,
                    late,
                    sequence,
                    false,
                    false,
                    0,
                    doneBy,
                    doneAt,
                    reported,
                    weeks,
                    call);
        }

        StepView withResponsible(String party, @Nullable String handoff) {
            return new StepView(
                    key,
                    role,
                    profession,
                    done,
                    party,
                    handoff,
                    unassigned,
                    unassignedSince,
                    remindAt,
                    dueAt,
                    lateAt,
                    scheduled,
                    dueSoon,
                    overdue,
                    level,
                    doneBy,
                    doneAt,
                    reported,
                    weeks,
                    call);
        }

        StepView withUnassigned(@Nullable String reason, @Nullable Instant since) {
            return new StepView(
                    key,
                    role,
                    profession,
                    done,
                    responsible,
                    holding,
                    reason,
                    since,
                    remindAt,
                    dueAt,
                    lateAt,
                    scheduled,
                    dueSoon,
                    overdue,
                    level,
                    doneBy,
                    doneAt,
                    reported,
                    weeks,
                    call);
        }

        StepView withTold(boolean soon, boolean late, int rung) {
            return new StepView(
                    key,
                    role,
                    profession,
                    done,
                    responsible,
                    holding,
                    unassigned,
                    unassignedSince,
                    remindAt,
                    dueAt,
                    lateAt,
                    scheduled,
                    soon,
                    late,
                    rung,
                    doneBy,
                    doneAt,
                    reported,
                    weeks,
                    call);
        }

        StepView withDone(String by, Instant at) {
            return new StepView(
                    key,
                    role,
                    profession,
                    true,
                    by,
                    holding,
                    null,
                    null,
                    remindAt,
                    dueAt,
                    lateAt,
                    scheduled,
                    dueSoon,
                    overdue,
                    level,
                    by,
                    at,
                    null,
                    weeks,
                    call);
        }

        /** What is said of its being done; a ladder that stood still meanwhile goes on under a new round. */
        StepView withReport(@Nullable Report next, long sequence) {
            return new StepView(
                    key,
                    role,
                    profession,
                    done,
                    responsible,
                    holding,
                    unassigned,
                    unassignedSince,
                    remindAt,
                    dueAt,
                    lateAt,
                    sequence,
                    dueSoon,
                    overdue,
                    level,
                    doneBy,
                    doneAt,
                    next,
                    weeks,
                    call);
        }

        StepView withWeeks(@Nullable Weeks next) {
            return new StepView(
                    key,
                    role,
                    profession,
                    done,
                    responsible,
                    holding,
                    unassigned,
                    unassignedSince,
                    remindAt,
                    dueAt,
                    lateAt,
                    scheduled,
                    dueSoon,
                    overdue,
                    level,
                    doneBy,
                    doneAt,
                    reported,
                    next,
                    call);
        }

        StepView withCall(Call next) {
            return new StepView(
                    key,
                    role,
                    profession,
                    done,
                    responsible,
                    holding,
                    unassigned,
                    unassignedSince,
                    remindAt,
                    dueAt,
                    lateAt,
                    scheduled,
                    dueSoon,
                    overdue,
                    level,
                    doneBy,
                    doneAt,
                    reported,
                    weeks,
                    next);
        }
    }

    /**
     * Somebody else says that a step was done.
     *
     * @param how in lower case: {@code circle}, {@code delegate}, {@code appointment}, {@code document}
     * @param since when they said so
     */
    public record Report(String by, String how, Instant doneAt, Instant since) {}

    /**
     * The weeks of a recurring step, from 1.
     *
     * @param answersBy until when each is answered for
     * @param confirmed numbers of those that were
     * @param unanswered numbers of those whose time went by
     * @param inARow how many of the latest in a row nobody answered for
     */
    public record Weeks(
            List<Instant> answersBy,
            List<Integer> confirmed,
            List<Integer> unanswered,
            int inARow,
            @Nullable Instant unansweredSince) {
        public Weeks {
            answersBy = List.copyOf(answersBy);
            confirmed = List.copyOf(confirmed);
            unanswered = List.copyOf(unanswered);
        }

        boolean isPending(int week) {
            return !confirmed.contains(week) && !unanswered.contains(week);
        }

        Weeks withAnswersBy(List<Instant> next) {
            return new Weeks(next, confirmed, unanswered, inARow, unansweredSince);
        }

        /** An answer for any week ends the silence: whoever has the step was heard. */
        Weeks confirmed(int week) {
            List<Integer> silent =
                    unanswered.stream().filter(other -> other != week).toList();
            return new Weeks(answersBy, and(confirmed, week), silent, 0, null);
        }

        Weeks unanswered(int week, int row, Instant since) {
            return new Weeks(answersBy, confirmed, and(unanswered, week), row, since);
        }

        private static List<Integer> and(List<Integer> some, int one) {
            return Stream.concat(some.stream(), Stream.of(one))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    /** A call about a step; {@code callBackAt} is until when nobody need look at it. */
    public record Call(String by, String outcome, @Nullable Instant callBackAt, Instant at) {}

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

    /** The same pathway for the patient who remains after a merger of files, in each of its handoffs too. */
    PathwayView withPatient(String next) {
        return new PathwayView(
                id,
                next,
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
                steps,
                handoffs.stream().map(row -> row.withPatient(next)).toList(),
                searches,
                endsAt,
                preparation);
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
                searches,
                endsAt,
                preparation);
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
                searches,
                endsAt,
                preparation);
    }

    PathwayView withEndsAt(@Nullable Instant next) {
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
                steps,
                handoffs,
                searches,
                next,
                preparation);
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
                searches,
                endsAt,
                preparation);
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
                searches,
                endsAt,
                preparation);
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
                nextSearches,
                endsAt,
                preparation);
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
