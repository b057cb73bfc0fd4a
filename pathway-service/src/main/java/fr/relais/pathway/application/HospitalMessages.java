package fr.relais.pathway.application;

import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Messages of hospitals: each is kept durably before it is acknowledged, and none disappears. */
public interface HospitalMessages {

    /** How far a message has come. */
    enum Status {
        /** Kept; its turn will come. */
        RECEIVED,
        /** Understood; the outcome says what it did. */
        PROCESSED,
        /** Understood, or of a kind that changes nothing here; the reason says why. */
        IGNORED,
        /** A person has to look; the reason says why. */
        TRIAGE,
        /** Was in triage; another message with the corrected text took its place. */
        CORRECTED,
        /** Was in triage, or rejected; a person decided that nothing is to be done about it. */
        DISMISSED,
        /** Refused for good at the door (AR); its beginning is kept for operators to see. */
        REJECTED;

        /** As written in the API and in the store, for example {@code triage}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
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

    /** What a message shows of its sender's quality, beside what becomes of it. */
    enum Sign {
        /** It came long after it was written. */
        LATE,
        /** It ends a stay and does not say how (ZFM-2). */
        WITHOUT_ZFM
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
     * @param status where it begins: RECEIVED when there is work, or IGNORED, TRIAGE or REJECTED at once
     * @param reason why it is ignored, in triage or rejected
     * @param signs what it shows of its sender's quality
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
            @Nullable Reason reason,
            Set<Sign> signs) {

        public Arrival {
            signs = Set.copyOf(signs);
        }

        @Override
        public String toString() {
            return "Arrival[" + trigger + " of " + facility + ", withheld]";
        }
    }

    /**
     * A message that is kept.
     *
     * @param id of the message, or of the same one that was kept before and stays what it has become
     * @param isNew false for a repeat
     */
    record Kept(String id, boolean isNew) {}

    /**
     * Keeps the message. When this returns, it survives a crash.
     *
     * @throws RuntimeException when it could not be kept, or it is not known whether it was: the sender sends it again
     */
    Kept keep(Arrival arrival);

    /**
     * Which messages are asked for.
     *
     * @param facilities only of these sending facilities; null for all
     * @param trigger only of this kind, for example {@code ADT^A03}
     * @param reason only with this code of a reason
     * @param repeated only those that were sent again
     */
    record Search(
            Status status,
            @Nullable Set<String> facilities,
            @Nullable String trigger,
            @Nullable String reason,
            boolean repeated) {

        /** Whether sent again or not. */
        public Search(
                Status status, @Nullable Set<String> facilities, @Nullable String trigger, @Nullable String reason) {
            this(status, facilities, trigger, reason, false);
        }

        /** All of a status. */
        public static Search of(Status status) {
            return new Search(status, null, null, null);
        }
    }

    /** Messages newest first, without their content. */
    Page<Listed> list(Search search, Paging paging);

    /** One message, without its content. */
    Optional<Listed> find(String id);

    /**
     * A message as operators see it.
     *
     * @param reason why it is ignored, in triage or rejected, or was before a person decided
     * @param outcome for processed ones: what it did
     * @param repeats how often it was sent again
     * @param size of the body, in bytes
     * @param contentKept whether its content is still there
     * @param corrects id of the message whose place this one took
     * @param correctedBy id of the message that took this one's place
     * @param decisions what people did about it, first things first
     */
    record Listed(
            String id,
            String format,
            String facility,
            String control,
            String trigger,
            Status status,
            @Nullable Reason reason,
            @Nullable String outcome,
            Instant receivedAt,
            @Nullable Instant endedAt,
            int repeats,
            int size,
            boolean contentKept,
            @Nullable String corrects,
            @Nullable String correctedBy,
            List<Decision> decisions) {

        public Listed {
            decisions = List.copyOf(decisions);
        }
    }

    /**
     * What a person did about a message.
     *
     * @param what {@code retried}, {@code corrected} or {@code dismissed}
     * @param by RPPS number or national identifier
     * @param structure FINESS number of the structure they acted for
     * @param why in their words; only dismissals bear it
     */
    record Decision(
            String what,
            String by,
            @Nullable String structure,
            Instant at,
            @Nullable String why) {}
}
