package fr.relais.systemtests.audit;

import fr.relais.events.RecordedEvent;
import java.time.Instant;
import java.util.List;

/**
 * One command's events, as a journal holds them.
 *
 * @param first sequence of the first event
 * @param command id of the command
 * @param at by the business clock
 * @param written by the real clock
 * @param sent whether the journal says that Kafka has them
 */
record Commit(
        String stream, long first, String command, List<Entry> events, Instant at, Instant written, boolean sent) {

    /**
     * An event.
     *
     * @param type name and version
     * @param json as it travels
     */
    record Entry(String type, String json) {}

    Commit {
        events = List.copyOf(events);
    }

    long last() {
        return first + events.size() - 1;
    }

    String idOf(int index) {
        return RecordedEvent.idOf(stream, first + index);
    }
}
