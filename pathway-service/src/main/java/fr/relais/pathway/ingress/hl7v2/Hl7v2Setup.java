package fr.relais.pathway.ingress.hl7v2;

import fr.relais.kit.time.RelaisClock;
import fr.relais.pathway.application.HospitalMessages;
import fr.relais.pathway.application.Pseudonyms;
import fr.relais.pathway.ingress.IngressConfiguration;
import fr.relais.pathway.ingress.MessageWorker;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** HL7 v2 as beans. */
@Configuration(proxyBeanMethods = false)
class Hl7v2Setup {

    @Bean
    InsRule insRule(Environment environment) {
        return new InsRule(environment.acceptsProfiles(Profiles.of("production")));
    }

    @Bean
    Hl7v2Format hl7v2Format(InsRule insRule, Pseudonyms pseudonyms) {
        return new Hl7v2Format(insRule, pseudonyms);
    }

    @Bean
    Hl7v2Reception hl7v2Reception(
            HospitalMessages messages,
            Pseudonyms pseudonyms,
            InsRule insRule,
            RelaisClock clock,
            MeterRegistry meters,
            MessageWorker worker,
            IngressConfiguration configuration) {
        return new Hl7v2Reception(
                messages,
                pseudonyms,
                insRule,
                clock,
                configuration.lateAfter(),
                configuration.maxMessageSize().toBytes(),
                meters,
                worker::wake);
    }
}
