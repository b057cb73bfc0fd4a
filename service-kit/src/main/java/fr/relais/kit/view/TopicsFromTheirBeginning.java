package fr.relais.kit.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** All records that topics hold at this moment, in batches, for folding a view again. */
final class TopicsFromTheirBeginning implements AutoCloseable {

    private final Consumer<String, byte[]> consumer;
    private final Map<TopicPartition, Long> ends;

    TopicsFromTheirBeginning(Consumer<String, byte[]> consumer, Collection<String> topics) {
        this.consumer = consumer;
        List<TopicPartition> partitions = new ArrayList<>();
        topics.forEach(topic -> consumer.partitionsFor(topic)
                .forEach(info -> partitions.add(new TopicPartition(topic, info.partition()))));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.ends = consumer.endOffsets(partitions);
    }

    /** The next batch; an empty one is the end. */
    List<ConsumerRecord<String, byte[]>> next() {
        List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>();
        while (batch.isEmpty() && isMore()) {
            consumer.poll(Duration.ofMillis(200)).forEach(batch::add);
        }
        return batch;
    }

    private boolean isMore() {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
