package fr.relais.kit.journal;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * States of streams that were used a moment ago. They may be behind: whoever uses one either writes after it, where the
 * key of the insert finds that out, or first looks at what was written since. They are kept for a minute, so that an
 * instance that was cut off or a store that was put back does not meet what is long gone.
 */
final class RecentStates<S> {

    private static final int MOST = 10_000;
    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

    /** What a command came to: where its commit ended. */
    record Ran(@Nullable String fingerprint, long last) {
        static Ran of(Commit commit) {
            return new Ran(commit.fingerprint(), commit.last());
        }
    }

    /**
     * A state and how it came to be.
     *
     * @param commands those that were carried out, by id; shared by all states of one stream and only ever added to
     */
    record Kept<S>(S state, long sequence, Map<String, Ran> commands, long since) {

        static <S> Kept<S> nothing(S initial) {
            return new Kept<>(initial, 0, new ConcurrentHashMap<>(), System.nanoTime());
        }

        Kept<S> after(S next, Commit commit) {
            return after(next, commit.last(), commit);
        }

        Kept<S> after(S next, long at, Commit commit) {
            commands.put(commit.command(), Ran.of(commit));
            return new Kept<>(next, at, commands, System.nanoTime());
        }
    }

    private final Map<String, Kept<S>> byStream = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept<S>> eldest) {
            return size() > MOST;
        }
    };

    @Nullable
    Kept<S> find(String stream) {
        synchronized (byStream) {
            Kept<S> kept = byStream.get(stream);
            if (kept != null && System.nanoTime() - kept.since() > KEPT_NANOS) {
                byStream.remove(stream);
                return null;
            }
            return kept;
        }
    }

    /** Keeps it, unless a later one is kept already. */
    void keep(String stream, Kept<S> state) {
        synchronized (byStream) {
            Kept<S> there = byStream.get(stream);
            if (there == null || there.sequence() < state.sequence()) {
                byStream.put(stream, state);
            }
        }
    }

    void forget(String stream) {
        synchronized (byStream) {
            byStream.remove(stream);
        }
    }
}
