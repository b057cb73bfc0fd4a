package fr.relais.notification.domain;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * When a failed attempt is followed by another.
 *
 * @param first delay after the first failure; it doubles with each further one
 * @param longest no delay is longer, also when the receiver asks for more
 * @param giveUpAfter counted from the queueing; one attempt is made at its very end, and none after
 * @param stalledAfter an attempt without a result for so long is taken for crashed
 */
public record RetryPolicy(Duration first, Duration longest, Duration giveUpAfter, Duration stalledAfter) {

    private static final int DOUBLINGS = 30;

    public RetryPolicy {
        positive(first, "first");
        positive(longest, "longest");
        positive(giveUpAfter, "giveUpAfter");
        positive(stalledAfter, "stalledAfter");
        if (longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the longest delay " + longest + " is shorter than the first one " + first + ": swap them");
        }
    }

    private static void positive(Duration value, String name) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " is " + value + ": write a duration longer than nothing");
        }
    }

    /**
     * When the next attempt is made, or nothing when it is given up.
     *
     * @param seed the delivery's id: its jitter is its own and the same at each calculation, so that deliveries which
     *     failed together do not come back together
     * @param attempts how many were made, at least 1
     * @param retryAfter what the receiver asked for; never tried before, unless it asks for more than the longest delay
     */
    public Optional<Instant> next(
            String seed, int attempts, @Nullable Duration retryAfter, Instant queuedAt, Instant failedAt) {
        Instant end = queuedAt.plus(giveUpAfter);
        if (!failedAt.isBefore(end)) {
            return Optional.empty();
        }
        Duration delay = backOff(seed, attempts);
        if (retryAfter != null && retryAfter.compareTo(delay) > 0) {
            delay = shorter(retryAfter, longest);
        }
        Instant retryAt = failedAt.plus(delay);
        return Optional.of(retryAt.isAfter(end) ? end : retryAt);
    }

    /** Whether an attempt that began then and has no result by now crashed. */
    boolean stalled(Instant since, Instant now) {
        return !now.isBefore(since.plus(stalledAfter));
    }

    /** Whether its time is over. */
    boolean over(Instant queuedAt, Instant now) {
        return !now.isBefore(queuedAt.plus(giveUpAfter));
    }

    /** Between three quarters and the whole of the doubled delay. */
    private Duration backOff(String seed, int attempts) {
        int doublings = Math.min(Math.max(attempts - 1, 0), DOUBLINGS);
        Duration whole = first.compareTo(longest.dividedBy(1L << doublings)) > 0
                ? longest
                : shorter(first.multipliedBy(1L << doublings), longest);
        CRC32 crc = new CRC32();
        crc.update((seed + "#" + attempts).getBytes(StandardCharsets.UTF_8));
        long share = crc.getValue() % 1000;
        return whole.multipliedBy(3000 + share).dividedBy(4000);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
