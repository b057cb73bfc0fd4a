package fr.relais.console.web;

import fr.relais.console.web.Inbox.Fact;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the directory.
 *
 * @param kind {@code professionals} or {@code structures}
 * @param filters as they stand in the address
 * @param mayAdd whether the visitor may add an entry
 */
record Listings(
        String kind,
        List<Row> rows,
        @Nullable String more,
        Map<String, String> filters,
        List<Board.Choice> professions,
        List<Board.Choice> types,
        boolean mayAdd) {

    /**
     * Somebody in one line.
     *
     * @param what profession or kind of structure, in words
     */
    record Row(String address, String name, String what, List<Fact> facts, Asked asked) {}

    /** Whether they may be asked now, in words. */
    record Asked(String tone, String text) {}

    /** Somebody with an address in this directory. */
    record Linked(
            String name, @Nullable String address, @Nullable String since) {}

    /** A way to reach them; a link where a browser can follow it. */
    record Way(String word, String value, @Nullable String link) {}

    /** Days away. */
    record Away(String id, String text, @Nullable String substitute) {}

    /**
     * One entry.
     *
     * @param load what waits for them and lies with them, in words; null where that is none of the visitor's
     * @param mayChange whether the visitor may say that they are full or away
     * @param saidRoom whether something was said about room
     * @param form what an operator may change; null for others
     */
    record Entry(
            String kind,
            String id,
            String name,
            String what,
            Asked asked,
            @Nullable String load,
            List<String> specialties,
            List<String> communes,
            List<Linked> structures,
            List<Linked> collectives,
            List<Linked> delegateOf,
            List<Way> contacts,
            List<Away> absences,
            boolean mayChange,
            boolean saidRoom,
            @Nullable Form form,
            String today,
            String once) {}

    /**
     * What an operator may change, as text.
     *
     * @param types of structures to choose from
     * @param seen a mark of what stood there when the form was drawn
     */
    record Form(
            String name,
            @Nullable String profession,
            @Nullable String type,
            @Nullable String commune,
            String specialties,
            String structures,
            String communes,
            String delegateOf,
            String memberOf,
            List<Contact> contacts,
            List<Board.Choice> types,
            String seen) {}

    /** A way to reach them as it stands in a form; the last ones are empty, for further ways. */
    record Contact(String kind, String value, String use) {}
}
