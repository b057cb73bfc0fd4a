package fr.relais.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents 1.0 in Kafka's binary content mode: attributes in headers {@code ce_*}, the event alone in the value.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     protocol binding</a>
 */
public final class CloudEventHeaders {

    private static final String SPEC_VERSION = "1.0";

    private CloudEventHeaders() {}

    /** The headers of an event, in the order in which they are written. */
    public static Map<String, byte[]> of(RecordedEvent event) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        put(headers, "ce_specversion", SPEC_VERSION);
        put(headers, "ce_id", event.id());
        put(headers, "ce_type", event.type());
        put(headers, "ce_source", event.source());
        put(headers, "ce_subject", event.stream());
        put(headers, "ce_time", event.time().toString());
        put(headers, "ce_sequence", Long.toString(event.sequence()));
        put(headers, "ce_actor", event.actor().id());
        put(headers, "ce_actorstructure", event.actor().structure());
        put(headers, "ce_causation", event.causation());
        put(headers, "traceparent", event.traceparent());
        put(headers, "content-type", "application/json");
        return headers;
    }

    private static void put(Map<String, byte[]> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Reads an event from headers and value.
     *
     * @param header gives the last header of a name, or null
     * @throws IllegalArgumentException when a header is missing or malformed, saying which
     */
    public static RecordedEvent read(
            EventCatalogue catalogue, Function<String, byte @Nullable []> header, byte[] value) {
        String version = required(header, "ce_specversion");
        if (!version.equals(SPEC_VERSION)) {
            throw new IllegalArgumentException("header ce_specversion is not " + SPEC_VERSION
                    + ", the one version of CloudEvents that Relais reads");
        }
        String type = required(header, "ce_type");
        String structure = optional(header, "ce_actorstructure");
        return new RecordedEvent(
                required(header, "ce_id"),
                type,
                required(header, "ce_subject"),
                sequence(required(header, "ce_sequence")),
                time(required(header, "ce_time")),
                required(header, "ce_source"),
                new Actor(required(header, "ce_actor"), structure),
                optional(header, "ce_causation"),
                optional(header, "traceparent"),
                catalogue.decode(type, value));
    }

    private static long sequence(String text) {
        try {
            long sequence = Long.parseLong(text);
            if (sequence < 1) {
                throw new IllegalArgumentException("header ce_sequence is below 1, where sequences begin");
            }
            return sequence;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("header ce_sequence is no number", e);
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("header ce_time is no ISO-8601 instant", e);
        }
    }

    private static String required(Function<String, byte @Nullable []> header, String name) {
        String value = optional(header, name);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException("header " + name + " is missing: this record is no event of Relais");
        }
        return value;
    }

    private static @Nullable String optional(Function<String, byte @Nullable []> header, String name) {
        byte @Nullable [] value = header.apply(name);
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
