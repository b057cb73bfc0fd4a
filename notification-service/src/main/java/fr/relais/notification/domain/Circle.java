package fr.relais.notification.domain;

import static java.util.Objects.requireNonNull;

import fr.relais.events.Party;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
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
 */
public record Circle(
        Party owner,
        Party coordinator,
        long firstStart,
        long closed,
        Map<String, Handoff> handoffs,
        Map<String, Long> done) {

    /**
     * A handoff.
     *
     * @param from who offered it and stays responsible until somebody accepts
     * @param offered sequence of the offer
     * @param answerBy until when an answer is awaited
     * @param holder who accepted, where somebody did
     * @param ended sequence at which it was declined, expired, withdrawn or completed; 0 before that
     */
    public record Handoff(
            String step,
            Party from,
            long offered,
            Instant answerBy,
            @Nullable Party holder,
            long ended) {

        public Handoff {
            requireNonNull(step, "step is missing");
            requireNonNull(from, "from is missing");
            requireNonNull(answerBy, "answerBy is missing");
        }

        /** Whether it still waits for an answer, as far as is known. */
        public boolean isOpen() {
            return holder == null && ended == 0;
        }
    }

    public Circle {
        requireNonNull(owner, "owner is missing");
        requireNonNull(coordinator, "coordinator is missing");
        handoffs = Map.copyOf(handoffs);
        done = Map.copyOf(done);
    }

    /** A handoff that an event of this pathway names. */
    public Optional<Handoff> handoff(@Nullable String id) {
        return id == null ? Optional.empty() : Optional.ofNullable(handoffs.get(id));
    }

    /** The handoff under which somebody holds a step now. */
    Optional<String> heldBy(String step, Party holder) {
        return handoffs.entrySet().stream()
                .filter(e -> e.getValue().step().equals(step)
                        && e.getValue().ended() == 0
                        && holder.equals(e.getValue().holder()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
