package fr.relais.kit.journal;

import com.mongodb.WriteConcern;
import fr.relais.events.EventCatalogue;
import fr.relais.kit.kafka.EventSender;
import fr.relais.kit.kafka.Listeners;
import fr.relais.kit.time.RelaisClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.mongo.MongoLockProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** The journal of a service, its relay, and the locks of which one instance holds each. */
@AutoConfiguration(after = DataMongoAutoConfiguration.class)
@EnableConfigurationProperties({StoreProperties.class, JournalProperties.class})
class JournalConfiguration {

    /** What is answered as written is on a majority of the replica set, in its journal. */
    @Bean
    MongoClientSettingsBuilderCustomizer relaisStore(StoreProperties store) {
        return settings -> settings.writeConcern(WriteConcern.MAJORITY.withJournal(true))
                .applyToConnectionPoolSettings(pool -> pool.maxSize(store.connections())
                        .maxWaitTime(store.connectionWait().toMillis(), TimeUnit.MILLISECONDS))
                // Without a limit a view waits for ever on a connection that a firewall has forgotten.
                .applyToSocketSettings(
                        socket -> socket.readTimeout(store.answersWithin().toMillis(), TimeUnit.MILLISECONDS))
                .applyToClusterSettings(cluster ->
                        cluster.serverSelectionTimeout(store.unreachableAfter().toMillis(), TimeUnit.MILLISECONDS));
    }

    @Bean
    LockProvider lockProvider(MongoDatabaseFactory mongo) {
        return new MongoLockProvider(mongo.getMongoDatabase().getCollection("locks"));
    }

    @Bean
    @Profile("production")
    StandInRefusal standInRefusal(MongoDatabaseFactory mongo) {
        return new StandInRefusal(mongo.getMongoDatabase());
    }

    @Bean
    Relay relay(
            MongoDatabaseFactory mongo,
            EventCatalogue catalogue,
            @Value("${spring.application.name}") String service,
            EventSender sender,
            LockProvider locks,
            RelaisClock clock,
            MeterRegistry metrics) {
        return new Relay(mongo.getMongoDatabase(), catalogue, service, sender, locks, clock, metrics);
    }

    @Bean(destroyMethod = "close")
    Journal journal(
            MongoDatabaseFactory mongo,
            EventCatalogue catalogue,
            @Value("${spring.application.name}") String service,
            RelaisClock clock,
            Relay relay) {
        return new Journal(mongo.getMongoDatabase(), catalogue, service, clock, relay);
    }

    @Bean
    Publications publications(MongoDatabaseFactory mongo, Relay relay, RelaisClock clock) {
        return new Publications(mongo.getMongoDatabase(), relay, clock);
    }

    @Bean
    BackupCheck backupCheck(
            MongoDatabaseFactory mongo,
            Listeners listeners,
            EventCatalogue catalogue,
            @Value("${spring.application.name}") String service,
            JournalProperties properties,
            RelaisClock clock) {
        return new BackupCheck(mongo.getMongoDatabase(), listeners, catalogue, service, properties, clock);
    }
}
