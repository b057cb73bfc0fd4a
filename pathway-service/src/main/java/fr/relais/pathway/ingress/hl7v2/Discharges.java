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

    static final String PROTECTED = "The patient's data are protected (PD1-12 or PV2-22): ask the ward what happened.";

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
     * @param deathTime PID-29
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
            String deathTime,
            boolean isProtected) {

        boolean isStay() {
            return patientClass.equals("I");
        }

        boolean isEmergency() {
            return patientClass.equals("E");
        }

        /** Whether it is a visit that is none of a stay and none of an emergency: nothing at home changes by it. */
        boolean isNoStay() {
            return NO_STAY.contains(patientClass) && !isEmergency();
        }

        /** What such a visit is, as a word. */
        String visit() {
            return switch (patientClass) {
                case "O" -> "consultation";
                case "R" -> "session";
                default -> "not-a-stay";
            };
        }

        boolean isNewborn() {
            return newborn.equals("N");
        }

        boolean died() {
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

        /** An emergency visit ended; whether there was care or not (PV1-36 = PSA) is information. */
        record LeftEmergency() implements Ending {}

        /**
         * A stay ended, and a person at the pathway has to say what follows; the words are free of identity.
         *
         * @param code word for counting
         */
        record Ask(String code, String why) implements Ending {}

        /**
         * A stay ended and a person has to say how; the words are free of identity.
         *
         * @param code word for counting
         */
        record Unclear(String code, String why) implements Ending {}
    }

    /** Reads the signs. */
    static Ending of(Signs signs) {
        boolean noStay = NO_STAY.contains(signs.patientClass());
        if (signs.isProtected() && (!noStay || signs.died())) {
            return new Ending.Ask("protected-data", PROTECTED);
        }
        // A death counts wherever it happened: nobody is sent to a dead patient's home.
        if (signs.died()) {
            return new Ending.Died();
        }
        if (!signs.deathTime().isEmpty()) {
            return new Ending.Unclear(
                    "death-contradicted",
                    "a time of death (PID-29) is given, but PID-30 does not say that the patient died");
        }
        if (signs.isEmergency()) {
            return signs.isProtected() ? new Ending.Ask("protected-data", PROTECTED) : new Ending.LeftEmergency();
        }
        if (noStay) {
            return new Ending.NoDischarge(signs.visit().equals("not-a-stay") ? "not-a-stay" : signs.visit() + "-ended");
        }
        if (!signs.isStay()) {
            return new Ending.Unclear("class-unclear", "class of the visit (PV1-2) is missing or not one of PAM-FR");
        }
        if (signs.isNewborn()) {
            return new Ending.NoDischarge("newborn");
        }
        if (signs.treatment().equals("06")) {
            return new Ending.Ask(
                    "had-ended", "The stay in HAD (PV1-21 is 06) ended: agree who takes over the care at home.");
        }
        if (!OF_A_STAY.contains(signs.treatment())) {
            return new Ending.Unclear("treatment-unknown", "kind of treatment (PV1-21) is not that of a stay");
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
                    default ->
                        new Ending.Unclear(
                                "destination-contradicted",
                                "home (ZFM-2 is 8) to a destination (ZFM-4) that is not home");
                };
            case "7" -> new Ending.Left(destination.equals("6") ? Destination.HAD : Destination.OTHER_HOSPITAL);
            case "6" ->
                destination.equals("6") ? new Ending.Left(Destination.HAD) : new Ending.NoDischarge("moved-inside");
            case "0" -> new Ending.NoDischarge("transferred-for-an-act");
            case "4" -> new Ending.Left(Destination.AGAINST_ADVICE);
            case "" -> new Ending.Unclear("mode-missing", "how the patient left (ZFM-2) is missing");
            default -> new Ending.Unclear("mode-unknown", "how the patient left (ZFM-2) is not a code of PAM-FR");
        };
    }
}
