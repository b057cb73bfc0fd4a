package fr.relais.pathway.ingress.hl7v2;

import fr.relais.events.EncounterEvent.Destination;
import java.util.Set;

/**
 * What the end of a visit (ADT A03) means for care at home: PAM-FR 2.11.2 §5.3.5, 6.10.1, 6.10.13, 6.10.15, 6.17.2–4 for
 * the codes. The class of the visit comes first, then how and where the patient left: who reads it the other way round
 * takes the end of every consultation for a discharge.
 */
final class Discharges {

    /** End of a consultation, an emergency visit or a session; a pre-admission or a visit that is none. */
    private static final Set<String> NO_STAY = Set.of("E", "O", "R", "P", "N", "C");

    /** Kinds of treatment (PV1-21) whose end sends somebody home: complete, day, night, week or ambulatory surgery. */
    private static final Set<String> OF_A_STAY = Set.of("", "03", "04", "05", "20", "23");

    private Discharges() {}

    /**
     * The signs that decide, each empty where the message does not say.
     *
     * @param patientClass PV1-2
     * @param treatment PV1-21
     * @param circumstance PV1-36
     * @param newborn ZFM-1
     * @param mode ZFM-2
     * @param destination ZFM-4
     * @param death PID-30
     * @param isProtected PD1-12 or PV2-22 is Y
     */
    record Signs(
            String patientClass,
            String treatment,
            String circumstance,
            String newborn,
            String mode,
            String destination,
            String death,
            boolean isProtected) {

        boolean isStay() {
            return patientClass.equals("I");
        }

        private boolean died() {
            return death.equals("Y") || mode.equals("9");
        }
    }

    /** What it means. */
    sealed interface Ending {

        /** The stay ended, and the patient is cared for elsewhere. */
        record Left(Destination to) implements Ending {}

        /** The patient died. */
        record Died() implements Ending {}

        /** No stay ended, and nothing starts. */
        record NoDischarge(String why) implements Ending {}

        /** A stay ended and a person has to say how; the reason is free of identity. */
        record Unclear(String why) implements Ending {}
    }

    /** Reads the signs. */
    static Ending of(Signs signs) {
        boolean noStay = NO_STAY.contains(signs.patientClass());
        if (signs.isProtected() && (!noStay || signs.died())) {
            return new Ending.Unclear("the patient's data are protected (PD1-12 or PV2-22): ask the ward");
        }
        // A death counts wherever it happened: nobody is sent to a dead patient's home.
        if (signs.died()) {
            return new Ending.Died();
        }
        if (noStay) {
            return new Ending.NoDischarge("not-a-stay");
        }
        if (!signs.isStay()) {
            return new Ending.Unclear("class of the visit (PV1-2) is missing or not one of PAM-FR");
        }
        if (signs.newborn().equals("N")) {
            return new Ending.NoDischarge("newborn");
        }
        if (signs.treatment().equals("06")) {
            return new Ending.Unclear("end of a stay in HAD (PV1-21 is 06)");
        }
        if (!OF_A_STAY.contains(signs.treatment())) {
            return new Ending.Unclear("kind of treatment (PV1-21) is not that of a stay");
        }
        if (signs.circumstance().equals("4")) {
            return new Ending.Left(Destination.AGAINST_ADVICE);
        }
        return byMode(signs.mode(), signs.destination());
    }

    private static Ending byMode(String mode, String destination) {
        return switch (mode) {
            case "8" ->
                switch (destination) {
                    case "" -> new Ending.Left(Destination.HOME);
                    case "6" -> new Ending.Left(Destination.HAD);
                    case "7" -> new Ending.Left(Destination.MEDICO_SOCIAL);
                    case "8" -> new Ending.Left(Destination.SSIAD);
                    default -> new Ending.Unclear("home (ZFM-2 is 8) to a destination (ZFM-4) that is not home");
                };
            case "7" -> new Ending.Left(destination.equals("6") ? Destination.HAD : Destination.OTHER_HOSPITAL);
            case "6" ->
                destination.equals("6") ? new Ending.Left(Destination.HAD) : new Ending.NoDischarge("moved-inside");
            case "0" -> new Ending.NoDischarge("transferred-for-an-act");
            case "4" -> new Ending.Left(Destination.AGAINST_ADVICE);
            case "" -> new Ending.Unclear("how the patient left (ZFM-2) is missing");
            default -> new Ending.Unclear("how the patient left (ZFM-2) is not a code of PAM-FR");
        };
    }
}
