package fr.relais.pathway.application;

import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.LetterOf;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Documents as they are kept: sealed under the patient's key, for a configured time. */
public interface DocumentVault {

    /**
     * A document at the door.
     *
     * @param id made of its sender and the sender's own id of it, so that it is known again
     * @param patient internal id
     * @param type LOINC code
     * @param author who wrote it
     * @param at when it was written
     * @param contentType of the body, for example {@code application/pdf}; null without a body
     * @param body what it says; null when only its being there is told
     * @param pathway the one for which it was handed in, where one was named
     * @param of of which stay a discharge letter is; null for other documents
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Incoming(
            String id,
            String patient,
            String type,
            Party author,
            Instant at,
            @Nullable String contentType,
            byte @Nullable [] body,
            @Nullable String pathway,
            @Nullable LetterOf of) {

        /** A document of which nothing is said but what it is. */
        public Incoming(
                String id,
                String patient,
                String type,
                Party author,
                Instant at,
                @Nullable String contentType,
                byte @Nullable [] body) {
            this(id, patient, type, author, at, contentType, body, null, null);
        }

        @Override
        public String toString() {
            return "Incoming[" + id + ", withheld]";
        }
    }

    /** What came of keeping it. */
    enum Kept {
        NEW,
        /** The same document is there already. */
        REPEAT,
        /** Another document is there under that id. */
        ANOTHER
    }

    /**
     * A document without what it says.
     *
     * @param contentType null when it has no body, or the body was deleted
     * @param pathway the one for which it was handed in, where one was named
     * @param of of which stay a discharge letter is; null for other documents
     */
    record Head(
            String id,
            String patient,
            String type,
            Party author,
            Instant at,
            Instant receivedAt,
            @Nullable String contentType,
            @Nullable String pathway,
            @Nullable LetterOf of) {}

    /**
     * Keeps a document.
     *
     * @param followed whether a pathway follows the patient, on which depends how long it is kept
     * @throws IllegalStateException when the patient is not in the vault
     */
    Kept keep(Incoming document, boolean followed);

    /** From now on everybody who had to hear of it has. */
    void told(String document);

    /** Documents of which somebody may still have to hear, as a crash came between, oldest first. */
    List<Head> untold(int limit);

    /** Documents of a patient whom nobody followed when they came. */
    List<Head> unfollowed(String patient);

    /** A patient is followed now: the document is kept as long as others. */
    void follow(String document);

    /** A document without what it says. */
    Optional<Head> find(String document);

    /**
     * What a document says. Who reads it is written into the audit first.
     *
     * @param access of {@link Audit.What#DOCUMENT}, with the document as its subject
     * @return empty when it has no body, or its time is over
     */
    Optional<byte[]> read(Audit.Access access);
}
