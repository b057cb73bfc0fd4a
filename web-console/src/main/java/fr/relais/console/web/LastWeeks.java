package fr.relais.console.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last weeks of structures or professions.
 *
 * @param by {@code structures} or {@code professions}
 * @param collective whose alone they are; null where they are all that the visitor may count
 * @param chip the same in words
 * @param hidden whether a number is left out because too few stand behind it
 */
record LastWeeks(
        String by,
        @Nullable String collective,
        Board.@Nullable Chip chip,
        List<Plot> plots,
        @Nullable String more,
        boolean hidden) {

    /**
     * A plot and its numbers.
     *
     * @param kind {@code accept} or {@code on-time}
     * @param weeks the first day of each, the oldest first
     */
    record Plot(String kind, List<String> weeks, List<Line> lines) {}

    /** One structure or profession. */
    record Line(String name, List<Cell> cells) {}

    /**
     * The number of a week.
     *
     * @param value for the plot; null where it is not shown
     * @param text for people
     * @param of how many stand behind it; nothing where it is not shown
     */
    record Cell(@Nullable String value, String text, String of) {}
}
