package fr.relais.pathway.application;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

    /** Destroys the patient's key and everything kept under it; hospital messages of theirs lose their content. */
    void erase(String patient);

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
