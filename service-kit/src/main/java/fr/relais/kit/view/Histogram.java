package fr.relais.kit.view;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How often which values were seen, as kept in a tally.
 *
 * @param buckets what is measured, and where it is cut
 * @param counts one for each bound of the buckets and a last one for all above, none negative
 */
public record Histogram(Buckets buckets, List<Long> counts) {

    public Histogram {
        counts = List.copyOf(counts);
    }

    /** How many values there are. */
    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The value below which that share of all values lies, in the unit of the buckets: as exact as they are narrow,
     * evenly spread within each. Above the last bound, that bound is answered: it is at least that.
     *
     * @param share between 0 and 1; 0.5 is the median
     * @return empty when nothing was counted
     */
    public OptionalDouble quantile(double share) {
        long total = total();
        if (total == 0) {
            return OptionalDouble.empty();
        }
        double wanted = Math.clamp(share, 0, 1) * total;
        long seen = 0;
        List<Long> bounds = buckets.bounds();
        for (int bucket = 0; bucket < bounds.size(); bucket++) {
            long here = counts.get(bucket);
            if (here > 0 && seen + here >= wanted) {
                double lower = bucket == 0 ? 0 : bounds.get(bucket - 1);
                return OptionalDouble.of(lower + (bounds.get(bucket) - lower) * (wanted - seen) / here);
            }
            seen += here;
        }
        return OptionalDouble.of(bounds.getLast());
    }

    /** The value in the middle; empty when nothing was counted. */
    public OptionalDouble median() {
        return quantile(0.5);
    }
}
