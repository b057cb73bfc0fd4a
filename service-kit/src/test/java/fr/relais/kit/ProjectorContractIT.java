package fr.relais.kit;

import fr.relais.events.Actor;
import fr.relais.events.Content;
import fr.relais.events.EncounterEvent.PathwayUnlinked;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.TestService.Words;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ProjectorContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class ProjectorContractIT extends ProjectorContract<Words> {

    @Override
    protected Projector<Words> projector() {
        return new TestService.WordsProjector("w");
    }

    @Override
    protected List<RecordedEvent> story() {
        List<RecordedEvent> story = new ArrayList<>();
        for (long sequence = 1; sequence <= 4; sequence++) {
            for (String stream : List.of("w-1", "w-2", "w-3")) {
                story.add(new RecordedEvent(
                        RecordedEvent.idOf(stream, sequence),
                        "encounter.pathway-unlinked.v1",
                        stream,
                        sequence,
                        Instant.parse("2026-11-02T10:00:00Z"),
                        "test",
                        Actor.system("test"),
                        null,
                        null,
                        new Content.Known(new PathwayUnlinked("word-" + sequence))));
            }
        }
        return story;
    }
}
