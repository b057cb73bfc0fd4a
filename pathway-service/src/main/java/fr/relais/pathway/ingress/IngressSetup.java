package fr.relais.pathway.ingress;

import fr.relais.kit.time.RelaisClock;
import fr.relais.pathway.application.HospitalFacts;
import fr.relais.pathway.application.MessageWork;
import fr.relais.pathway.application.RuleInclusions;
import fr.relais.pathway.application.SendingFacilities;
import fr.relais.pathway.application.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The work that kept messages are. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngressConfiguration.class)
class IngressSetup {

    @Bean
    SendingFacilities sendingFacilities(IngressConfiguration configuration) {
        return new SendingFacilities(configuration.facilities().stream()
                .collect(Collectors.toMap(
                        IngressConfiguration.Facility::finess,
                        IngressConfiguration.Facility::names,
                        (some, more) ->
                                Stream.concat(some.stream(), more.stream()).collect(Collectors.toUnmodifiableSet()))));
    }

    @Bean
    MessageWorker messageWorker(
            MessageWork work,
            List<HospitalFormat> formats,
            Vault vault,
            HospitalFacts facts,
            RelaisClock clock,
            MeterRegistry meters,
            IngressConfiguration configuration,
            ObjectProvider<RuleInclusions> rules) {
        return new MessageWorker(
                work, new MessageHandling(formats, vault, facts, rules.getIfAvailable(), clock), meters, configuration);
    }
}
