package fr.relais.kit.kafka;

import fr.relais.events.CloudEventHeaders;
import fr.relais.events.Content;
import fr.relais.events.DomainEvent;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;

/** The one way out to Kafka: {@code acks=all}, idempotent, key = stream. */
public final class EventSender {

    private final KafkaTemplate<String, byte[]> kafka;

    EventSender(KafkaTemplate<String, byte[]> kafka) {
        this.kafka = kafka;
    }

    /** Hands an event of a journal to its family's topic; the answer comes when every in-sync replica has it. */
    public CompletableFuture<?> send(EventCatalogue catalogue, RecordedEvent event) {
        byte[] value = switch (event.content()) {
            case Content.Known(DomainEvent known) -> catalogue.encode(known);
            case Content.Unknown(byte[] json) -> json;
        };
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(catalogue.topicOf(event.type()), null, event.stream(), value);
        CloudEventHeaders.of(event).forEach(record.headers()::add);
        return send(record);
    }

    /** Hands over a record that is no event: a replay request, a dead letter, a live change. */
    public CompletableFuture<?> send(String topic, String key, byte[] value, Map<String, byte[]> headers) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, null, key, value);
        headers.forEach(record.headers()::add);
        return send(record);
    }

    private CompletableFuture<?> send(ProducerRecord<String, byte[]> record) {
        try {
            return kafka.send(record);
        } catch (RuntimeException e) {
            // The template throws where it could not even queue the record, for example without metadata.
            return CompletableFuture.failedFuture(e);
        }
    }
}
