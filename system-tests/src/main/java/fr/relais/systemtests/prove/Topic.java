package fr.relais.systemtests.prove;

import fr.relais.events.EventCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What stands in a topic, and a way to put there what no service would. */
final class Topic {

    private final String bootstrapServers;
    private final String name;

    Topic(String bootstrapServers, String name) {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
    }

    /** The topics of all events. */
    static List<String> ofEvents() {
        return EventCatalogue.standard().families().stream()
                .map(EventCatalogue.Family::topic)
                .toList();
    }

    /** All records of a type, as in {@code pathway.step-overdue.v1}, up to now. */
    List<ConsumerRecord<String, byte[]>> all(String type) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        each(record -> {
            if (type.equals(header(record, "ce_type"))) {
                found.add(record);
            }
        });
        return found;
    }

    /** Every record up to now, in order within each partition. */
    void each(java.util.function.Consumer<ConsumerRecord<String, byte[]>> look) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                    .map(each -> new TopicPartition(name, each.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(look);
            }
        }
    }

    static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    /**
     * Puts a record there whose headers are those of another, but for these.
     *
     * @return where it stands: topic, partition and offset in one word
     */
    String put(ConsumerRecord<String, byte[]> like, String key, byte[] value, Map<String, String> headers)
            throws Exception {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("acks", "all");
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(name, key, value);
        like.headers().forEach(header -> record.headers().add(header));
        headers.forEach((header, text) -> {
            record.headers().remove(header);
            record.headers().add(header, text.getBytes(StandardCharsets.UTF_8));
        });
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            RecordMetadata at = producer.send(record).get();
            return at.topic() + "-" + at.partition() + "@" + at.offset();
        }
    }
}
