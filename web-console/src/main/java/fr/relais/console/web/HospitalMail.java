package fr.relais.console.web;

import fr.relais.console.web.Texts.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages of hospitals, by what became of them.
 *
 * @param status which ones, as a word of the API
 * @param facility only of this hospital; null for all
 */
record HospitalMail(
        String status,
        List<Tab> tabs,
        List<Row> rows,
        @Nullable String more,
        @Nullable String facility,
        When at) {

    /** A status to look at. */
    record Tab(String status, String word, String address, boolean here) {}

    /**
     * A message in one line.
     *
     * @param kind what kind of message, in words
     * @param facility as the hospital names itself
     * @param control the hospital's own number of it
     * @param why in words: what is wrong, or what it did
     */
    record Row(
            String id,
            String kind,
            String facility,
            @Nullable String control,
            String tone,
            String word,
            @Nullable String why,
            When receivedAt,
            int repeats) {}

    /**
     * One message.
     *
     * @param decisions what people did about it, in words
     * @param readable whether the visitor may read what it says
     * @param waits whether it waits for a person
     * @param reading what it says, once it was asked for
     * @param comparison what a correction would change, before it is sent
     */
    record Message(
            Row row,
            List<Decided> decisions,
            boolean readable,
            boolean waits,
            @Nullable String corrects,
            @Nullable String correctedBy,
            @Nullable Reading reading,
            @Nullable Comparison comparison,
            String once) {

        @Override
        public String toString() {
            return "Message[" + row.id() + ", withheld]";
        }
    }

    /** What somebody did, who, when and why. */
    record Decided(
            String what, String who, When at, @Nullable String why) {}

    /**
     * What a message says.
     *
     * @param text the whole, one segment a line
     */
    record Reading(String text, List<Segment> segments) {}

    /**
     * A segment.
     *
     * @param title what it is about, in words
     * @param missing whether it is not there, and the reason asks for it
     */
    record Segment(String name, String title, List<Field> fields, boolean missing) {}

    /**
     * A field.
     *
     * @param position for example {@code PID-5}
     * @param value empty where it is not there, and the reason asks for it
     * @param meaning the value for people, where it is a time; null otherwise
     * @param asked whether the reason names it
     */
    record Field(
            String position,
            String title,
            String value,
            @Nullable String meaning,
            boolean asked) {}

    /** What a corrected text changes. */
    record Comparison(String text, List<Change> changes) {}

    /** One place that changes; empty where there was or will be nothing. */
    record Change(String position, String title, String before, String after) {}
}
