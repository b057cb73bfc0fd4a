package fr.relais.kit.kafka;

import fr.relais.events.CloudEventHeaders;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record as a listener meets it: an event, or something that cannot be read as one. */
public sealed interface Incoming {

    /** The record as Kafka gave it. */
    ConsumerRecord<String, byte[]> record();

    /** An event. */
    record Event(ConsumerRecord<String, byte[]> record, RecordedEvent event) implements Incoming {}

    /**
     * Not readable.
     *
     * @param stream its stream, where at least the key says so
     * @param sequence its sequence, 0 where even that is unknown
     */
    record Broken(
            ConsumerRecord<String, byte[]> record, @Nullable String stream, long sequence, RuntimeException why)
            implements Incoming {}

    /** Reads a record. */
    static Incoming read(EventCatalogue catalogue, ConsumerRecord<String, byte[]> record) {
        try {
            return new Event(record, CloudEventHeaders.read(catalogue, name -> header(record, name), record.value()));
        } catch (RuntimeException why) {
            return new Broken(record, record.key(), sequence(record), why);
        }
    }

    /** The stream that a record says it is of, by its key and its header, before anything else of it is read. */
    static Optional<String> streamOf(ConsumerRecord<String, byte[]> record) {
        byte @Nullable [] subject = header(record, "ce_subject");
        return subject == null || record.key() == null
                ? Optional.empty()
                : Optional.of(new String(subject, StandardCharsets.UTF_8)).filter(record.key()::equals);
    }

    /** How long ago the relay sent it. */
    default Duration age(Instant realNow) {
        return Duration.between(Instant.ofEpochMilli(record().timestamp()), realNow);
    }

    /** Where it stands in Kafka: topic, partition and offset in one word. */
    static String reference(ConsumerRecord<?, ?> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private static long sequence(ConsumerRecord<String, byte[]> record) {
        byte @Nullable [] sequence = header(record, "ce_sequence");
        try {
            return sequence == null ? 0 : Long.parseLong(new String(sequence, StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static byte @Nullable [] header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }
}
