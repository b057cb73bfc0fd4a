package fr.relais.kit.operate;

import fr.relais.kit.journal.Publications;
import fr.relais.kit.stream.DeadLetters;
import fr.relais.kit.view.Views;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** The operators' room of every service. */
@AutoConfiguration(afterName = "fr.relais.kit.view.ViewConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class OperateConfiguration {

    @Bean
    ViewsController viewsController(Views views) {
        return new ViewsController(views);
    }

    @Bean
    DeadLettersController deadLettersController(DeadLetters deadLetters) {
        return new DeadLettersController(deadLetters);
    }

    @Bean
    JournalController journalController(Publications publications) {
        return new JournalController(publications);
    }
}
