package fr.relais.kit.view;

/**
 * What one document adds to one counter of one tally.
 *
 * @param tally which tally, such as {@code commune:23096} or {@code day:2026-11-02}; ids and plain words only
 * @param counter which of its counters, such as {@code late}; without dot or dollar sign
 * @param amount how much, never negative
 */
public record Share(String tally, String counter, long amount) {

    public Share {
        if (tally.isBlank()) {
            throw new IllegalArgumentException("a share names its tally: say which");
        }
        if (tally.contains("|")) {
            throw new IllegalArgumentException(
                    "tally '" + tally + "' cannot be told from its parts: use a name without a vertical bar");
        }
        if (counter.isBlank() || counter.contains(".") || counter.contains("$")) {
            throw new IllegalArgumentException(
                    "counter '" + counter + "' cannot be stored: use a name without dot or dollar sign");
        }
        if (amount < 0) {
            throw new IllegalArgumentException("counter " + counter + " of " + tally
                    + " would be given less than nothing: a document that no longer counts leaves its share out");
        }
    }

    /** One more. */
    public static Share one(String tally, String counter) {
        return new Share(tally, counter, 1);
    }
}
