package fr.relais.localstack.frontdoor;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One stay of an invented patient, as the HL7 v2.5 messages (PAM-FR 2.11) that a French hospital sends of it.
 *
 * @param facility MSH-4, also the assigning authority of its numbers: its FINESS number
 * @param ipp the patient's number in that hospital
 * @param visit number of the stay (PV1-19)
 * @param familyName birth name
 * @param givenName first given name
 * @param born {@code yyyyMMdd}
 * @param sex {@code F} or {@code M}
 * @param ins matricule INS of the test authority, with its key
 */
public record Stay(
        String facility,
        String ipp,
        String visit,
        String familyName,
        String givenName,
        String born,
        String sex,
        String ins) {

    private static final DateTimeFormatter HL7 =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("Europe/Paris"));
    private static final AtomicInteger MESSAGES = new AtomicInteger();
    private static final long STARTED = System.currentTimeMillis();

    /** Admission (A01). */
    public String admitted(Instant at) {
        return message("A01", at, at, "INSERT", "A01", "", "");
    }

    /** Moved to another unit (A02). */
    public String moved(Instant at) {
        return message("A02", at, at, "INSERT", "A02", "", "");
    }

    /** Something about the patient was put right (A08). */
    public String putRight(Instant at) {
        return message("A08", at, at, "UPDATE", "A01", "", "");
    }

    /** The discharge is announced (A16). */
    public String dischargePlanned(Instant at, Instant expected) {
        return message("A16", at, at, "INSERT", "A16", HL7.format(expected), "");
    }

    /**
     * Discharge (A03).
     *
     * @param mode ZFM-2: 8 home, 7 transfer, 9 death
     */
    public String discharged(Instant at, String mode) {
        return message("A03", at, at, "INSERT", "A03", "", mode);
    }

    /** The discharge is cancelled (A13). */
    public String dischargeCancelled(Instant at, Instant discharge) {
        return message("A13", at, discharge, "CANCEL", "A03", "", "");
    }

    /** Arrival at the emergency room (A04 with PV1-2 = E), a visit of its own. */
    public String atEmergencies(Instant at) {
        return message("A04", "E", at, at, "INSERT", "A04", "", "");
    }

    /** The end of the emergency visit (A03 with PV1-2 = E). */
    public String leftEmergencies(Instant at) {
        return message("A03", "E", at, at, "INSERT", "A03", "", "");
    }

    /** The admission was a mistake (A11). */
    public String admissionCancelled(Instant at, Instant admission) {
        return message("A11", "I", at, admission, "CANCEL", "A01", "", "");
    }

    /** Another visit of the same patient to the same hospital. */
    public Stay again(String otherVisit) {
        return new Stay(facility, ipp, otherVisit, familyName, givenName, born, sex, ins);
    }

    private String message(
            String trigger,
            Instant sent,
            Instant happened,
            String action,
            String original,
            String expected,
            String mode) {
        return message(trigger, "I", sent, happened, action, original, expected, mode);
    }

    private String message(
            String trigger,
            String patientClass,
            Instant sent,
            Instant happened,
            String action,
            String original,
            String expected,
            String mode) {
        String id = facility + "-" + STARTED + "-" + MESSAGES.incrementAndGet();
        String now = HL7.format(sent);
        String when = HL7.format(happened);
        String movement = visit + "-" + original;
        boolean out = trigger.equals("A03");
        return String.join(
                "\r",
                "MSH|^~\\&|GAM|" + facility + "|RELAIS|RELAIS|" + now + "||ADT^" + trigger + "^" + structure(trigger)
                        + "|" + id + "|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR",
                "EVN||" + now + "|" + expected + "|||" + when,
                "PID|1||" + ipp + "^^^" + facility + "&" + facility + "&N^PI~" + ins
                        + "^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS||" + familyName + "^" + givenName + "^"
                        + givenName
                        + "^^^^L||" + born + "|" + sex
                        + "|||4 Rue de l Eglise^^GUERET^^23000^FRA^H~^^^^^^BDL^^63220|||||||" + "AN" + visit + "^^^"
                        + facility + "&"
                        + facility + "&N^AN||||||||||||N||VALI",
                "PV1|1|" + patientClass + "|^^^" + facility + "&" + facility + "&N^O||||||||||||||||" + visit + "^^^"
                        + facility + "&" + facility + "&N^VN" + "|".repeat(17) + (out ? "3" : "") + "|||||||||"
                        + (out ? when : ""),
                "PV2|||||||||" + expected,
                "ZBE|" + movement + "^GAM|" + when + "||" + action + "|N|" + (action.equals("CANCEL") ? original : "")
                        + "|^^^^^^UF^^^8782||HMS",
                "ZFM||" + mode,
                "");
    }

    private static String structure(String trigger) {
        return switch (trigger) {
            case "A16" -> "ADT_A16";
            case "A13", "A04", "A08" -> "ADT_A01";
            case "A11" -> "ADT_A09";
            default -> "ADT_" + trigger;
        };
    }
}
