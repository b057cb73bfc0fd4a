package fr.relais.directory.application;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load did, line by line.
 *
 * @param accepted lines that changed the directory
 * @param unchanged lines that say what the directory says already
 * @param rejected lines that were left out
 * @param lines each line, in order of the file; of a long file the rejected are shown first
 * @param linesNotShown lines counted above that are not among {@code lines}
 */
public record LoadReport(long accepted, long unchanged, long rejected, List<Entry> lines, long linesNotShown) {

    /** What became of a line. */
    public enum Result {
        ACCEPTED,
        UNCHANGED,
        REJECTED
    }

    /**
     * A line of the file.
     *
     * @param line where it starts, counted from 1
     * @param id RPPS or FINESS number in it, where one was found
     * @param code why it was rejected, a stable word
     * @param message why it was rejected and what to do
     */
    public record Entry(
            long line,
            Result result,
            @Nullable String id,
            @Nullable String code,
            @Nullable String message) {}

    public LoadReport {
        lines = List.copyOf(lines);
    }
}
