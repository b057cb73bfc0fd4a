package fr.relais.pathway;

import fr.relais.kit.view.Views;
import fr.relais.pathway.view.Boards;
import fr.relais.pathway.view.PathwayViews;
import fr.relais.pathway.view.TellingProjector;
import fr.relais.pathway.view.Tellings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What lists, boards and timelines are read from. */
@Configuration(proxyBeanMethods = false)
class ListsConfiguration {

    @Bean
    Boards boards(Views views, PathwayViews pathways) {
        return new Boards(views, pathways);
    }

    @Bean
    TellingProjector tellingProjector() {
        return new TellingProjector();
    }

    @Bean
    Tellings tellings(Views views, TellingProjector projector) {
        return new Tellings(views, projector);
    }
}
