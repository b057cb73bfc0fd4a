package fr.relais.console.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last weeks of one structure or profession, the oldest first. */
public record Weeks(String key, List<Week> weeks) {

    /**
     * One week; null is what too few handoffs or people stand behind.
     *
     * @param week {@code 2026-W47}
     */
    public record Week(
            String week,
            @Nullable Long accepted,
            @Nullable Timing hoursToAccept,
            @Nullable Long done,
            @Nullable Long doneOnTime) {}

    /** Hours: half took no longer, nine of ten took no longer. */
    public record Timing(double median, double p90) {}
}
