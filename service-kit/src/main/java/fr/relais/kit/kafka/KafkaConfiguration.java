package fr.relais.kit.kafka;

import fr.relais.events.EventCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerProducerListener;

/** Kafka as every service uses it; addresses, SASL and TLS come from {@code spring.kafka.*}. */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@EnableConfigurationProperties({KafkaSettings.class, KafkaProperties.class})
class KafkaConfiguration {

    @Bean
    EventCatalogue eventCatalogue() {
        return EventCatalogue.standard();
    }

    /** Makes an admin client; whoever asks closes it. */
    @Bean
    KafkaAdmins kafkaAdmins(KafkaProperties kafka) {
        Map<String, Object> settings = kafka.buildAdminProperties();
        return new KafkaAdmins(() -> Admin.create(settings));
    }

    @Bean
    Topics topics(
            KafkaAdmins admins,
            KafkaSettings settings,
            EventCatalogue catalogue,
            @Value("${spring.application.name}") String service) {
        return new Topics(admins.each(), settings, catalogue, service);
    }

    @Bean
    KafkaTemplate<String, byte[]> relaisKafka(KafkaProperties kafka, MeterRegistry metrics) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // A relay that waits for a broker that is away asks again soon enough, and no request holds a thread for long.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        DefaultKafkaProducerFactory<String, byte[]> producers = new DefaultKafkaProducerFactory<>(settings);
        producers.addListener(new MicrometerProducerListener<>(metrics));
        return new KafkaTemplate<>(producers);
    }

    @Bean
    EventSender eventSender(KafkaTemplate<String, byte[]> relaisKafka) {
        return new EventSender(relaisKafka);
    }

    @Bean
    Listeners listeners(
            KafkaProperties kafka,
            KafkaSettings settings,
            MeterRegistry metrics,
            @Value("${spring.application.name}") String service) {
        return new Listeners(kafka.buildConsumerProperties(), settings, service, metrics);
    }
}
