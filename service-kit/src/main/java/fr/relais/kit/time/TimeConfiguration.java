package fr.relais.kit.time;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** The clock of a service. */
@AutoConfiguration
@EnableConfigurationProperties(ClockProperties.class)
class TimeConfiguration {

    @Bean
    RelaisClock relaisClock(ClockProperties properties, Environment environment) {
        if (properties.offsetFile() != null && environment.acceptsProfiles(Profiles.of("production"))) {
            throw new IllegalStateException(
                    "relais.clock.offset-file moves the clock and is for development and tests: remove it under the production profile");
        }
        return new RelaisClock(properties.offsetFile());
    }
}
