package fr.relais.directory;

import fr.relais.directory.application.Loads;
import fr.relais.directory.application.Professionals;
import fr.relais.directory.application.SearchProperties;
import fr.relais.directory.application.Searches;
import fr.relais.directory.application.Structures;
import fr.relais.directory.register.DirectoryFiles;
import fr.relais.directory.register.RegisterProperties;
import fr.relais.directory.stream.AnswerSeekers;
import fr.relais.directory.stream.CloseMemberships;
import fr.relais.directory.view.DirectoryView;
import fr.relais.directory.view.HandoffProjector;
import fr.relais.directory.view.OpenHandoffs;
import fr.relais.directory.view.ProfessionalProjector;
import fr.relais.directory.view.StructureProjector;
import fr.relais.directory.view.StructureTimes;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.time.RelaisClock;
import fr.relais.kit.view.Views;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the rooms of the directory together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RegisterProperties.class, SearchProperties.class})
class DirectoryConfiguration {

    @Bean
    Professionals professionals(Journal journal) {
        return new Professionals(journal);
    }

    @Bean
    Structures structures(Journal journal) {
        return new Structures(journal);
    }

    @Bean
    Searches searches(Journal journal) {
        return new Searches(journal);
    }

    @Bean
    Loads loads(Professionals professionals, Structures structures, RegisterProperties register) {
        return new Loads(professionals, structures, DirectoryFiles.formats(), register.batch(), register.reportLines());
    }

    @Bean
    ProfessionalProjector professionalProjector() {
        return new ProfessionalProjector();
    }

    @Bean
    StructureProjector structureProjector() {
        return new StructureProjector();
    }

    @Bean
    HandoffProjector handoffProjector() {
        return new HandoffProjector();
    }

    @Bean
    DirectoryView directoryView(Views views, ProfessionalProjector professionals, StructureProjector structures) {
        return new DirectoryView(views, professionals, structures);
    }

    @Bean
    OpenHandoffs openHandoffs(Views views, HandoffProjector projector) {
        return new OpenHandoffs(views, projector);
    }

    @Bean
    StructureTimes structureTimes(Views views, RelaisClock clock) {
        return new StructureTimes(views, clock);
    }

    @Bean
    AnswerSeekers answerSeekers(Searches searches, DirectoryView directory, SearchProperties search) {
        return new AnswerSeekers(searches, directory, search.lookedAt());
    }

    @Bean
    CloseMemberships closeMemberships(Professionals professionals, Structures structures, DirectoryView directory) {
        return new CloseMemberships(professionals, structures, directory);
    }
}
