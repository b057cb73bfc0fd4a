package fr.relais.pathway.application;

import fr.relais.kit.decide.Rejection;
import fr.relais.kit.journal.CommandContext;
import fr.relais.pathway.application.HospitalMessages.Arrival;
import fr.relais.pathway.application.HospitalMessages.Listed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people do about messages that no machine could decide. A repeated command, known by its id, gets the answer of the
 * first. What was asked of a message is written down with it: who, when and why.
 */
public interface MessageTriage {

    /** Whether it was done. */
    sealed interface Decided {

        /** The message as it is now. */
        record Done(Listed now) implements Decided {}

        /** It was not, and why. */
        record Refused(Rejection reason) implements Decided {}
    }

    /**
     * What a message says.
     *
     * @param body as it came; only the beginning of one that was too large
     * @param charset in which to read the body
     * @param patient whom it is about, where it was understood so far
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Content(
            String id,
            String format,
            byte[] body,
            String charset,
            @Nullable String patient) {

        @Override
        public String toString() {
            return "Content[" + id + ", withheld]";
        }
    }

    /** What the message says; empty when there is no such message or its content is gone. Write the reading down first. */
    Optional<Content> content(String id);

    /** Whom the message is about, for the audit; empty when nobody knows, or there is no such message. */
    Optional<String> patientOf(String id);

    /** Puts a message of triage back to work. */
    Decided retry(String id, CommandContext by);

    /** Ends a message of triage, or a rejected one, without doing anything about it. */
    Decided dismiss(String id, String why, CommandContext by);

    /**
     * Puts a corrected text in the place of a message of triage. The original is kept and ends as corrected; the text is a
     * new message that names it.
     */
    Decided correct(String id, Arrival corrected, CommandContext by);
}
