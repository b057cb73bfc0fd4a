package fr.relais.kit.kafka;

import fr.relais.kit.failure.Failures;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Batch listeners, all alike: offsets are committed a moment after the batch is done, and a failure of the machine repeats the
 * batch without end, with back-off.
 */
public final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private static final int SESSION_MILLIS = 15_000;
    private static final Duration COMMITTED_WITHIN = Duration.ofSeconds(1);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(10);
    private static final Duration POLLED_WITHIN = Duration.ofMillis(250);

    /** How long a listener rests after a batch, unless it may rest longer. */
    public static final Duration BETWEEN_BATCHES = Duration.ofMillis(5);

    private static final int COMMITTED_AFTER = 5_000;

    private final Map<String, Object> configuration;
    private final KafkaSettings properties;
    private final String service;
    private final MeterRegistry metrics;

    Listeners(Map<String, Object> configuration, KafkaSettings properties, String service, MeterRegistry metrics) {
        this.configuration = Map.copyOf(configuration);
        this.properties = properties;
        this.service = service;
        this.metrics = metrics;
    }

    /** Name of the consumer group of one of this service's views or reactions. */
    public String group(String name) {
        return service + "." + name;
    }

    /** A container, not yet started, that hands batches to the listener in order within each partition. */
    public ConcurrentMessageListenerContainer<String, byte[]> batches(
            String name,
            Collection<String> topics,
            java.util.function.Consumer<List<ConsumerRecord<String, byte[]>>> listener) {
        return batches(name, topics, BETWEEN_BATCHES, listener);
    }

    /**
     * The same with a rest of its own.
     *
     * @param rest between two batches; what comes in the meantime shares one
     */
    public ConcurrentMessageListenerContainer<String, byte[]> batches(
            String name,
            Collection<String> topics,
            Duration rest,
            java.util.function.Consumer<List<ConsumerRecord<String, byte[]>>> listener) {
        ContainerProperties container = new ContainerProperties(topics.toArray(String[]::new));
        container.setGroupId(group(name));
        // Every batch ends in the same place when it is repeated, so that a crash costs a moment of repeats and nothing
        // else.
        container.setAckMode(ContainerProperties.AckMode.COUNT_TIME);
        container.setAckCount(COMMITTED_AFTER);
        container.setAckTime(COMMITTED_WITHIN.toMillis());
        container.setPollTimeout(POLLED_WITHIN.toMillis());
        // What comes in the meantime shares a batch; what comes after a rest is taken at once.
        container.setIdleBetweenPolls(rest.toMillis());
        container.setMissingTopicsFatal(false);
        container.setMessageListener((BatchMessageListener<String, byte[]>) listener::accept);
        ConcurrentMessageListenerContainer<String, byte[]> listening =
                new ConcurrentMessageListenerContainer<>(consumers(), container);
        listening.setConcurrency(properties.concurrency());
        listening.setBeanName(name);
        listening.setCommonErrorHandler(withoutEnd(name));
        return listening;
    }

    /**
     * Stops them all at once and returns when each has finished the batch it is in, or has had ten seconds to. One after the
     * other they would take as long as a service is given to stop.
     */
    public static void stop(Collection<ConcurrentMessageListenerContainer<String, byte[]>> listening) {
        CountDownLatch stopped = new CountDownLatch(listening.size());
        listening.forEach(container -> container.stop(stopped::countDown));
        try {
            if (!stopped.await(STOPPED_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                log.warn("{} listeners are still at their batch; what they do is repeated", stopped.getCount());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The one record that stands there, read without a group; empty when Kafka no longer has it.
     *
     * @param offset its offset in the partition
     */
    public Optional<ConsumerRecord<String, byte[]>> recordAt(String topic, int partition, long offset) {
        TopicPartition where = new TopicPartition(topic, partition);
        try (Consumer<String, byte[]> consumer = reader()) {
            consumer.assign(List.of(where));
            if (consumer.endOffsets(List.of(where)).getOrDefault(where, 0L) <= offset) {
                return Optional.empty();
            }
            consumer.seek(where, offset);
            for (int attempt = 0; attempt < 10; attempt++) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    return record.offset() == offset ? Optional.of(record) : Optional.empty();
                }
            }
            return Optional.empty();
        }
    }

    /** A consumer that belongs to no group and is given its partitions; whoever asks closes it. */
    public Consumer<String, byte[]> reader() {
        return consumers().createConsumer(group("look"), "");
    }

    private ConsumerFactory<String, byte[]> consumers() {
        Map<String, Object> settings = new HashMap<>(configuration);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // An instance that crashed says no goodbye: until its session ends nobody reads its partitions, neither another
        // instance nor itself, started again. Kafka's own 45 s would hold up every notice for so long.
        settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.batch());
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // A fetch is answered as soon as there is a record; where there is none, asking twice a second keeps everybody
        // busy.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 2_000);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        DefaultKafkaConsumerFactory<String, byte[]> factory = new DefaultKafkaConsumerFactory<>(settings);
        factory.addListener(new MicrometerConsumerListener<>(metrics));
        return factory;
    }

    private static DefaultErrorHandler withoutEnd(String name) {
        ExponentialBackOff backOff = new ExponentialBackOff(200, 2.0);
        backOff.setMaxInterval(15_000);
        backOff.setMaxAttempts(Long.MAX_VALUE);
        DefaultErrorHandler handler = new DefaultErrorHandler(backOff);
        handler.setRetryListeners((record, failure, attempt) -> {
            if (attempt <= 3 || attempt % 20 == 0) {
                log.warn(
                        "{}: the machine failed, attempt {}, trying again: {}",
                        name,
                        attempt,
                        failure == null ? "unknown" : Failures.inWords(failure));
            }
        });
        return handler;
    }
}
