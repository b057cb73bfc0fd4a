package fr.relais.kit;

import fr.relais.kit.view.Rebuild;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** All records that topics hold at this moment, without a consumer group, for rebuilding a view. */
public final class TopicsFromTheirBeginning implements Rebuild.Source {

    private final KafkaConsumer<String, byte[]> consumer;
    private Map<TopicPartition, Long> ends = Map.of();
    private boolean begun;

    public TopicsFromTheirBeginning(String bootstrapServers) {
        this.consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public List<ConsumerRecord<String, byte[]>> next(Collection<String> topics) {
        if (!begun) {
            List<TopicPartition> partitions = new ArrayList<>();
            topics.forEach(topic -> consumer.partitionsFor(topic)
                    .forEach(info -> partitions.add(new TopicPartition(topic, info.partition()))));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            ends = consumer.endOffsets(partitions);
            begun = true;
        }
        List<ConsumerRecord<String, byte[]>> batch = new ArrayList<>();
        while (batch.isEmpty()
                && ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(200)).forEach(batch::add);
        }
        return batch;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
