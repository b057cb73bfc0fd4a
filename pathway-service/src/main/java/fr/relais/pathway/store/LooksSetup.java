package fr.relais.pathway.store;

import fr.relais.kit.time.RelaisClock;
import fr.relais.pathway.application.Looks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** How far people have seen pathways, as a bean. */
@Configuration(proxyBeanMethods = false)
class LooksSetup {

    @Bean
    Looks looks(MongoDatabaseFactory mongo, RelaisClock clock) {
        return new KeptLooks(mongo.getMongoDatabase(), clock);
    }
}
