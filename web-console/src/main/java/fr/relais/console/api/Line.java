package fr.relais.console.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One line of a pathway's timeline.
 *
 * @param time when it was recorded
 * @param effectiveAt when it happened, where that is another time
 * @param type of the event, with its version
 */
public record Line(
        long sequence,
        Instant time,
        @Nullable Instant effectiveAt,
        String type,
        Actor actor,
        @Nullable JsonNode data,
        List<Told> told) {

    /** What happened, whichever version of the event says so: {@code pathway.started} of {@code pathway.started.v2}. */
    public String what() {
        return type.replaceFirst("\\.v\\d+$", "");
    }

    /** Who did it: a person, or a part of the system. */
    public record Actor(String id, @Nullable String structure) {}

    /** Who was told, and whether they have read it. */
    public record Told(
            String recipient,
            String channel,
            String notice,
            Instant queuedAt,
            @Nullable Instant sentAt,
            @Nullable Instant deliveredAt,
            @Nullable Instant readAt,
            @Nullable String trouble) {}
}
