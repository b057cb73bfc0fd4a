package fr.relais.pathway.application;

import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages of hospitals: each is kept durably before it is acknowledged, and none disappears. */
public interface HospitalMessages {

    /** How far a message has come. */
    enum Status {
        /** Kept; its turn will come. */
        RECEIVED,
        /** Understood; the outcome says what it did. */
        PROCESSED,
        /** Kept, of a kind that Relais makes nothing of yet. */
        NOT_USED_YET,
        /** A person has to look; the reason says why. */
        TRIAGE;

        /** As written in the API and in the store: {@code not-used-yet}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The status of that word. */
        public static Optional<Status> ofWord(String word) {
            for (Status status : values()) {
                if (status.word().equals(word)) {
                    return Optional.of(status);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * A message at the door.
     *
     * @param format which format it is written in, for example {@code hl7v2}
     * @param facility the sending facility (MSH-4)
     * @param control the sender's own id of the message (MSH-10), empty where it gave none
     * @param trigger what kind of message, for example {@code ADT^A03}; empty where it does not say
     * @param fingerprint pseudonym of the content: facility, control and fingerprint together know a repeat
     * @param lane messages of one lane are worked one after the other, in order of arrival; a pseudonym of the patient or
     *     visit, null where the message names neither
     * @param body the message as it came
     * @param charset in which to read the body
     * @param status where it begins: RECEIVED when there is work, or NOT_USED_YET or TRIAGE at once
     * @param reason for triage: why, in plain words without identity
     */
    @SuppressWarnings("ArrayRecordComponent") // arrivals are handed on, never compared
    record Arrival(
            String format,
            String facility,
            String control,
            String trigger,
            String fingerprint,
            @Nullable String lane,
            byte[] body,
            String charset,
            Status status,
            @Nullable String reason) {

        @Override
        public String toString() {
            return "Arrival[" + trigger + " of " + facility + ", withheld]";
        }
    }

    /** Whether it was new. */
    enum Kept {
        NEW,
        /** The same message is kept already, and stays what it has become. */
        REPEAT
    }

    /**
     * Keeps the message. When this returns, it survives a crash.
     *
     * @throws RuntimeException when it could not be kept, or it is not known whether it was: the sender sends it again
     */
    Kept keep(Arrival arrival);

    /** Messages of a status, newest first, without their content. */
    Page<Listed> list(Status status, Paging paging);

    /**
     * A message as operators see it.
     *
     * @param reason for triage: why
     * @param outcome for processed ones: what it did
     * @param repeats how often it was sent again
     * @param size of the body, in bytes
     */
    record Listed(
            String id,
            String format,
            String facility,
            String control,
            String trigger,
            Status status,
            @Nullable String reason,
            @Nullable String outcome,
            Instant receivedAt,
            @Nullable Instant endedAt,
            int repeats,
            int size) {}
}
