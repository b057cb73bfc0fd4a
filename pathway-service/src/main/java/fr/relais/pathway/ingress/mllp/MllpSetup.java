package fr.relais.pathway.ingress.mllp;

import fr.relais.pathway.ingress.IngressConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** The MLLP listener as a bean. */
@Configuration(proxyBeanMethods = false)
class MllpSetup {

    @Bean
    MllpServer mllpServer(
            IngressConfiguration configuration, MllpReceiver receiver, MeterRegistry meters, Environment environment) {
        return new MllpServer(
                configuration.mllp(),
                configuration.maxMessageSize().toBytes(),
                environment.acceptsProfiles(Profiles.of("production")),
                receiver,
                meters);
    }
}
