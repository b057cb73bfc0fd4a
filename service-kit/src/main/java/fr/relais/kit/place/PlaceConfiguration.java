package fr.relais.kit.place;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The communes of a service. */
@AutoConfiguration
@EnableConfigurationProperties(CommuneProperties.class)
class PlaceConfiguration {

    private static final Logger log = LoggerFactory.getLogger(PlaceConfiguration.class);

    @Bean
    CommuneRegister communeRegister(CommuneProperties properties) {
        if (properties.file() == null) {
            log.info("no communes are loaded: places are shown by their INSEE code (relais.communes.file)");
            return CommuneRegister.EMPTY;
        }
        CommuneRegister register = CommuneRegister.read(properties.file());
        log.info("{} communes are loaded", register.size());
        return register;
    }
}
