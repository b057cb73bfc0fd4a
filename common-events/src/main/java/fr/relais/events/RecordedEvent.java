package fr.relais.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in a journal and travels through Kafka: a CloudEvent 1.0 in binary mode.
 *
 * @param id unique over all events ({@code ce_id}); {@code <stream>:<sequence>}
 * @param type name and version on the wire ({@code ce_type}), for example {@code pathway.step-overdue.v1}
 * @param stream the stream it belongs to ({@code ce_subject}), also the Kafka key
 * @param sequence counts the events of the stream from 1, without holes ({@code ce_sequence})
 * @param time when it was recorded ({@code ce_time}); effective times are in the event itself
 * @param source the service that recorded it ({@code ce_source})
 * @param actor who did it ({@code ce_actor}, {@code ce_actorstructure})
 * @param causation id of the event that caused it, null when a person or a message did ({@code ce_causation})
 * @param traceparent W3C trace context of the command ({@code traceparent})
 * @param content the event itself
 */
public record RecordedEvent(
        String id,
        String type,
        String stream,
        long sequence,
        Instant time,
        String source,
        Actor actor,
        @Nullable String causation,
        @Nullable String traceparent,
        Content content) {

    public RecordedEvent {
        requireNonNull(id, "id is missing");
        requireNonNull(type, "type is missing");
        requireNonNull(stream, "stream is missing");
        requireNonNull(time, "time is missing");
        requireNonNull(source, "source is missing");
        requireNonNull(actor, "actor is missing");
        requireNonNull(content, "content is missing");
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence is " + sequence + ", but sequences count from 1");
        }
    }

    /** The id that the event of this sequence bears in a stream. */
    public static String idOf(String stream, long sequence) {
        return stream + ":" + sequence;
    }

    /** The event, when this build knows its type and version. */
    public Optional<DomainEvent> event() {
        return switch (content) {
            case Content.Known known -> Optional.of(known.event());
            case Content.Unknown unknown -> Optional.empty();
        };
    }
}
