package fr.relais.directory.view;

import fr.relais.directory.domain.Entries;
import fr.relais.events.Actor;
import fr.relais.events.Content;
import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.ProfessionalRetired;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureRetired;
import fr.relais.events.DirectoryEvent.StructureType;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import java.time.Instant;
import java.util.List;

/** A nurse leaves her cabinet and then is full and away, another leaves the directory, and so does the cabinet. */
final class DirectoryStory {

    private DirectoryStory() {}

    private static final List<RecordedEvent> STORY = List.of(
            event("structure-" + Entries.CABINET, 1, Entries.structure(Entries.CABINET, StructureType.CABINET)),
            event("professional-" + Entries.ALICE, 1, Entries.nurse(Entries.ALICE, Entries.CABINET)),
            event("professional-" + Entries.BRUNO, 1, Entries.nurse(Entries.BRUNO)),
            event("professional-" + Entries.ALICE, 2, Entries.nurse(Entries.ALICE)),
            event("professional-" + Entries.ALICE, 3, Entries.inFull(Entries.ALICE)),
            event("professional-" + Entries.BRUNO, 2, new ProfessionalRetired(Entries.BRUNO)),
            event("structure-" + Entries.MSP, 1, Entries.structure(Entries.MSP, StructureType.MSP)),
            event("structure-" + Entries.MSP, 2, named(Entries.MSP, "MAISON DES TROIS VALLEES")),
            event("structure-" + Entries.MSP, 3, named(Entries.MSP, "MAISON")),
            event("structure-" + Entries.CABINET, 2, new StructureRetired(Entries.CABINET)));

    private static StructureListed named(String finess, String name) {
        return new StructureListed(finess, StructureType.MSP, name, Entries.GUERET, List.of(), List.of());
    }

    private static RecordedEvent event(String stream, long sequence, DirectoryEvent event) {
        return new RecordedEvent(
                RecordedEvent.idOf(stream, sequence),
                EventCatalogue.standard().entry(event).type(),
                stream,
                sequence,
                Instant.parse("2026-03-02T12:00:00Z"),
                "directory-service",
                Actor.system("test"),
                null,
                null,
                new Content.Known(event));
    }

    static List<RecordedEvent> of(String streams) {
        return STORY.stream()
                .filter(event -> event.stream().startsWith(streams))
                .toList();
    }
}
