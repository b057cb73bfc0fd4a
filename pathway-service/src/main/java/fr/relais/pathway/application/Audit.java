package fr.relais.pathway.application;

import static java.util.Objects.requireNonNull;

import fr.relais.events.Actor;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Who read what of whom. Whatever shows identity or clinical text calls {@link #write} first and answers afterwards; when
 * it throws, nothing may be answered. What is written is never changed, bears ids only, and each record is bound to the one
 * before it, so that a change or a gap is found.
 */
public interface Audit {

    /** What was read, or done to it. */
    enum What {
        /** Name, traits and identifiers of a patient. */
        IDENTITY,
        /** What a hospital's message says. */
        MESSAGE,
        /** What a document says. */
        DOCUMENT,
        /** What a note says. */
        NOTE,
        /** A search for a patient by name and birth date that found them, or nobody. */
        SEARCH,
        /** The patient was erased. */
        ERASURE
    }

    /**
     * One reading.
     *
     * @param actor who reads, and the structure they act for
     * @param patient internal id of the patient; null where none is known, as for a message that nobody understood
     * @param pathway the pathway that gives them the ground, where one does: its owner sees the reading
     * @param subject id of what is read: message, document, note, or again the patient
     * @param reason a coded reason where the ground needs one; never free text
     */
    record Access(
            Actor actor,
            @Nullable String patient,
            @Nullable String pathway,
            What what,
            String subject,
            Ground ground,
            @Nullable String reason) {

        public Access {
            requireNonNull(actor, "actor is missing");
            requireNonNull(what, "what is missing");
            requireNonNull(subject, "subject is missing");
            requireNonNull(ground, "ground is missing");
        }

        /** The same, of the id under which the patient goes on. */
        public Access of(String current) {
            return new Access(actor, current, pathway, what, subject, ground, reason);
        }

        /** Somebody who takes part in the patient's care reads something of theirs. */
        public static Access inCare(
                Actor actor, String patient, Circles.Concerned concerned, What what, String subject) {
            return new Access(actor, patient, concerned.pathway(), what, subject, concerned.ground(), null);
        }

        /** A ward makes sure whom it sent home, before it includes them: of a stay in its own hospital, and no pathway yet. */
        public static Access beforeInclusion(Actor actor, String patient) {
            return new Access(actor, patient, null, What.IDENTITY, patient, Ground.IDENTIFICATION, null);
        }

        /** An operator reads what a hospital's message says, to repair it. */
        public static Access inTriage(Actor actor, @Nullable String patient, String message) {
            return new Access(actor, patient, null, What.MESSAGE, message, Ground.TRIAGE, null);
        }
    }

    /**
     * A reading as it was written.
     *
     * @param id chain and number
     */
    record Entry(String id, Instant at, Access access) {}

    /**
     * What a look at the chains found.
     *
     * @param records how many were looked at
     * @param next where the next look begins; null when all were looked at, or one is broken
     * @param broken the first record that is not as it was written; null when all are
     */
    record Checked(
            long records, @Nullable String next, @Nullable Break broken) {}

    /**
     * A record that is not as it was written.
     *
     * @param entry its id
     * @param why in plain words
     */
    record Break(String entry, String why) {}

    /**
     * Writes the reading down. When this returns, it survives a crash.
     *
     * @throws RuntimeException when it could not be written: nothing may be answered then
     */
    void write(Access access);

    /** Who read anything of this patient, newest first. */
    Page<Entry> ofPatient(String patient, Paging paging);

    /** The same of a patient whose files were merged, all of them: file after file, newest first in each. */
    Page<Entry> ofPatients(Collection<String> names, Paging paging);

    /** What was read of the patient on the ground of this pathway, newest first. */
    Page<Entry> underPathway(String pathway, Paging paging);

    /**
     * Looks whether records are as they were written and none is missing.
     *
     * @param after where the look before ended; null for the beginning
     * @param limit how many records to look at
     */
    Checked check(@Nullable String after, int limit);
}
