package fr.relais.pathway.application;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one place that knows who a patient is. Identities are encrypted under a key of each patient; everything else in
 * Relais bears the internal id only.
 */
public interface Vault {

    /** What came of keeping an identity. */
    sealed interface Kept {

        /** The patient, found or new. */
        record As(String patient) implements Kept {}

        /**
         * The identifiers contradict what is known, and a person has to decide: nothing was kept.
         *
         * @param why plain words without identity
         */
        record Contradicted(String why) implements Kept {}
    }

    /**
     * Finds the patient or makes one, and brings identifiers and traits up to date. Two messages of a new patient at once
     * make one patient.
     *
     * @param saidAt when the sender said it; what was said earlier than what is known changes no trait
     * @throws IllegalArgumentException when the identifiers name no patient
     */
    Kept keep(PatientIdentifiers identifiers, PatientTraits traits, Instant saidAt);

    /** The patient that any of the identifiers names; empty also when they name two. */
    Optional<String> find(PatientIdentifiers identifiers);

    /**
     * Who the patient is. It is written into the audit who asked, and on which ground, before the answer is given.
     *
     * @param access of {@link Audit.What#IDENTITY}; its patient is the one that is answered
     * @return empty when there is no such patient, or they were erased
     */
    Optional<PatientIdentity> identity(Audit.Access access);

    /**
     * Patients of that name and birth date, compared exactly but for accents, case, spaces and hyphens; at most {@value
     * #MOST_MATCHES}. Whoever shows them asks the {@link Audit} first.
     */
    List<Match> search(PersonSearch search);

    /**
     * The id under which a patient goes on: another one, where their file was merged into that.
     *
     * @return the same id when it was never merged, or is not known
     */
    String current(String patient);

    /** All ids under which the patient is or was known: the same alone when their file was never merged. */
    Set<String> names(String patient);

    /**
     * Makes one patient of two files that a hospital says are one's (HL7 A40). Whatever named the absorbed one names the
     * survivor from now on; its id remains as another name. Repeating it changes nothing.
     *
     * @return the survivor, or why a person has to decide
     */
    Kept merge(String survivor, String absorbed);

    /**
     * Deletes the patient's INS everywhere it is kept: as identifier, in the digests that find them, in messages, documents
     * and notes. An older message that says it again does not bring it back. Repeating it finishes what a crash cut off.
     *
     * @param saidAt when the sender withdrew it (HL7 A47)
     */
    void withdrawIns(String patient, Instant saidAt);

    /**
     * Destroys the patient's key and everything kept under it; hospital messages of theirs lose their content. The id
     * remains, so that events that bear it stay explicable. It is written into the audit first. Repeating it finishes what
     * a crash cut off.
     *
     * @param access of {@link Audit.What#ERASURE}, with its coded reason
     * @return false when there is no such patient
     */
    boolean erase(Audit.Access access);

    /** Most patients that a search finds. */
    int MOST_MATCHES = 20;

    /**
     * Whom somebody looks for.
     *
     * @param name family name, at birth or used
     * @param givenName first given name, at birth or used; null for any
     */
    record PersonSearch(String name, @Nullable String givenName, LocalDate birthDate) {
        @Override
        public String toString() {
            return "PersonSearch[withheld]";
        }
    }

    /**
     * A patient that was found.
     *
     * @param authorities who assigned the numbers by which hospitals know them
     */
    record Match(String patient, Set<String> authorities) {
        public Match {
            authorities = Set.copyOf(authorities);
        }
    }

    /**
     * An identity as it is shown to those who may see it.
     *
     * @param ins the qualified INS, where one is known
     * @param insIsTest whether that INS is of a test authority
     * @param ipps the hospitals' own numbers
     */
    record PatientIdentity(
            String patient,
            @Nullable String ins,
            boolean insIsTest,
            List<PatientIdentifiers.Local> ipps,
            PatientTraits traits) {
        public PatientIdentity {
            ipps = List.copyOf(ipps);
        }

        @Override
        public String toString() {
            return "PatientIdentity[" + patient + ", withheld]";
        }
    }
}
