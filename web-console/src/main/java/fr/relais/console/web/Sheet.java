package fr.relais.console.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pathway on paper: for the patient, one A4, without a diagnosis; or for a professional's software, five plain lines.
 *
 * @param patient as the patient is called
 * @param visits who comes, in the order of the days
 * @param contacts whom to call, first first
 * @param lines the five lines
 * @param changed what is said of the sheet before, in one sentence; null where there was none
 */
record Sheet(
        String id,
        String patient,
        List<Visit> visits,
        List<Contact> contacts,
        List<String> lines,
        String printed,
        @Nullable String changed) {

    /** The lines as one text. */
    public String plain() {
        return String.join("\n", lines);
    }

    /** Somebody who comes, or whom to see; {@code fresh} where that is not what the sheet before said. */
    record Visit(String what, String who, String when, boolean fresh) {}

    /** Somebody to call; the number as it is dialled, empty where none was published. */
    record Contact(String name, String role, String phone) {}

    @Override
    public String toString() {
        return "Sheet[" + id + ", withheld]";
    }
}
