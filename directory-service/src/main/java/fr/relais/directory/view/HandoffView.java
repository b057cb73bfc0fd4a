package fr.relais.directory.view;

import java.time.Instant;
import java.util.List;

/**
 * A handoff as the directory knows it from the pathway's events: with whom it lies and whether it is open.
 *
 * @param id the handoff's id
 * @param pathway the pathway's stream
 * @param open whether it waits for an answer or to be done
 * @param parties keys under which it is found: {@code person:…}, {@code structure:…}, and {@code structure:…#60} while
 *     members of that profession may still accept
 * @param offeredAt when it was offered
 * @param since when it came into its status
 * @param answerBy until when an answer was awaited
 */
public record HandoffView(
        String id,
        String pathway,
        String step,
        Status status,
        boolean open,
        List<String> parties,
        Instant offeredAt,
        Instant since,
        Instant answerBy) {

    /** What became of it. */
    public enum Status {
        OFFERED,
        ACCEPTED,
        DECLINED,
        EXPIRED,
        WITHDRAWN,
        FAILED,
        COMPLETED;

        boolean isOpen() {
            return this == OFFERED || this == ACCEPTED;
        }
    }

    public HandoffView {
        parties = List.copyOf(parties);
    }

    HandoffView now(Status next, List<String> with, Instant at) {
        return new HandoffView(id, pathway, step, next, next.isOpen(), with, offeredAt, at, answerBy);
    }
}
