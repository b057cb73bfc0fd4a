package fr.relais.kit.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.EventCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document is written without the kit; what it says of the kit's own topics must be so. */
class TopicsDocumentTest {

    @Test
    void the_AsyncAPI_document_names_the_topics_for_replays_and_dead_letters_as_they_are() throws IOException {
        String document = Files.readString(Path.of("../docs/events/asyncapi.yaml"));

        assertThat(document).contains("address: " + Topics.REPLAY + "\n", "partitions: " + Topics.PARTITIONS);
        for (EventCatalogue.Family family : EventCatalogue.standard().families()) {
            assertThat(document).contains(Topics.deadLettersOf(family.topic(), "{service}"));
        }
    }
}
