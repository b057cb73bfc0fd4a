package fr.relais.kit.view;

import java.util.ArrayList;
import java.util.List;

/**
 * The fixed buckets of a histogram that is kept as counters of a tally, so that a median is read and not computed over
 * all there was. Other bounds are another meaning: a new version.
 *
 * @param name what is measured, with its unit: {@code hoursToAccept}
 * @param bounds upper bounds, each included in its bucket, ascending; what is above the last is counted there too
 */
public record Buckets(String name, List<Long> bounds) {

    public Buckets {
        bounds = List.copyOf(bounds);
        if (bounds.isEmpty() || !bounds.stream().sorted().distinct().toList().equals(bounds) || bounds.getFirst() < 0) {
            throw new IllegalArgumentException(
                    "the bounds of " + name + " are none, negative or not ascending: " + bounds);
        }
    }

    /** Buckets up to those bounds, and one for all above. */
    public static Buckets of(String name, long... bounds) {
        List<Long> all = new ArrayList<>();
        for (long bound : bounds) {
            all.add(bound);
        }
        return new Buckets(name, all);
    }

    /** Counts a value, 0 or more, into its bucket of a tally. */
    public Share share(String tally, long value) {
        int bucket = 0;
        while (bucket < bounds.size() && value > bounds.get(bucket)) {
            bucket++;
        }
        return Share.one(tally, counter(bucket));
    }

    /** Name of the counter behind a bucket; the last, of index {@code bounds.size()}, holds all above. */
    String counter(int bucket) {
        return name + (bucket == bounds.size() ? ">" + bounds.getLast() : "≤" + bounds.get(bucket));
    }
}
