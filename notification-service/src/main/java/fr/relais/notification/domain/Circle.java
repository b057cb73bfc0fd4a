package fr.relais.notification.domain;

import static java.util.Objects.requireNonNull;

import fr.relais.events.Party;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in one pathway, as far as telling needs it. It may know more than the event that is being told: when
 * this service was down, it reads the events after it. Sequences say what had happened by then.
 *
 * @param owner who answers for the pathway
 * @param coordinator structure whose coordinators watch it
 * @param firstStart sequence of the first start, 0 before it
 * @param closed sequence at which it was closed, 0 while open
 * @param handoffs by id
 * @param done sequence at which a step was completed, by step
 * @param due end of the last day to do a step, by step, where a delay runs
 */
public record Circle(
        Party owner,
        Party coordinator,
        long firstStart,
        long closed,
        Map<String, Handoff> handoffs,
        Map<String, Long> done,
        Map<String, Instant> due) {

    /**
     * A handoff.
     *
     * @param from who offered it and stays responsible until somebody accepts
     * @param offered sequence of the offer
     * @param answerBy until when an answer is awaited
     * @param holder who accepted, where somebody did
     * @param ended sequence at which it was declined, expired, withdrawn, failed or completed; 0 before that
     * @param home whether its holder goes to the patient
     * @param visitAt when its appointment is, where it has one
     * @param lostByDeath whether it was withdrawn because the patient died
     */
    public record Handoff(
            String step,
            Party from,
            long offered,
            Instant answerBy,
            @Nullable Party holder,
            long ended,
            boolean home,
            @Nullable Instant visitAt,
            boolean lostByDeath) {

        public Handoff {
            requireNonNull(step, "step is missing");
            requireNonNull(from, "from is missing");
            requireNonNull(answerBy, "answerBy is missing");
        }

        /** Whether it still waits for an answer, as far as is known. */
        public boolean isOpen() {
            return holder == null && ended == 0;
        }

        boolean isHeld() {
            return holder != null && ended == 0;
        }
    }

    public Circle {
        requireNonNull(owner, "owner is missing");
        requireNonNull(coordinator, "coordinator is missing");
        handoffs = Map.copyOf(handoffs);
        done = Map.copyOf(done);
        due = Map.copyOf(due);
    }

    /** A handoff that an event of this pathway names. */
    public Optional<Handoff> handoff(@Nullable String id) {
        return id == null ? Optional.empty() : Optional.ofNullable(handoffs.get(id));
    }

    /** The handoff under which somebody holds a step now. */
    Optional<String> heldBy(String step, Party holder) {
        return heldNow(step).filter(e -> holder.equals(e.getValue().holder())).map(Map.Entry::getKey);
    }

    /** Whether a step was offered under another handoff than this one. */
    boolean wasOfferedOtherwise(String step, String handoff) {
        return handoffs.entrySet().stream()
                .anyMatch(e -> e.getValue().step().equals(step) && !e.getKey().equals(handoff));
    }

    /** The handoff under which a step is held now. */
    Optional<Map.Entry<String, Handoff>> heldNow(String step) {
        return handoffs.entrySet().stream()
                .filter(e -> e.getValue().step().equals(step) && e.getValue().isHeld())
                .min(Map.Entry.comparingByKey());
    }

    /** Whoever holds something now. */
    Set<Party> holders() {
        return holders(Handoff::isHeld);
    }

    /** Whoever holds, or held, a handoff of that kind. */
    Set<Party> holders(Predicate<Handoff> which) {
        return handoffs.values().stream()
                .filter(which)
                .flatMap(handoff -> Optional.ofNullable(handoff.holder()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** When somebody is expected at the latest under a handoff: its appointment, or else the end of its step's delay. */
    Optional<Instant> expected(Handoff handoff) {
        return Optional.ofNullable(handoff.visitAt()).or(() -> Optional.ofNullable(due.get(handoff.step())));
    }
}
