package fr.relais.console.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A handoff, as far as the visitor may see it; pathway-service leaves out what they may not.
 *
 * @param to key of whoever is asked
 * @param from key of whoever sends it
 * @param by key of whoever has it
 */
public record Handoff(
        String id,
        String status,
        String profession,
        String to,
        Terms terms,
        Instant offeredAt,
        Instant answerBy,
        @Nullable String step,
        @Nullable String role,
        @Nullable String pathway,
        @Nullable String patient,
        @Nullable String from,
        @Nullable Integer wave,
        @Nullable String by,
        @Nullable String structure,
        @Nullable Instant acceptedAt,
        @Nullable Instant dueAt,
        boolean late,
        @Nullable String reason,
        @Nullable String takenBy,
        boolean seenByMe,
        boolean leftByMe,
        @Nullable Appointment appointment,
        boolean probablyDone) {

    /** What is asked. */
    public record Terms(
            List<String> acts,
            String mode,
            List<String> modes,
            int timesPerDay,
            boolean weekends,
            @Nullable String start,
            @Nullable Integer days,
            List<String> material,
            String commune,
            @Nullable Preparation preparation) {}

    /** When they meet the patient. */
    public record Appointment(String status, @Nullable Instant startsAt, String by) {}
}
