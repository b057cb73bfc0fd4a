package fr.relais.notification.store;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was read a moment ago. Each event is told to several people by several channels, and each asks the same; a change is
 * seen at once by the instance that took it and within ten seconds by the others.
 */
final class ForAMoment<K, V> {

    private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST = 5_000;

    private record Kept<V>(V value, long since) {}

    private final SharedReads<K, V> reads;
    private final Function<K, V> missing;
    private final Map<K, Kept<V>> kept = new ConcurrentHashMap<>();

    /**
     * Values that are kept.
     *
     * @param read those that are there of several keys
     * @param missing of a key under which nothing is
     */
    ForAMoment(Function<Set<K>, Map<K, V>> read, Function<K, V> missing) {
        this.reads = new SharedReads<>(read);
        this.missing = missing;
    }

    V of(K key) {
        Kept<V> before = kept.get(key);
        long now = System.nanoTime();
        if (before != null && now - before.since() < KEPT_NANOS) {
            return before.value();
        }
        if (kept.size() >= MOST) {
            kept.clear();
        }
        V found = reads.of(key);
        V value = found == null ? missing.apply(key) : found;
        kept.put(key, new Kept<>(value, now));
        return value;
    }

    /** Whatever is kept of it is not so any more. */
    void changed(K key) {
        kept.remove(key);
    }
}
