package fr.relais.pathway.ingress;

import fr.relais.kit.time.RelaisClock;
import fr.relais.pathway.application.HospitalFacts;
import fr.relais.pathway.application.MessageWork;
import fr.relais.pathway.application.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The work that kept messages are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngressConfiguration.class)
class IngressSetup {

    @Bean
    MessageWorker messageWorker(
            MessageWork work,
            List<HospitalFormat> formats,
            Vault vault,
            HospitalFacts facts,
            RelaisClock clock,
            MeterRegistry meters,
            IngressConfiguration configuration) {
        return new MessageWorker(work, new MessageHandling(formats, vault, facts, clock), meters, configuration);
    }
}
