package fr.relais.pathway.application;

import java.util.Optional;

/** What people wrote for each other about a patient, sealed under the patient's key. Events bear a note's id only. */
public interface Notes {

    /** Longest text of a note, in characters. */
    int LONGEST = 4_000;

    /**
     * Keeps a note. A repeat of the same id keeps what was there first.
     *
     * @param note its id, made from the command that adds it
     * @throws IllegalStateException when the patient is not in the vault, or was erased
     */
    void keep(String note, String patient, String text);

    /**
     * What a note says. Who reads it is written into the audit first.
     *
     * @param access of {@link Audit.What#NOTE}, with the note as its subject and the patient it is about
     * @return empty when there is no such note of this patient, or its time is over
     */
    Optional<String> read(Audit.Access access);
}
