package fr.relais.console.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How things stand on the visitor's board.
 *
 * @param opened pathways opened today; null where the number is hidden
 * @param closed pathways closed today, likewise
 */
public record Dashboard(
        Instant at,
        Counters counters,
        @Nullable Long opened,
        @Nullable Long closed) {

    /** How things stand in a commune, by its INSEE code. */
    public record InCommune(String key, Counters counters) {}

    /** Counters; one that is hidden, because it would tell of few people, is null. */
    public record Counters(
            @Nullable Long openPathways,
            @Nullable Long openSteps,
            @Nullable Long late,
            @Nullable Long dueSoon,
            boolean moreDueSoon,
            @Nullable Long unassigned,
            @Nullable Long escalated,
            @Nullable Long probablyDone,
            @Nullable Long attention) {}
}
