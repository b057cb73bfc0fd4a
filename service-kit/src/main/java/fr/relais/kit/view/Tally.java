package fr.relais.kit.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The counters of one tally. One that nothing ever added to has no counters and answers 0 for each.
 *
 * @param key which tally
 * @param counters those above zero
 */
public record Tally(String key, Map<String, Long> counters) {

    public Tally {
        counters = Map.copyOf(counters);
    }

    /** What a counter stands at, never negative. */
    public long count(String counter) {
        return counters.getOrDefault(counter, 0L);
    }

    /** The histogram that is kept in those buckets. */
    public Histogram histogram(Buckets buckets) {
        List<Long> counts = new ArrayList<>();
        for (int bucket = 0; bucket <= buckets.bounds().size(); bucket++) {
            counts.add(count(buckets.counter(bucket)));
        }
        return new Histogram(buckets, counts);
    }
}
