package fr.relais.localstack;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKafkaIT {

    @TempDir
    private Path folder;

    @Test
    void the_shared_stack_carries_a_record_to_a_group() throws Exception {
        String servers = LocalStack.shared().bootstrapServers();
        createTopic(servers, "relais.first-look");
        send(servers, "relais.first-look", "hello");

        assertThat(read(servers, "relais.first-look", 1)).containsExactly("hello");
    }

    @Test
    void what_was_sent_is_there_after_a_stop_and_after_a_crash() throws Exception {
        Ports ports = Ports.free();
        try (LocalKafka kafka = LocalKafka.start(folder, ports.kafka(), ports.kafkaController())) {
            assumeTrue(kafka instanceof BrokerProcess, "only what is ours to restart");
            createTopic(kafka.bootstrapServers(), "relais.restart");
            send(kafka.bootstrapServers(), "relais.restart", "before");

            kafka.stop();
            kafka.restart();
            send(kafka.bootstrapServers(), "relais.restart", "between");
            kafka.kill();
            kafka.restart();
            send(kafka.bootstrapServers(), "relais.restart", "after");

            assertThat(read(kafka.bootstrapServers(), "relais.restart", 3))
                    .containsExactly("before", "between", "after");
        }
    }

    private static void createTopic(String servers, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(30, SECONDS);
        }
    }

    private static void send(String servers, String topic, String value) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers, "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get(30, SECONDS);
        }
    }

    private static List<String> read(String servers, String topic, int count) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", servers, "group.id", "readers", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            List<String> values = new ArrayList<>();
            await().atMost(60, SECONDS).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
            return values;
        }
    }
}
