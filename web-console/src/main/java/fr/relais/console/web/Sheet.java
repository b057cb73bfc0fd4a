package fr.relais.console.web;

import java.util.List;

/**
 * A pathway on paper: for the patient, one A4, without a diagnosis; or for a professional's software, five plain lines.
 *
 * @param patient as the patient is called
 * @param visits who comes, in the order of the days
 * @param contacts whom to call, first first
 * @param lines the five lines
 */
record Sheet(
        String id, String patient, List<Visit> visits, List<Contact> contacts, List<String> lines, String printed) {

    /** The lines as one text. */
    public String plain() {
        return String.join("\n", lines);
    }

    /** Somebody who comes, or whom to see. */
    record Visit(String what, String who, String when) {}

    /** Somebody to call; the number as it is dialled, empty where none was published. */
    record Contact(String name, String role, String phone) {}

    @Override
    public String toString() {
        return "Sheet[" + id + ", withheld]";
    }
}
