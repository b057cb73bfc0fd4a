package fr.relais.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code docs/events} is written from the code. After a change: the command below, and a look at the difference. */
class EventDocumentsTest {

    private static final String WRITE = "./mvnw -pl common-events test -Drelais.docs=write";
    private static final String SCHEMAS = "docs/events/schemas/";

    private final EventCatalogue catalogue = EventCatalogue.standard();
    private final Javadocs javadocs = new Javadocs();
    private final EventSchemas schemas = new EventSchemas(javadocs);
    private final JsonMapper pretty = EventJson.mapper()
            .rebuild()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    @TestFactory
    Stream<DynamicTest> each_event_has_its_schema_and_its_sample_is_valid() {
        return catalogue.entries().stream()
                .map(entry -> dynamicTest(entry.type(), () -> {
                    ObjectNode schema = schemas.schema(entry);
                    JsonNode sample = pretty.readTree(Samples.json(entry.type()));

                    assertThat(SchemaCheck.faults(schema, sample)).isEmpty();
                    Generated.same(SCHEMAS + entry.type() + ".json", json(schema), WRITE);
                }));
    }

    @Test
    void no_schema_is_left_without_an_event() throws IOException {
        Path folder = Checkout.root().resolve(SCHEMAS);
        try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.of()) {
            // The schema of an older version stays as long as events of it are read.
            List<Path> stale = files.filter(file ->
                            !catalogue.knows(file.getFileName().toString().replaceFirst("\\.json$", "")))
                    .toList();
            if (Generated.writing()) {
                for (Path file : stale) {
                    Files.delete(file);
                }
            } else {
                assertThat(stale)
                        .as("schemas of no event; they are taken away by: " + WRITE)
                        .isEmpty();
            }
        }
    }

    @Test
    void the_AsyncAPI_document_says_what_the_code_says() {
        Generated.same("docs/events/asyncapi.yaml", new AsyncApiDocument(catalogue, javadocs).yaml(), WRITE);
    }

    @Test
    void the_headers_of_the_AsyncAPI_document_are_those_that_are_written() {
        JsonNode headers = pretty.valueToTree(AsyncApiDocument.headers());
        ObjectNode written = pretty.createObjectNode();
        CloudEventHeaders.of(Samples.recorded("pathway.step-overdue.v1"))
                .forEach((name, value) -> written.put(name, new String(value, UTF_8)));

        assertThat(headers.get("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(written.propertyNames());
        assertThat(SchemaCheck.faults(headers, written)).isEmpty();
    }

    @Test
    void the_list_of_events_says_what_the_code_says() {
        Generated.same("docs/events/README.md", new EventList(catalogue, javadocs).markdown(), WRITE);
    }

    @Test
    void every_event_and_family_says_in_its_Javadoc_what_it_means() {
        assertThat(Stream.concat(
                        catalogue.families().stream().map(EventCatalogue.Family::events),
                        catalogue.entries().stream().map(EventCatalogue.Entry::event)))
                .allSatisfy(type -> assertThat(javadocs.of(type).text())
                        .as("Javadoc of %s: a sentence that says what it means; it goes into docs/events", type)
                        .endsWith("."));
    }

    @Test
    void a_schema_asks_for_what_is_not_nullable_and_for_dates_and_words_that_exist() {
        ObjectNode schema = schemas.schema(catalogue.entryOf(PathwayEvent.HandoffOffered.class));
        ObjectNode sample = (ObjectNode) pretty.readTree(Samples.json("pathway.handoff-offered.v1"));
        ObjectNode terms = (ObjectNode) sample.get("terms");

        terms.remove("days");
        assertThat(SchemaCheck.faults(schema, sample)).isEmpty();

        sample.remove("step");
        sample.put("wave", "two");
        sample.put("answerBy", "tonight");
        terms.put("start", "2026-03-11T00:00:00Z");
        terms.put("mode", "BY_PIGEON");
        assertThat(SchemaCheck.faults(schema, sample))
                .hasSize(5)
                .anyMatch(fault -> fault.equals("/step is missing"))
                .anyMatch(fault -> fault.equals("/wave is no integer"))
                .anyMatch(fault -> fault.equals("/answerBy is no date-time"))
                .anyMatch(fault -> fault.equals("/terms/start is no date"))
                .anyMatch(fault -> fault.startsWith("/terms/mode is none of"));
    }

    @Test
    void the_meaning_is_read_from_the_source() {
        Javadocs.Doc doc = javadocs.of(PathwayEvent.StepEscalated.class);

        assertThat(doc.text())
                .isEqualTo("A late step climbed the ladder: 1 back-up, 2 coordinator, 3 the hospital is called back."
                        + " Once per level.");
        assertThat(doc.components()).containsEntry("level", "1 to 3");
    }

    private String json(ObjectNode node) {
        return pretty.writeValueAsString(node).replace("\r\n", "\n") + "\n";
    }
}
