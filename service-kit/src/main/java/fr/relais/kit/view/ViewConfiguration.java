package fr.relais.kit.view;

import fr.relais.events.EventCatalogue;
import fr.relais.kit.kafka.KafkaAdmins;
import fr.relais.kit.kafka.KafkaSettings;
import fr.relais.kit.kafka.Listeners;
import fr.relais.kit.live.LiveChanges;
import fr.relais.kit.stream.DeadLetters;
import fr.relais.kit.stream.Replays;
import fr.relais.kit.time.RelaisClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import net.javacrumbs.shedlock.core.LockProvider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.mongodb.core.convert.DefaultMongoTypeMapper;
import org.springframework.data.mongodb.core.convert.MappingMongoConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;
import org.springframework.data.mongodb.core.convert.NoOpDbRefResolver;
import org.springframework.data.mongodb.core.mapping.MongoMappingContext;

/** The read models of a service. */
@AutoConfiguration(afterName = "fr.relais.kit.stream.StreamConfiguration")
class ViewConfiguration {

    /** Records to documents and back, without Java names in the documents: a class may be renamed. */
    static MappingMongoConverter viewConverter() {
        MongoCustomConversions conversions = MongoCustomConversions.create(
                MongoCustomConversions.MongoConverterConfigurationAdapter::useNativeDriverJavaTimeCodecs);
        MongoMappingContext context = new MongoMappingContext();
        context.setSimpleTypeHolder(conversions.getSimpleTypeHolder());
        context.setAutoIndexCreation(false);
        context.afterPropertiesSet();
        MappingMongoConverter converter = new MappingMongoConverter(NoOpDbRefResolver.INSTANCE, context);
        converter.setCustomConversions(conversions);
        converter.setTypeMapper(new DefaultMongoTypeMapper(null));
        converter.setMapKeyDotReplacement("·");
        converter.afterPropertiesSet();
        return converter;
    }

    @Bean
    Views views(
            ObjectProvider<Projector<?>> projectors,
            MongoDatabaseFactory mongo,
            EventCatalogue catalogue,
            RelaisClock clock,
            LockProvider locks,
            KafkaSettings settings,
            Listeners listeners,
            DeadLetters deadLetters,
            Replays replays,
            ObjectProvider<LiveChanges> live,
            KafkaAdmins admins,
            MeterRegistry metrics) {
        List<Projector<?>> all = new ArrayList<>();
        projectors.orderedStream().forEach(all::add);
        return new Views(
                all,
                mongo.getMongoDatabase(),
                Together.in(mongo),
                viewConverter(),
                catalogue,
                clock,
                locks,
                settings,
                listeners,
                deadLetters,
                replays,
                changes -> live.ifAvailable(told -> told.publish(changes)),
                admins.each(),
                metrics);
    }

    /** Part of readiness: an instance serves when its views have seen what was there at its start. */
    @Bean
    HealthIndicator viewsHealthIndicator(Views views) {
        return () -> views.caughtUp()
                ? Health.up().build()
                : Health.outOfService()
                        .withDetail("reason", "views are catching up with Kafka")
                        .build();
    }
}
