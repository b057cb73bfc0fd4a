package fr.relais.systemtests.bench;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How many records each view and reaction is behind. */
final class Lags implements AutoCloseable {

    private final Admin kafka;
    private List<String> groups = List.of();

    Lags(String bootstrapServers) {
        this.kafka = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Of each group, by its name. */
    Map<String, Long> now() {
        try {
            if (groups.isEmpty()) {
                groups = kafka.listGroups().all().get().stream()
                        .map(group -> group.groupId())
                        .sorted()
                        .toList();
            }
            Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = kafka.listConsumerGroupOffsets(
                            groups.stream().collect(Collectors.toMap(g -> g, g -> new ListConsumerGroupOffsetsSpec())))
                    .all()
                    .get();
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            committed.values().forEach(of -> of.keySet().forEach(where -> asked.put(where, OffsetSpec.latest())));
            var ends = kafka.listOffsets(asked).all().get();
            Map<String, Long> lags = new LinkedHashMap<>();
            new TreeMap<>(committed)
                    .forEach((group, offsets) -> lags.put(
                            group,
                            offsets.entrySet().stream()
                                    .filter(each -> each.getValue() != null)
                                    .mapToLong(each -> Math.max(
                                            0,
                                            requireNonNull(ends.get(each.getKey()))
                                                            .offset()
                                                    - each.getValue().offset()))
                                    .sum()));
            return lags;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not say how far its groups are", e.getCause());
        }
    }

    @Override
    public void close() {
        kafka.close();
    }
}
