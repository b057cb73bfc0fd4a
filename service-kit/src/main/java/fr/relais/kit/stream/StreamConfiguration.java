package fr.relais.kit.stream;

import fr.relais.events.EventCatalogue;
import fr.relais.kit.journal.Relay;
import fr.relais.kit.kafka.EventSender;
import fr.relais.kit.kafka.Listeners;
import fr.relais.kit.time.RelaisClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** Reactions, replay and dead letters of a service. */
@AutoConfiguration(afterName = "fr.relais.kit.journal.JournalConfiguration")
class StreamConfiguration {

    @Bean
    DeadLetters deadLetters(
            MongoDatabaseFactory mongo,
            EventSender sender,
            Listeners listeners,
            @Value("${spring.application.name}") String service,
            RelaisClock clock,
            MeterRegistry metrics) {
        return new DeadLetters(mongo.getMongoDatabase(), sender, listeners, service, clock, metrics);
    }

    @Bean
    Replays replays(EventSender sender, @Value("${spring.application.name}") String service) {
        return new Replays(sender, service);
    }

    @Bean
    ReplayListener replayListener(Relay relay, Listeners listeners) {
        return new ReplayListener(relay, listeners);
    }

    @Bean
    Reactions reactions(
            ObjectProvider<Reaction> reactions,
            Listeners listeners,
            EventCatalogue catalogue,
            DeadLetters deadLetters,
            RelaisClock clock,
            MeterRegistry metrics) {
        List<Reaction> all = reactions.orderedStream().toList();
        return new Reactions(all, listeners, catalogue, deadLetters, clock, metrics);
    }
}
