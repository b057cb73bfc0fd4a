package fr.relais.systemtests.audit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of a topic.
 *
 * @param at when Kafka got it, by the real clock
 * @param headers as text
 */
@SuppressWarnings("ArrayRecordComponent") // looked at once, never compared
record Published(
        String topic,
        int partition,
        long offset,
        Instant at,
        @Nullable String key,
        Map<String, String> headers,
        byte[] value) {

    /** Where it stands, in one word. */
    String where() {
        return topic + "-" + partition + "@" + offset;
    }

    /** The sequence it bears; 0 where it bears none that can be read. */
    long sequence() {
        try {
            return Long.parseLong(headers.getOrDefault("ce_sequence", "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
