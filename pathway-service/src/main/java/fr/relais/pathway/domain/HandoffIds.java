package fr.relais.pathway.domain;

import java.util.Optional;

/**
 * Ids of handoffs and searches. They are made of the pathway's id and a count, so that the rules need no random id and
 * whoever holds a handoff's id finds its pathway without a look-up.
 */
public final class HandoffIds {

    private static final String PATHWAY = "pathway-";
    private static final String HANDOFF = "handoff-";
    private static final String SEARCH = "search-";

    private HandoffIds() {}

    static String handoff(String pathway, int number) {
        return HANDOFF + bare(pathway) + "-" + number;
    }

    static String search(String pathway, int number) {
        return SEARCH + bare(pathway) + "-" + number;
    }

    /** The pathway of a handoff; empty when the text is no id of a handoff. */
    public static Optional<String> pathwayOf(String handoff) {
        int end = handoff.lastIndexOf('-');
        if (!handoff.startsWith(HANDOFF) || end <= HANDOFF.length()) {
            return Optional.empty();
        }
        return Optional.of(PATHWAY + handoff.substring(HANDOFF.length(), end));
    }

    private static String bare(String pathway) {
        return pathway.startsWith(PATHWAY) ? pathway.substring(PATHWAY.length()) : pathway;
    }
}
