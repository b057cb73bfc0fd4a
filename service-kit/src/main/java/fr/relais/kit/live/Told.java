package fr.relais.kit.live;

import java.util.Map;
import java.util.Set;

/** A change with its place in the topic, which is its SSE id. */
record Told(long offset, Change change) {

    private static final String MISSED = "reset";

    /** Says to everybody that something could not be told. */
    static Change missed() {
        return new Change(MISSED, "", Set.of(), Map.of());
    }

    boolean isMissed() {
        return change.kind().equals(MISSED);
    }

    LiveMessage message() {
        return new LiveMessage(change.kind(), change.id(), change.data());
    }
}
