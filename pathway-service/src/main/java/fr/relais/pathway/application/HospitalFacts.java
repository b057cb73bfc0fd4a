package fr.relais.pathway.application;

import fr.relais.kit.journal.CommandContext;
import fr.relais.pathway.domain.HospitalFact;
import fr.relais.pathway.domain.PatientDecider;

/**
 * The door for what hospitals say, whatever format it came in.
 *
 * <p>When {@link #tell} returns, the fact is in the journal for good, so a hospital may be answered. When it throws, the
 * machine is broken (MongoDB away): nothing was lost, say it again later with the same context.
 */
public interface HospitalFacts {

    /**
     * Takes note of a fact. It is never refused: what is old or known already changes nothing.
     *
     * @param context its command id is made of the message (sending facility, message control id and, where one message
     *     says several facts, which), so that a repeated message is known as done; the actor is the feed
     */
    Noted tell(HospitalFact fact, CommandContext context);

    /** Whether a pathway follows this patient. */
    boolean follows(String patient);

    /**
     * Two files are of one patient: what is known of the one that is given up is known of the other from now on, and its
     * pathways follow. Repeating it with the same context finishes what a crash cut off.
     */
    void merge(String survivor, String former, CommandContext context);

    /**
     * What became of it.
     *
     * @param repeated whether this message had been noted before
     * @param followed whether a pathway follows this patient; false for most of a hospital's traffic
     * @param effect whether it holds, or what stands against it
     */
    record Noted(boolean repeated, boolean followed, PatientDecider.Effect effect) {

        /** It holds. */
        public Noted(boolean repeated, boolean followed) {
            this(repeated, followed, PatientDecider.Effect.HOLDS);
        }
    }
}
