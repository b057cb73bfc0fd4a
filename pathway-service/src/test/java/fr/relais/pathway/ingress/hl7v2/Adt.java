package fr.relais.pathway.ingress.hl7v2;

import java.util.ArrayList;
import java.util.List;

/** A French ADT message in the making, of a test patient's stay in an invented hospital. */
final class Adt {

    private final String trigger;
    private String facility = "CHU-VALLEES";
    private String ipp = "000300";
    private String visit = "26030017";
    private String at = "20260309110000";
    private String said = "20260309111154";
    private String planned = "";
    private String patientClass = "I";
    private String treatment = "03";
    private String circumstance = "";
    private String destination = "";
    private String movement = "M1";
    private String action = "INSERT";
    private String original = "";
    private String unit = "3105";
    private String zfm = "";
    private String death = "N";
    private String deathTime = "";
    private String status = "VALI";
    private String ins = "279035121518989";
    private String isProtected = "N";
    private final List<String> others = new ArrayList<>();

    private Adt(String trigger) {
        this.trigger = trigger;
    }

    static Adt adt(String trigger) {
        return new Adt(trigger);
    }

    Adt of(String movementNumber) {
        movement = movementNumber;
        return this;
    }

    /** Day and time of March 2026, for example {@code 09 11:00}. */
    Adt at(String dayAndTime) {
        at = time(dayAndTime);
        return this;
    }

    Adt said(String dayAndTime) {
        said = time(dayAndTime);
        return this;
    }

    Adt planned(String dayAndTime) {
        planned = time(dayAndTime);
        return this;
    }

    private static String time(String dayAndTime) {
        return "202603" + dayAndTime.replace(" ", "").replace(":", "") + "00";
    }

    Adt ofClass(String given) {
        patientClass = given;
        return this;
    }

    Adt treatment(String given) {
        treatment = given;
        return this;
    }

    Adt circumstance(String given) {
        circumstance = given;
        return this;
    }

    Adt to(String structure) {
        destination = structure;
        return this;
    }

    Adt cancelling(String what) {
        action = "CANCEL";
        original = what;
        return this;
    }

    Adt updating(String what) {
        action = "UPDATE";
        original = what;
        return this;
    }

    Adt unit(String given) {
        unit = given;
        return this;
    }

    /** ZFM from its first field on: entry, mode, entry from, destination. */
    Adt zfm(String fields) {
        zfm = fields;
        return this;
    }

    Adt dead(String indicator, String time) {
        death = indicator;
        deathTime = time;
        return this;
    }

    Adt status(String given) {
        status = given;
        return this;
    }

    Adt ipp(String given) {
        ipp = given;
        return this;
    }

    /** The INS in PID-3, {@code ""} withdrawn. */
    Adt ins(String given) {
        ins = given;
        return this;
    }

    Adt visit(String given) {
        visit = given;
        return this;
    }

    Adt fromFacility(String given) {
        facility = given;
        return this;
    }

    Adt withProtectedData() {
        isProtected = "Y";
        return this;
    }

    Adt with(String segment) {
        others.add(segment);
        return this;
    }

    String text() {
        List<String> segments = new ArrayList<>();
        segments.add("MSH|^~\\&|GAM|" + facility + "|RELAIS|RELAIS|" + said + "||ADT^" + trigger + "|"
                + (trigger + movement + said).hashCode() + "|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR");
        segments.add("EVN||" + said + "|" + planned + "|||" + at);
        segments.add("PID|1||" + ipp + "^^^" + facility + "&990000010&N^PI~" + ins
                + "^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS||PAT-TROIS^DOMINIQUE^DOMINIQUE^^^^L||19790328|F"
                + "|||28 AVENUE DES ESSAIS^^GUERET^^23000^FRA^H" + "|".repeat(18) + deathTime + "|" + death + "||"
                + status);
        segments.add("PD1" + "|".repeat(12) + isProtected);
        segments.addAll(others.stream()
                .filter(s -> s.startsWith("MRG") || s.startsWith("ROL"))
                .toList());
        segments.add("PV1|1|" + patientClass + "|" + unit + "^12^1" + "|".repeat(16)
                + (visit.isEmpty() ? "" : visit + "^^^" + facility + "&990000010&N^VN") + "||" + treatment
                + "|".repeat(15) + circumstance + "|" + destination);
        segments.addAll(others.stream()
                .filter(s -> !s.startsWith("MRG") && !s.startsWith("ROL"))
                .toList());
        segments.add(
                "ZBE|" + movement + "^GAM|" + at + "||" + action + "|N|" + original + "|^^^^^^UF^^^" + unit + "||HMS");
        if (!zfm.isEmpty()) {
            segments.add("ZFM|" + zfm);
        }
        return String.join("\r", segments) + "\r";
    }
}
