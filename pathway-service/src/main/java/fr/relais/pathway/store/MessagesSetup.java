package fr.relais.pathway.store;

import fr.relais.kit.time.RelaisClock;
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
    ContentSweeper contentSweeper(KeptMessages messages, HospitalMessagesConfiguration configuration) {
        return new ContentSweeper(messages, configuration.sweepEvery());
    }
}
