package fr.relais.pathway.ingress.cloudevents;

import fr.relais.pathway.application.HospitalDoor;
import fr.relais.pathway.application.HospitalMessages;
import fr.relais.pathway.application.Pseudonyms;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** CloudEvents as beans. */
@Configuration(proxyBeanMethods = false)
class CloudEventSetup {

    @Bean
    CloudEventReception cloudEventReception(HospitalDoor door, HospitalMessages messages, Pseudonyms pseudonyms) {
        return new CloudEventReception(door, messages, pseudonyms);
    }
}
