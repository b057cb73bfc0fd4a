package fr.relais.pathway.view;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.Actor;
import fr.relais.events.Content;
import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.Absence;
import fr.relais.events.DirectoryEvent.Availability;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.ProfessionalRetired;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureRetired;
import fr.relais.events.DirectoryEvent.StructureType;
import fr.relais.events.EventCatalogue;
import fr.relais.events.Party;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ProjectorContract;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColleagueProjectorIT extends ProjectorContract<ColleagueView> {

    private static final Absence HOLIDAY =
            new Absence(LocalDate.parse("2026-03-02"), LocalDate.parse("2026-03-08"), Party.person("99700900071"));

    @Override
    protected Projector<ColleagueView> projector() {
        return new ColleagueProjector();
    }

    @Override
    protected List<RecordedEvent> story() {
        return List.of(
                recorded(
                        "professional-99700900014",
                        1,
                        new ProfessionalListed(
                                "99700900014", "10", "Alice EXEMPLE", List.of(), List.of(), List.of(), List.of())),
                recorded(
                        "professional-99700900014",
                        2,
                        new ProfessionalListed(
                                "99700900014",
                                "10",
                                "Alice EXEMPLE",
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(),
                                new Availability(null, List.of(HOLIDAY)),
                                null,
                                null)),
                recorded(
                        "professional-sophie",
                        1,
                        new ProfessionalListed(
                                "3990000010/secretariat",
                                null,
                                "Sophie ACCUEIL",
                                List.of(),
                                List.of("990000010"),
                                List.of(),
                                List.of("99700900014"))),
                recorded("professional-sophie", 2, new ProfessionalRetired("3990000010/secretariat")),
                recorded(
                        "structure-990000010",
                        1,
                        new StructureListed(
                                "990000010", StructureType.MSP, "MSP", "23096", List.of("23096"), List.of())),
                recorded("structure-990000010", 2, new StructureRetired("990000010")));
    }

    @Test
    void an_absence_holds_from_its_first_day_to_its_last() {
        ColleagueView alice = null;
        for (RecordedEvent event : story().subList(0, 2)) {
            alice = new ColleagueProjector().fold(alice, event);
        }

        assertThat(alice.absences()).singleElement().satisfies(away -> {
            assertThat(away.holdsOn("2026-03-01")).isFalse();
            assertThat(away.holdsOn("2026-03-02")).isTrue();
            assertThat(away.holdsOn("2026-03-08")).isTrue();
            assertThat(away.holdsOn("2026-03-09")).isFalse();
            assertThat(away.substitute()).isEqualTo("person:99700900071");
        });
    }

    private static RecordedEvent recorded(String stream, long sequence, DirectoryEvent event) {
        return new RecordedEvent(
                RecordedEvent.idOf(stream, sequence),
                EventCatalogue.standard().entry(event).type(),
                stream,
                sequence,
                Instant.parse("2026-03-01T08:00:00Z").plusSeconds(sequence),
                "directory-service",
                Actor.system("test"),
                null,
                null,
                new Content.Known(event));
    }
}
