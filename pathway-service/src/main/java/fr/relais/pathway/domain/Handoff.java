package fr.relais.pathway.domain;

import fr.relais.events.Addressee;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.AppointmentStatus;
import fr.relais.events.PathwayEvent.FailReason;
import fr.relais.events.PathwayEvent.WithdrawReason;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One offer of a step to one addressee, and what became of it. */
public sealed interface Handoff {

    /** Unique over all pathways. */
    String id();

    /** To whom it was offered. */
    Addressee to();

    /**
     * An answer is awaited.
     *
     * @param seenBy who looked at it
     * @param leftBy members of the structure who said no for themselves
     */
    record Offered(
            String id, Addressee to, Party from, int wave, Instant answerBy, Set<Party> seenBy, Set<Party> leftBy)
            implements Handoff {
        public Offered {
            seenBy = Collections.unmodifiableSet(new LinkedHashSet<>(seenBy));
            leftBy = Collections.unmodifiableSet(new LinkedHashSet<>(leftBy));
        }

        Offered(String id, Addressee to, Party from, int wave, Instant answerBy) {
            this(id, to, from, wave, answerBy, Set.of(), Set.of());
        }

        Offered seen(Party by) {
            return new Offered(id, to, from, wave, answerBy, with(seenBy, by), leftBy);
        }

        Offered left(Party by) {
            return new Offered(id, to, from, wave, answerBy, seenBy, with(leftBy, by));
        }

        private static Set<Party> with(Set<Party> some, Party one) {
            Set<Party> all = new LinkedHashSet<>(some);
            all.add(one);
            return all;
        }
    }

    /**
     * Somebody has it.
     *
     * @param at when they accepted
     * @param others who else was asked or had it then, and is asked again if this is undone
     */
    record Accepted(
            String id,
            Addressee to,
            Party from,
            Party by,
            @Nullable String structure,
            Instant at,
            List<Addressee> others,
            @Nullable Appointment appointment)
            implements Handoff {
        public Accepted {
            others = List.copyOf(others);
        }

        Accepted with(Appointment next) {
            return new Accepted(id, to, from, by, structure, at, others, next);
        }
    }

    /** When the patient is expected; without a time once it is cancelled. */
    record Appointment(AppointmentStatus status, @Nullable Instant startsAt) {}

    /** Somebody had it and did what was asked. */
    record Completed(String id, Addressee to, Party by) implements Handoff {}

    /** Somebody had it and it came to nothing. */
    record Failed(String id, Addressee to, Party by, FailReason reason) implements Handoff {}

    /**
     * Somebody had it and passed it on.
     *
     * @param takenBy who has it now
     */
    record PassedOn(String id, Addressee to, Party by, Party takenBy) implements Handoff {}

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
