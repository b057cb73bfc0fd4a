package fr.relais.pathway.application;

import fr.relais.pathway.application.HospitalMessages.Arrival;
import java.util.List;
import java.util.Optional;

/** Where HL7 v2 messages come in, whichever way, and how they are read by position. */
public interface HospitalDoor {

    /** What the sender is told (HL7 table 0008). */
    enum Answer {
        /** It is stored for good: forget it. */
        AA,
        /** It could not be stored: send it again. */
        AE,
        /** It never can be: do not send it again. */
        AR
    }

    /** Why a message was refused for good. */
    enum Refusal {
        /** It does not begin with an HL7 v2 header. */
        NO_HEADER,
        TOO_LARGE,
        /** Whoever sent it may not speak for that facility. */
        SENDER_NOT_ALLOWED
    }

    /**
     * What became of a message at the door.
     *
     * @param id under which it is kept; empty when it is not
     * @param facility as the message names it (MSH-4)
     * @param control the sender's own id of the message (MSH-10)
     * @param repeat whether the same was kept before
     * @param said what is wrong, in plain words; empty for AA
     */
    record Taken(
            String id,
            String facility,
            String control,
            Answer answer,
            Optional<Refusal> refusal,
            boolean repeat,
            String said) {}

    /** How many bytes may be handed in at once. */
    long largest();

    /** Takes one message or a batch of several, and answers for each. */
    List<Taken> take(byte[] content, Sender sender);

    /**
     * Refuses what is too large to be taken, and keeps its beginning.
     *
     * @param limit how many bytes it might have had
     */
    Taken refuseTooLarge(byte[] beginning, long limit, Sender sender);

    /** A text that somebody wrote as a message at the door; empty when it is not exactly one message. */
    Optional<Arrival> written(String text);

    /** What a message says by position, segment by segment; empty where it has no header. */
    List<Segment> segments(byte[] body, String charset);

    /**
     * A segment.
     *
     * @param name for example {@code PID}
     * @param fields those that are not empty
     */
    record Segment(String name, List<Field> fields) {
        public Segment {
            fields = List.copyOf(fields);
        }

        @Override
        public String toString() {
            return "Segment[" + name + ", withheld]";
        }
    }

    /**
     * A field.
     *
     * @param position counted as the standard does, for example 3 for PID-3
     * @param value as written, with its separators
     */
    record Field(int position, String value) {
        @Override
        public String toString() {
            return "Field[" + position + ", withheld]";
        }
    }
}
