package fr.relais.kit.view;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the views' consumer groups have committed all that the topics held when this was begun, such as when the
 * instance started. Until then the
 * instance is not ready, so that a new version of a view takes over only when it has caught up, while old instances still
 * serve.
 */
final class CaughtUp {

    private static final Logger log = LoggerFactory.getLogger(CaughtUp.class);

    private final Supplier<Admin> admin;
    private final Map<String, Set<String>> topicsByGroup;
    private Map<String, Map<TopicPartition, Long>> ends = Map.of();
    private volatile boolean begun;
    private volatile boolean reached;

    CaughtUp(Supplier<Admin> admin, Map<String, Set<String>> topicsByGroup) {
        this.admin = admin;
        this.topicsByGroup = Map.copyOf(topicsByGroup);
    }

    boolean reached() {
        return reached;
    }

    void begin() {
        try (Admin kafka = admin.get()) {
            Map<String, Map<TopicPartition, Long>> found = new HashMap<>();
            for (var group : topicsByGroup.entrySet()) {
                found.put(group.getKey(), ends(kafka, group.getValue()));
            }
            ends = found;
            begun = true;
            look();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("views: cannot see yet how much there is to read: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void look() {
        if (reached) {
            return;
        }
        if (!begun) {
            begin();
            return;
        }
        try (Admin kafka = admin.get()) {
            for (var group : ends.entrySet()) {
                if (!reached(kafka, group.getKey(), group.getValue())) {
                    return;
                }
            }
            reached = true;
            log.info("views: caught up with all that was there");
        } catch (ExecutionException | TimeoutException e) {
            log.warn("views: cannot see whether they have caught up, looking again: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean reached(Admin kafka, String group, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed = kafka.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(10, TimeUnit.SECONDS);
        return ends.entrySet().stream().allMatch(end -> {
            OffsetAndMetadata at = committed.get(end.getKey());
            return end.getValue() == 0 || (at != null && at.offset() >= end.getValue());
        });
    }

    private static Map<TopicPartition, Long> ends(Admin kafka, Set<String> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (TopicDescription topic : kafka.describeTopics(topics)
                .allTopicNames()
                .get(10, TimeUnit.SECONDS)
                .values()) {
            topic.partitions()
                    .forEach(partition ->
                            asked.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        kafka.listOffsets(asked)
                .all()
                .get(10, TimeUnit.SECONDS)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }
}
