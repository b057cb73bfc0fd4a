package fr.relais.notification.view;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in a pathway. Parties are kept as their keys ({@code person:…}, {@code structure:…}); sequences say when.
 *
 * @param id id of the pathway
 * @param firstStart sequence of the first start, 0 before it
 * @param closed sequence at which it was closed, 0 while open
 * @param done sequence at which a step was completed, by step
 * @param due end of the last day to do a step, by step, where a delay runs
 */
public record CircleView(
        String id,
        String owner,
        String coordinator,
        long firstStart,
        long closed,
        List<Handoff> handoffs,
        Map<String, Long> done,
        Map<String, Instant> due) {

    /**
     * A handoff of the pathway.
     *
     * @param offered sequence of the offer
     * @param holder who accepted
     * @param ended sequence at which it was declined, expired, withdrawn, failed or completed; 0 before that
     * @param home whether its holder goes to the patient
     * @param visitAt when its appointment is, where it has one
     * @param lostByDeath whether it was withdrawn because the patient died
     */
    public record Handoff(
            String handoff,
            String step,
            String from,
            long offered,
            Instant answerBy,
            @Nullable String holder,
            long ended,
            boolean home,
            @Nullable Instant visitAt,
            boolean lostByDeath) {

        Handoff heldBy(String party) {
            return new Handoff(handoff, step, from, offered, answerBy, party, ended, home, visitAt, lostByDeath);
        }

        Handoff endedAt(long sequence) {
            return endedAt(sequence, false);
        }

        Handoff endedAt(long sequence, boolean byDeath) {
            return ended > 0
                    ? this
                    : new Handoff(handoff, step, from, offered, answerBy, holder, sequence, home, visitAt, byDeath);
        }

        Handoff visitedAt(@Nullable Instant at) {
            return new Handoff(handoff, step, from, offered, answerBy, holder, ended, home, at, lostByDeath);
        }
    }

    public CircleView {
        handoffs = List.copyOf(handoffs);
        done = Map.copyOf(done);
        due = Map.copyOf(due);
    }

    CircleView withHandoffs(List<Handoff> all) {
        return new CircleView(id, owner, coordinator, firstStart, closed, all, done, due);
    }

    CircleView startedAt(long sequence) {
        return firstStart > 0 ? this : new CircleView(id, owner, coordinator, sequence, closed, handoffs, done, due);
    }

    /** Closed at that sequence, or open again with 0. */
    CircleView closedAt(long sequence) {
        return new CircleView(id, owner, coordinator, firstStart, sequence, handoffs, done, due);
    }

    CircleView doneAt(String step, long sequence) {
        Map<String, Long> all = new HashMap<>(done);
        all.put(step, sequence);
        return new CircleView(id, owner, coordinator, firstStart, closed, handoffs, all, due);
    }

    /** The step is to be done, by then where a delay runs. */
    CircleView scheduled(String step, @Nullable Instant dueAt) {
        Map<String, Long> open = new HashMap<>(done);
        open.remove(step);
        Map<String, Instant> delays = new HashMap<>(due);
        if (dueAt == null) {
            delays.remove(step);
        } else {
            delays.put(step, dueAt);
        }
        return new CircleView(id, owner, coordinator, firstStart, closed, handoffs, open, delays);
    }
}
