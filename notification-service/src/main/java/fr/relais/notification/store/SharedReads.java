package fr.relais.notification.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads of many callers share a query: while one is under way the next ones gather, and whoever is next reads for all.
 * What was written before a caller asked, it sees. A failure is told to all who shared.
 */
final class SharedReads<K, V> {

    private static final int LARGEST = 200;

    private final Function<Set<K>, Map<K, V>> read;
    private final List<Asked<K, V>> waiting = new ArrayList<>();
    private final ReentrantLock reading = new ReentrantLock();

    private record Asked<K, V>(K key, CompletableFuture<@Nullable V> answer) {}

    /**
     * Shared reads.
     *
     * @param read what is there of these keys; what is missing is left out
     */
    SharedReads(Function<Set<K>, Map<K, V>> read) {
        this.read = read;
    }

    /** What is there under that key, null where nothing is. */
    @Nullable
    V of(K key) {
        Asked<K, V> mine = new Asked<>(key, new CompletableFuture<>());
        synchronized (waiting) {
            waiting.add(mine);
        }
        reading.lock();
        try {
            while (!mine.answer().isDone()) {
                answer(next());
            }
        } finally {
            reading.unlock();
        }
        try {
            return mine.answer().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** How many wait for the next query. */
    int gathered() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private List<Asked<K, V>> next() {
        synchronized (waiting) {
            List<Asked<K, V>> first = waiting.subList(0, Math.min(LARGEST, waiting.size()));
            List<Asked<K, V>> group = List.copyOf(first);
            first.clear();
            return group;
        }
    }

    private void answer(List<Asked<K, V>> group) {
        try {
            Map<K, V> found =
                    new HashMap<>(read.apply(group.stream().map(Asked::key).collect(Collectors.toSet())));
            group.forEach(one -> one.answer().complete(found.get(one.key())));
        } catch (RuntimeException e) {
            group.forEach(one -> one.answer().completeExceptionally(e));
        }
    }
}
