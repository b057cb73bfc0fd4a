package fr.relais.pathway.domain;

import fr.relais.events.Addressee;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.WithdrawReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One offer of a step to one addressee, and what became of it. */
public sealed interface Handoff {

    /** Unique over all pathways. */
    String id();

    /** To whom it was offered. */
    Addressee to();

    /** An answer is awaited. */
    record Offered(String id, Addressee to, Party from, int wave, Instant answerBy) implements Handoff {}

    /** Somebody has it. */
    record Accepted(
            String id,
            Addressee to,
            Party from,
            Party by,
            @Nullable String structure) implements Handoff {}

    /** Somebody had it and did what was asked. */
    record Completed(String id, Addressee to, Party by) implements Handoff {}

    /** An addressee said no. */
    record Declined(String id, Addressee to, Party by) implements Handoff {}

    /** Nobody answered. */
    record Expired(String id, Addressee to) implements Handoff {}

    /**
     * It was taken back.
     *
     * @param takenBy who has it instead, where another accepted
     */
    record Withdrawn(
            String id,
            Addressee to,
            WithdrawReason reason,
            @Nullable Party takenBy) implements Handoff {}
}
