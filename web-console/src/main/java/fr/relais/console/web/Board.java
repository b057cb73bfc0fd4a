package fr.relais.console.web;

import fr.relais.console.web.Inbox.Fact;
import fr.relais.console.web.Texts.When;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How things stand, and the list behind one of the counters.
 *
 * @param here the address of this board with its filters
 * @param chips what the list is narrowed by, in words
 * @param seen what the shown rows may be narrowed by further
 * @param rows null where the visitor watches numbers and no lists
 * @param csv the whole list as a file
 * @param narrowedCounters whether the counters, too, are narrowed by the filters
 * @param ofCounters what the counters are narrowed by
 */
record Board(
        List<Counter> counters,
        String kind,
        String kindWord,
        @Nullable List<Row> rows,
        @Nullable String more,
        Map<String, String> filters,
        List<Chip> chips,
        Seen seen,
        List<Choice> templates,
        boolean narrowedCounters,
        Map<String, String> ofCounters,
        String here,
        String csv,
        String once,
        When at) {

    /** Whether these are the numbers of everybody, which can be narrowed to one collective's. */
    public boolean ofAll() {
        return rows == null;
    }

    /** What is added to the address of the live stream to follow the counters. */
    public String live() {
        return LiveController.counters(ofCounters);
    }

    /**
     * A number that leads to its list.
     *
     * @param text the number; a dash where it is hidden
     * @param tone {@code late}, {@code soon} or nothing; nothing while it is zero
     */
    record Counter(String kind, String word, String text, String tone, String address, boolean here) {}

    /**
     * A filter that can be taken off.
     *
     * @param without the address of the same list without it
     */
    record Chip(String word, String value, String without) {}

    /** Communes, structures and persons of the shown rows: code or number, and name. */
    record Seen(List<Choice> communes, List<Choice> structures, List<Choice> persons) {}

    /**
     * Several bear the name that was typed: which is meant?
     *
     * @param choices address of the list narrowed by each, and its name
     */
    record Which(String name, List<Choice> choices) {}

    /** A template to narrow by. */
    record Choice(String key, String title) {}

    /**
     * One thing to look at.
     *
     * @param item as forms carry it; null where there is nothing to offer
     * @param code what two people say on the phone to open the same pathway; empty where there is none
     * @param callable whether a call about it can be recorded
     * @param offerable whether it can be offered anew
     */
    record Row(
            String pathway,
            @Nullable String step,
            @Nullable String item,
            String code,
            String what,
            String template,
            String state,
            String word,
            List<Fact> facts,
            @Nullable String why,
            @Nullable When due,
            boolean late,
            When since,
            @Nullable String rests,
            boolean callable,
            boolean offerable) {}
}
