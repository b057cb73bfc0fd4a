package fr.relais.pathway.application;

import fr.relais.kit.journal.CommandContext;
import fr.relais.pathway.domain.HospitalFact;

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
     * What became of it.
     *
     * @param repeated whether this message had been noted before
     * @param followed whether a pathway follows this patient; false for most of a hospital's traffic
     */
    record Noted(boolean repeated, boolean followed) {}
}
