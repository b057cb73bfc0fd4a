package fr.relais.systemtests.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Events of real pathways, put into their topic again under other ids. */
final class Copies {

    private static final int PARTITIONS = 12;

    private final String bootstrapServers;
    private final String topic;

    Copies(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
    }

    /** Writes copies of these streams, whole ones, until there are so many events more. */
    void write(List<String> prototypes, int events) {
        List<ConsumerRecord<String, byte[]>> models = read(prototypes);
        if (models.isEmpty()) {
            throw new IllegalStateException("there is nothing to copy in " + topic);
        }
        Properties settings = new Properties();
        settings.putAll(Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "5"));
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            int number = 5_000_000;
            for (int written = 0; written < events; number++) {
                for (ConsumerRecord<String, byte[]> model : models) {
                    producer.send(copy(model, number));
                }
                written += models.size();
                number += prototypes.size();
            }
            producer.flush();
        }
    }

    private static ProducerRecord<String, byte[]> copy(ConsumerRecord<String, byte[]> model, int number) {
        String from = model.key().substring("pathway-".length());
        // Streams that differ in their id differ in it here too.
        String to = Seed.id(number).substring(0, 18) + from.substring(18);
        ProducerRecord<String, byte[]> copy = new ProducerRecord<>(
                model.topic(), null, model.timestamp(), "pathway-" + to, renamed(model.value(), from, to));
        for (Header header : model.headers()) {
            copy.headers().add(header.key(), renamed(header.value(), from, to));
        }
        return copy;
    }

    private static byte[] renamed(byte[] text, String from, String to) {
        return new String(text, StandardCharsets.UTF_8).replace(from, to).getBytes(StandardCharsets.UTF_8);
    }

    private List<ConsumerRecord<String, byte[]>> read(List<String> streams) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrapServers);
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, PARTITIONS)
                    .mapToObj(each -> new TopicPartition(topic, each))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
                for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofSeconds(1))) {
                    if (streams.contains(each.key())) {
                        found.add(each);
                    }
                }
            }
        }
        return found;
    }
}
