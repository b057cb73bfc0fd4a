package fr.relais.pathway.store;

import fr.relais.kit.time.RelaisClock;
import fr.relais.pathway.application.Chore;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** The hospitals' messages as beans. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HospitalMessagesConfiguration.class)
class MessagesSetup {

    @Bean
    SenderCounts senderQuality(MongoDatabaseFactory mongo) {
        return new SenderCounts(mongo.getMongoDatabase());
    }

    @Bean
    KeptMessages hospitalMessages(
            MongoDatabaseFactory mongo,
            VaultKeys keys,
            SenderCounts counts,
            RelaisClock clock,
            HospitalMessagesConfiguration configuration) {
        return new KeptMessages(mongo.getMongoDatabase(), new Sealing(keys), counts, clock, configuration);
    }

    @Bean
    KeptTriage messageTriage(
            MongoDatabaseFactory mongo,
            KeptMessages messages,
            VaultKeys keys,
            HospitalMessagesConfiguration configuration) {
        return new KeptTriage(mongo.getMongoDatabase(), messages, new Sealing(keys), configuration);
    }

    @Bean
    Chore contentsWhoseTimeIsOver(KeptMessages messages) {
        return Chore.of("contents of hospital messages whose time is over", messages::deleteOverdueContents);
    }

    @Bean
    ChoreRunner choreRunner(List<Chore> chores, HospitalMessagesConfiguration configuration) {
        return new ChoreRunner(chores, configuration.sweepEvery());
    }
}
