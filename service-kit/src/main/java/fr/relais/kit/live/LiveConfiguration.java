package fr.relais.kit.live;

import fr.relais.kit.kafka.EventSender;
import fr.relais.kit.kafka.Topics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;

/** Gives a service its {@link LiveFeed} and {@link LiveChanges}. */
@AutoConfiguration(afterName = "fr.relais.kit.kafka.KafkaConfiguration")
@EnableConfigurationProperties(LiveProperties.class)
class LiveConfiguration {

    private final String topic;
    private final LiveProperties properties;

    LiveConfiguration(LiveProperties properties, @Value("${spring.application.name}") String service) {
        this.properties = properties;
        this.topic = Topics.liveOf(service);
    }

    @Bean
    LiveFeed liveFeed() {
        return new LiveFeed(properties);
    }

    @Bean
    LiveTopic liveChanges(EventSender sender) {
        return new LiveTopic(value -> sender.send(topic, "live", value, Map.of()));
    }

    @Bean
    LiveFollower liveFollower(LiveFeed feed, LiveTopic changes, KafkaProperties kafka) {
        return new LiveFollower(feed, changes, properties, topic, consumers(kafka.buildConsumerProperties()));
    }

    static Supplier<Consumer<String, byte[]>> consumers(Map<String, Object> given) {
        Map<String, Object> settings = new HashMap<>(given);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A place that is gone is our business: pages must be told to load anew.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    @Bean
    MeterBinder liveMeters(LiveFeed feed) {
        return registry -> {
            Gauge.builder("relais.live.pages", feed, LiveFeed::subscribers)
                    .description("open pages that are told what changes")
                    .register(registry);
            FunctionCounter.builder("relais.live.dropped", feed, LiveFeed::dropped)
                    .description("streams ended because the page did not keep up")
                    .register(registry);
        };
    }
}
