package fr.relais.notification.view;

import fr.relais.kit.failure.MachineFailure;
import fr.relais.kit.view.Views;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Circles that the view has folded, or that were read, a moment ago in this instance: the events of one command, and the
 * notices that follow, want the same.
 */
@Component
public final class RecentCircles {

    private static final int MOST = 2_000;

    private final Map<String, Known> recent = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Known(CircleView circle, long sequence) {}

    RecentCircles(Views views, CircleProjector circles) {
        views.tellOfFolds(circles, this::keep);
    }

    /** Remembers it, unless a later one is known. */
    public void keep(String pathway, CircleView circle, long sequence) {
        synchronized (recent) {
            recent.merge(
                    pathway,
                    new Known(circle, sequence),
                    (there, fresh) -> there.sequence() > fresh.sequence() ? there : fresh);
            recent.notifyAll();
        }
    }

    /** The circle as it was a moment ago, where that is known here. */
    Optional<CircleView> find(String pathway) {
        synchronized (recent) {
            return Optional.ofNullable(recent.get(pathway)).map(Known::circle);
        }
    }

    /** Waits until the circle at a sequence or later is known here; null when it is not in time. */
    public @Nullable CircleView at(String pathway, long sequence, Duration inTime) {
        long until = System.nanoTime() + inTime.toNanos();
        synchronized (recent) {
            while (true) {
                Known known = recent.get(pathway);
                if (known != null && known.sequence() >= sequence) {
                    return known.circle();
                }
                long left = Duration.ofNanos(until - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return null;
                }
                try {
                    recent.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new MachineFailure("this service is being stopped", e);
                }
            }
        }
    }
}
