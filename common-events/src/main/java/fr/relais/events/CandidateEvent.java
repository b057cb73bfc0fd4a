package fr.relais.events;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The directory's answers to steps that seek someone. One stream per search. */
@EventFamily(topic = "relais.candidates", owner = "directory-service")
public sealed interface CandidateEvent extends DomainEvent {

    /** Why a candidate stands where it stands, or why it was left out. */
    enum Reason {
        CHOSEN_BY_PATIENT,
        IN_CIRCLE,
        SERVES_COMMUNE,
        HAS_SPECIALTY,
        HAS_ROOM,
        ROTATION,
        NOT_SERVING_COMMUNE,
        OTHER_PROFESSION,
        LACKS_SPECIALTY,
        FULL,
        ABSENT,
        RETIRED,
        ASKED_BEFORE
    }

    /**
     * One who may be asked.
     *
     * @param party a person, or a structure whose members of the profession may accept
     * @param reasons what put it in this place, weightiest first
     * @param replaces those away whom it stands in for, and whose place it takes; null when nobody
     */
    record Candidate(
            Party party, List<Reason> reasons, @Nullable List<Party> replaces) {

        /** One who is asked for themselves. */
        public Candidate(Party party, List<Reason> reasons) {
            this(party, reasons, null);
        }

        public Candidate {
            requireNonNull(party, "party is missing");
            reasons = List.copyOf(reasons);
            replaces = replaces == null ? null : List.copyOf(replaces);
        }
    }

    /**
     * Candidates for a step, best first, never ordered by a person's speed.
     *
     * @param pathway the pathway that asked
     * @param step the step that asked
     * @param search id of the search that is answered
     * @param candidates best first; empty when there is nobody
     * @param leftOut those looked at and left out, with why; at most fifty
     */
    @EventType(name = "candidates.ranked")
    record Ranked(String pathway, String step, String search, List<Candidate> candidates, List<Candidate> leftOut)
            implements CandidateEvent {
        public Ranked {
            requireNonNull(pathway, "pathway is missing");
            requireNonNull(step, "step is missing");
            requireNonNull(search, "search is missing");
            candidates = List.copyOf(candidates);
            leftOut = List.copyOf(leftOut);
        }
    }
}
