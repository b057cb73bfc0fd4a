package fr.relais.systemtests.audit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands in Kafka, and what its readers have not read. */
final class Topics implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int EMPTY_POLLS = 30;

    private final Map<String, Object> settings;
    private final Admin admin;

    Topics(String bootstrapServers) {
        settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "allow.auto.create.topics",
                false,
                "max.poll.records",
                2000);
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** All topics. */
    Set<String> names() {
        return answer(admin.listTopics().names());
    }

    /** All records of topics that are there, from the beginning to the end as it is now, each partition in order. */
    Stream<Published> read(Collection<String> topics) {
        Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        Set<String> there = names();
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            if (there.contains(topic)) {
                for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                    partitions.add(new TopicPartition(topic, partition.partition()));
                }
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Records(consumer, ends), 0), false)
                .onClose(consumer::close);
    }

    private static final class Records implements Iterator<Published> {

        private final Consumer<String, byte[]> consumer;
        private final Map<TopicPartition, Long> ends;
        private final Deque<Published> next = new ArrayDeque<>();

        Records(Consumer<String, byte[]> consumer, Map<TopicPartition, Long> ends) {
            this.consumer = consumer;
            this.ends = new HashMap<>(ends);
        }

        @Override
        public boolean hasNext() {
            int empty = 0;
            while (next.isEmpty()) {
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                if (ends.isEmpty()) {
                    return false;
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    next.add(published(record));
                }
                if (next.isEmpty() && ++empty == EMPTY_POLLS) {
                    throw new IllegalStateException(
                            "Kafka does not give the records up to " + ends + ": is the broker well?");
                }
            }
            return true;
        }

        @Override
        public Published next() {
            return next.remove();
        }
    }

    private static Published published(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
        }
        return new Published(
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key(),
                headers,
                record.value() == null ? new byte[0] : record.value());
    }

    /**
     * Records that the consumer groups of some services have not read.
     *
     * @param newest of the groups' names, those that are not an older build's
     */
    Map<String, Long> lags(Collection<String> services, UnaryOperator<List<String>> newest) {
        List<String> groups = newest.apply(
                answer(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
                        .map(GroupListing::groupId)
                        .filter(group -> services.stream().anyMatch(service -> group.startsWith(service + ".")))
                        .toList());
        Map<String, Long> lags = new TreeMap<>();
        for (String group : groups) {
            Map<TopicPartition, OffsetAndMetadata> read =
                    answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            Map<TopicPartition, Long> ends = ends(read.keySet());
            long lag = 0;
            for (Map.Entry<TopicPartition, OffsetAndMetadata> each : read.entrySet()) {
                if (each.getValue() != null) {
                    lag += Math.max(
                            0,
                            ends.getOrDefault(each.getKey(), 0L)
                                    - each.getValue().offset());
                }
            }
            lags.put(group, lag);
        }
        return lags;
    }

    /** How many records topics hold, those that compaction took away among them. */
    long size(Collection<String> topics) {
        Set<String> there = names();
        List<TopicPartition> partitions = new ArrayList<>();
        answer(admin.describeTopics(topics.stream().filter(there::contains).toList())
                        .allTopicNames())
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
        return ends(partitions).values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        answer(admin.listOffsets(asked).all()).forEach((partition, found) -> ends.put(partition, found.offset()));
        return ends;
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking Kafka", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer the auditor: is the broker up?", e);
        }
    }

    @Override
    public void close() {
        admin.close(PATIENCE);
    }
}
