package fr.relais.pathway;

import fr.relais.kit.journal.Journal;
import fr.relais.kit.place.CommuneRegister;
import fr.relais.kit.time.RelaisClock;
import fr.relais.kit.view.Views;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.Circles;
import fr.relais.pathway.application.DocumentVault;
import fr.relais.pathway.application.Documents;
import fr.relais.pathway.application.HospitalRules;
import fr.relais.pathway.application.JollydayHolidays;
import fr.relais.pathway.application.PathwayProperties;
import fr.relais.pathway.application.PathwayStaysLink;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.application.PatientSearch;
import fr.relais.pathway.application.PatientStays;
import fr.relais.pathway.application.PublicHolidays;
import fr.relais.pathway.application.RuleInclusions;
import fr.relais.pathway.application.TemplateFiles;
import fr.relais.pathway.application.Vault;
import fr.relais.pathway.domain.Templates;
import fr.relais.pathway.stream.FollowPatients;
import fr.relais.pathway.stream.MovePathways;
import fr.relais.pathway.stream.OfferToCandidates;
import fr.relais.pathway.stream.PathwayDeadlines;
import fr.relais.pathway.view.ColleagueProjector;
import fr.relais.pathway.view.Colleagues;
import fr.relais.pathway.view.EndedStaysProjector;
import fr.relais.pathway.view.PathwayProjector;
import fr.relais.pathway.view.PathwayViews;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the rooms of the pathway service together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PathwayProperties.class)
class PathwayConfiguration {

    @Bean
    Templates templates(PathwayProperties properties) {
        return TemplateFiles.load(properties.templates());
    }

    @Bean
    PublicHolidays publicHolidays() {
        return new JollydayHolidays();
    }

    @Bean
    Pathways pathways(
            Journal journal,
            Templates templates,
            PublicHolidays holidays,
            CommuneRegister communes,
            PathwayProperties properties) {
        return new Pathways(journal, templates, holidays, communes::told, properties);
    }

    @Bean
    RuleInclusions ruleInclusions(Pathways pathways, Templates templates, PathwayProperties properties) {
        return new RuleInclusions(
                pathways, HospitalRules.load(properties.hospitalRules(), templates), properties.recentDischarge());
    }

    @Bean
    PatientStays patientStays(Journal journal) {
        return new PatientStays(journal);
    }

    @Bean
    PathwayProjector pathwayProjector() {
        return new PathwayProjector();
    }

    @Bean
    EndedStaysProjector endedStaysProjector() {
        return new EndedStaysProjector();
    }

    @Bean
    PathwayViews pathwayViews(Views views, PathwayProjector projector, EndedStaysProjector ended) {
        return new PathwayViews(views, projector, ended);
    }

    @Bean
    ColleagueProjector colleagueProjector() {
        return new ColleagueProjector();
    }

    @Bean
    Colleagues colleagues(Views views, ColleagueProjector projector) {
        return new Colleagues(views, projector);
    }

    @Bean
    Documents documents(DocumentVault vault, Vault patients, PatientStays stays, Pathways pathways, RelaisClock clock) {
        return new Documents(vault, patients, stays, pathways, clock);
    }

    @Bean
    PatientSearch patientSearch(Vault vault, Circles circles, Audit audit) {
        return new PatientSearch(vault, circles, audit);
    }

    @Bean
    FollowPatients followPatients(Pathways pathways, PatientStays stays, Documents documents) {
        return new FollowPatients(new PathwayStaysLink(pathways, stays), documents);
    }

    @Bean
    MovePathways movePathways(Pathways pathways, PathwayProperties properties) {
        return new MovePathways(pathways, properties.recentDischarge());
    }

    @Bean
    OfferToCandidates offerToCandidates(Pathways pathways) {
        return new OfferToCandidates(pathways);
    }

    @Bean
    PathwayDeadlines pathwayDeadlines(Pathways pathways, Colleagues colleagues) {
        return new PathwayDeadlines(pathways, colleagues);
    }
}
