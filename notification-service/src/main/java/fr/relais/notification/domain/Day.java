package fr.relais.notification.domain;

import fr.relais.events.NotificationEvent.Weighed;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How much one person was interrupted on one day.
 *
 * @param weighed what was decided, by the event that is told
 * @param pushes how many notices came or will come by themselves, offers not counted
 */
public record Day(Map<String, Weighed> weighed, int pushes) {

    /** A day on which nothing was told yet. */
    public static final Day EMPTY = new Day(Map.of(), 0);

    public Day {
        weighed = Map.copyOf(weighed);
    }

    /** What was decided about an event. */
    public Optional<Weighed> about(String cause) {
        return Optional.ofNullable(weighed.get(cause));
    }

    /** When the digest of what exceeds the pushes of this day leaves, where there is one that has not left. */
    Optional<Instant> overflow(Instant now) {
        return weighed.values().stream()
                .filter(Weighed::overBudget)
                .map(Weighed::notBefore)
                .filter(at -> at != null && now.isBefore(at))
                .min(Instant::compareTo);
    }

    /** Whether a digest of what exceeds the pushes of this day was opened, left or not. */
    boolean overflowed() {
        return weighed.values().stream().anyMatch(Weighed::overBudget);
    }
}
