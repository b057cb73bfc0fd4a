package fr.relais.notification.view;

import java.time.Instant;
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
 */
public record CircleView(
        String id,
        String owner,
        String coordinator,
        long firstStart,
        long closed,
        List<Handoff> handoffs,
        Map<String, Long> done) {

    /**
     * A handoff of the pathway.
     *
     * @param offered sequence of the offer
     * @param holder who accepted
     * @param ended sequence at which it was declined, expired, withdrawn or completed; 0 before that
     */
    public record Handoff(
            String handoff,
            String step,
            String from,
            long offered,
            Instant answerBy,
            @Nullable String holder,
            long ended) {

        Handoff heldBy(String party) {
            return new Handoff(handoff, step, from, offered, answerBy, party, ended);
        }

        Handoff endedAt(long sequence) {
            return ended > 0 ? this : new Handoff(handoff, step, from, offered, answerBy, holder, sequence);
        }
    }

    public CircleView {
        handoffs = List.copyOf(handoffs);
        done = Map.copyOf(done);
    }
}
