package fr.relais.directory.view;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The handoffs of a pathway, as the directory follows them.
 *
 * @param id the pathway's stream
 * @param handoffs in the order they were offered
 * @param answers those that somebody accepted for a structure
 * @param due until when each step is to be done, as it was last said
 */
public record PathwayHandoffs(String id, List<HandoffView> handoffs, List<Answer> answers, List<Due> due) {

    /**
     * A handoff that was accepted for a structure, as it counts in the structure's times.
     *
     * @param structure FINESS number
     * @param someone a number from 0 to 63 that tells one member from most others, and nobody from all
     * @param minutes from the offer to the acceptance
     * @param onTime whether it was done in time; null while it is not done, and where no time was set
     * @param week the Monday of the week in which it was accepted
     */
    public record Answer(
            String handoff,
            String structure,
            int someone,
            long minutes,
            @Nullable Boolean onTime,
            LocalDate week) {

        static final int SOMEONES = 64;

        Answer done(boolean inTime) {
            return new Answer(handoff, structure, someone, minutes, inTime, week);
        }
    }

    /**
     * Until when a step is to be done.
     *
     * @param at null while no delay runs
     */
    public record Due(String step, @Nullable Instant at) {}

    public PathwayHandoffs {
        handoffs = List.copyOf(handoffs);
        answers = List.copyOf(answers);
        due = List.copyOf(due);
    }

    static PathwayHandoffs none(String pathway) {
        return new PathwayHandoffs(pathway, List.of(), List.of(), List.of());
    }

    PathwayHandoffs with(List<HandoffView> others) {
        return new PathwayHandoffs(id, others, answers, due);
    }

    PathwayHandoffs answered(List<Answer> others) {
        return new PathwayHandoffs(id, handoffs, others, due);
    }

    PathwayHandoffs due(String step, @Nullable Instant at) {
        return new PathwayHandoffs(
                id,
                handoffs,
                answers,
                Stream.concat(due.stream().filter(one -> !one.step().equals(step)), Stream.of(new Due(step, at)))
                        .toList());
    }

    /** Until when a step is to be done; empty while no delay runs. */
    Optional<Instant> dueAt(String step) {
        return due.stream().filter(one -> one.step().equals(step)).findFirst().map(Due::at);
    }
}
