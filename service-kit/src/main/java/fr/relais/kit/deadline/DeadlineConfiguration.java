package fr.relais.kit.deadline;

import fr.relais.kit.time.RelaisClock;
import fr.relais.kit.view.Views;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The deadlines of a service. */
@AutoConfiguration(afterName = "fr.relais.kit.view.ViewConfiguration")
@EnableConfigurationProperties(DeadlineProperties.class)
class DeadlineConfiguration {

    @Bean
    Deadlines deadlines(
            ObjectProvider<DueHandler<?>> handlers,
            Views views,
            RelaisClock clock,
            DeadlineProperties properties,
            MeterRegistry metrics) {
        List<DueHandler<?>> all = new ArrayList<>();
        handlers.orderedStream().forEach(all::add);
        return new Deadlines(all, views, clock, properties, metrics);
    }
}
