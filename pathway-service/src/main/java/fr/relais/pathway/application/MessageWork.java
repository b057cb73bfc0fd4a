package fr.relais.pathway.application;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Kept messages as work. One instance works a lane at a time, in order of arrival; a claim that its holder does not finish
 * in time falls to another.
 */
public interface MessageWork {

    /** The next message of a lane. */
    record Next(String id, String lane) {}

    /**
     * A message that this instance holds until it finishes it, puts it back, or its time is up.
     *
     * @param crashes how often its processing was cut off or failed by itself before
     * @param retries how often a person put it back to work
     */
    @SuppressWarnings("ArrayRecordComponent") // claims are handed on, never compared
    record Claimed(
            String id,
            String lane,
            String claim,
            String format,
            String facility,
            String control,
            String trigger,
            Instant receivedAt,
            byte[] body,
            String charset,
            int crashes,
            int retries) {

        /** One that nobody put back. */
        public Claimed(
                String id,
                String lane,
                String claim,
                String format,
                String facility,
                String control,
                String trigger,
                Instant receivedAt,
                byte[] body,
                String charset,
                int crashes) {
            this(id, lane, claim, format, facility, control, trigger, receivedAt, body, charset, crashes, 0);
        }

        @Override
        public String toString() {
            return "Claimed[" + id + ", withheld]";
        }
    }

    /**
     * How it ended.
     *
     * @param outcome for processed ones: what it did, as a word
     * @param reason for ignored ones and those in triage: why
     * @param patient the patient it was about, where known, so that erasing them reaches it
     * @param followed whether a pathway follows that patient: their messages are kept longer
     */
    record Ending(
            HospitalMessages.Status status,
            @Nullable String outcome,
            @Nullable Reason reason,
            @Nullable String patient,
            boolean followed) {

        /** It was understood. */
        public static Ending processed(String outcome, @Nullable String patient) {
            return new Ending(HospitalMessages.Status.PROCESSED, outcome, null, patient, true);
        }

        /** It was understood, and changes nothing; the reason as a word, for example {@code not-a-stay}. */
        public static Ending ignored(String code, @Nullable String patient) {
            return new Ending(HospitalMessages.Status.IGNORED, null, Reason.ignored(code), patient, false);
        }

        /** A person has to look; why, in plain words without identity. */
        public static Ending triage(String reason, @Nullable String patient) {
            return new Ending(HospitalMessages.Status.TRIAGE, null, Reason.saying(reason), patient, true);
        }

        /** The same, for a patient whom a pathway follows or not. */
        public Ending followed(boolean isFollowed) {
            return new Ending(status, outcome, reason, patient, isFollowed);
        }
    }

    /** The first message of each lane that waits and that nobody holds, oldest first. */
    List<Next> waiting(int limit);

    /** The first message of this lane that waits. */
    Optional<Next> waitingIn(String lane);

    /** Takes a message; empty when somebody else holds it or its lane, or has finished it. */
    Optional<Claimed> claim(Next next);

    /** Ends a message; false when the claim was lost in the meantime. */
    boolean finish(Claimed claimed, Ending ending);

    /**
     * Puts a message back.
     *
     * @param crashed whether the failure was its own and counts against it; a failure of the machine does not
     */
    void putBack(Claimed claimed, boolean crashed);
}
