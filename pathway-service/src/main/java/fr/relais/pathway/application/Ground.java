package fr.relais.pathway.application;

/** On which ground identity or clinical text is read, or erased. */
public enum Ground {
    /** A named professional who takes part in the care, for this handoff only (CSP L1110-4). */
    EXCHANGE,
    /** A member of the patient's care team (CSP L1110-4). */
    TEAM,
    /** Outside the team, with the patient's consent (CSP L1110-4). */
    CONSENT,
    /** An operator repairs what a machine could not understand. */
    TRIAGE,
    /** Somebody who is about to care for a patient makes sure which one it is. */
    IDENTIFICATION,
    /** An identity is erased, because the patient asks for it or its time is over. */
    ERASURE
}
