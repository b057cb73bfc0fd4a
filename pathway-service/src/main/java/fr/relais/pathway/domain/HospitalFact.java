package fr.relais.pathway.domain;

import static java.util.Objects.requireNonNull;

import fr.relais.events.EncounterEvent.Destination;
import java.time.Instant;

/**
 * What a hospital says of one stay of one patient, whatever format it came in.
 *
 * <p>Facts may come repeated, late or out of order: the effective time decides, not the arrival.
 */
public sealed interface HospitalFact extends PatientCommand {

    /** Internal id of the patient in the vault; also the stream that keeps the patient's stays. */
    String patient();

    /** Internal id of the stay: a keyed pseudonym of facility and visit number. */
    String stay();

    /** FINESS number of the hospital, or the name that its feed bears. */
    String facility();

    /** Effective time (ZBE-2 or EVN-6). */
    Instant at();

    /** The patient was admitted to a stay (A01). */
    record Admit(String patient, String stay, String facility, Instant at) implements HospitalFact {
        public Admit {
            check(patient, stay, facility, at);
        }
    }

    /**
     * The stay is about to end (A16).
     *
     * @param at effective time of the announcement
     * @param expectedAt when the discharge is expected (EVN-3 or PV2-9)
     */
    record PlanDischarge(String patient, String stay, String facility, Instant at, Instant expectedAt)
            implements HospitalFact {
        public PlanDischarge {
            check(patient, stay, facility, at);
            requireNonNull(expectedAt, "expectedAt is missing");
        }
    }

    /** The stay ended and the patient left alive (A03 of an inpatient stay); said again, it corrects time or destination. */
    record Discharge(String patient, String stay, String facility, Instant at, Destination destination)
            implements HospitalFact {
        public Discharge {
            check(patient, stay, facility, at);
            requireNonNull(destination, "destination is missing");
        }
    }

    /**
     * The stay is said to have ended but not how.
     *
     * @param why plain words for the triage, without patient data
     */
    record Unclear(String patient, String stay, String facility, Instant at, String why) implements HospitalFact {
        public Unclear {
            check(patient, stay, facility, at);
            requireNonNull(why, "why is missing");
        }
    }

    /** The last end of the stay is taken back (A13): a discharge, or a death where the stay ended with one. */
    record CancelDischargeOrDeath(String patient, String stay, String facility, Instant at) implements HospitalFact {
        public CancelDischargeOrDeath {
            check(patient, stay, facility, at);
        }
    }

    /** The patient died (A03 with ZFM-2 = 9, or PID-30 = Y). */
    record Die(String patient, String stay, String facility, Instant at) implements HospitalFact {
        public Die {
            check(patient, stay, facility, at);
        }
    }

    /** The death was said of a living patient; for sources that say it other than by A13. */
    record CancelDeath(String patient, String stay, String facility, Instant at) implements HospitalFact {
        public CancelDeath {
            check(patient, stay, facility, at);
        }
    }

    private static void check(String patient, String stay, String facility, Instant at) {
        requireNonNull(patient, "patient is missing");
        requireNonNull(stay, "stay is missing");
        requireNonNull(facility, "facility is missing");
        requireNonNull(at, "at (effective time) is missing");
    }
}
