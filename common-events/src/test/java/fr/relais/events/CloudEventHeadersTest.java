package fr.relais.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CloudEventHeadersTest {

    private static final String TYPE = "pathway.step-overdue.v1";

    private final EventCatalogue catalogue = EventCatalogue.standard();

    @TestFactory
    Stream<DynamicTest> each_event_arrives_as_it_left() {
        return Samples.types().stream()
                .map(type -> dynamicTest(type, () -> {
                    RecordedEvent event = Samples.recorded(type);

                    assertThat(read(CloudEventHeaders.of(event), Samples.json(type)))
                            .isEqualTo(event);
                }));
    }

    @Test
    void headers_are_those_of_the_binary_mode_over_Kafka() {
        Map<String, String> headers = new LinkedHashMap<>();
        CloudEventHeaders.of(Samples.recorded(TYPE))
                .forEach((name, value) -> headers.put(name, new String(value, UTF_8)));

        assertThat(headers)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", "pathway.step-overdue-sample:1")
                .containsEntry("ce_type", TYPE)
                .containsEntry("ce_source", "pathway-service")
                .containsEntry("ce_subject", "pathway.step-overdue-sample")
                .containsEntry("ce_time", "2026-03-10T14:31:00.125Z")
                .containsEntry("ce_sequence", "1")
                .containsEntry("ce_actor", "99700900063")
                .containsEntry("ce_actorstructure", "990000036")
                .containsEntry("content-type", "application/json");
        // CloudEvents 1.0.2, naming conventions: lower-case letters and digits, not more than 20 of them.
        assertThat(headers.keySet()).allMatch(name -> name.matches("ce_[a-z0-9]{1,20}|traceparent|content-type"));
    }

    @Test
    void what_is_not_known_has_no_header() {
        RecordedEvent full = Samples.recorded(TYPE);
        RecordedEvent bare = new RecordedEvent(
                full.id(),
                full.type(),
                full.stream(),
                full.sequence(),
                full.time(),
                full.source(),
                Actor.system("deadline"),
                null,
                null,
                full.content());

        Map<String, byte[]> headers = CloudEventHeaders.of(bare);

        assertThat(headers).doesNotContainKeys("ce_causation", "ce_actorstructure", "traceparent");
        assertThat(read(headers, Samples.json(TYPE))).isEqualTo(bare);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ce_specversion",
                "ce_id",
                "ce_type",
                "ce_source",
                "ce_subject",
                "ce_time",
                "ce_sequence",
                "ce_actor"
            })
    void a_missing_header_is_named(String name) {
        Map<String, byte[]> headers = CloudEventHeaders.of(Samples.recorded(TYPE));
        headers.remove(name);
        assertThatThrownBy(() -> read(headers, Samples.json(TYPE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("header " + name + " is missing: this record is no event of Relais");

        headers.put(name, new byte[0]);
        assertThatThrownBy(() -> read(headers, Samples.json(TYPE))).hasMessageContaining(name + " is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion,0.3",
        "ce_sequence,seven",
        "ce_sequence,0",
        "ce_sequence,-1",
        "ce_sequence,1.0",
        "ce_time,yesterday",
        "ce_time,2026-03-10",
        "ce_time,2026-02-30T10:00:00Z"
    })
    void a_malformed_header_is_named(String name, String value) {
        Map<String, byte[]> headers = CloudEventHeaders.of(Samples.recorded(TYPE));
        headers.put(name, value.getBytes(UTF_8));

        assertThatThrownBy(() -> read(headers, Samples.json(TYPE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("header " + name);
    }

    @Test
    void an_event_of_a_later_build_keeps_its_headers_and_bytes() {
        Map<String, byte[]> headers = CloudEventHeaders.of(Samples.recorded(TYPE));
        headers.put("ce_type", "pathway.step-overdue.v7".getBytes(UTF_8));
        headers.put("ce_mood", "unheard of".getBytes(UTF_8));

        RecordedEvent event = read(headers, "{\"new\":true}".getBytes(UTF_8));

        assertThat(event.type()).isEqualTo("pathway.step-overdue.v7");
        assertThat(event.event()).isEmpty();
        assertThat(event.content()).isEqualTo(new Content.Unknown("{\"new\":true}".getBytes(UTF_8)));
    }

    /** The attributes of the official conformance events, as headers beside those that only Relais asks for. */
    @Test
    void attributes_of_the_official_conformance_events_are_read() throws Exception {
        Path file = Checkout.input("cloudevents/cloudevents-conformance-format-tests/json/valid-events.json");

        for (JsonNode test :
                EventJson.mapper().readTree(Files.readAllBytes(file)).get("tests")) {
            String name = test.get("id").stringValue();
            JsonNode attributes = test.get("event");
            Map<String, byte[]> headers = CloudEventHeaders.of(Samples.recorded(TYPE));
            attributes.properties().stream()
                    .filter(attribute -> attribute.getValue().isString())
                    .forEach(attribute -> headers.put(
                            "ce_" + attribute.getKey(),
                            attribute.getValue().stringValue().getBytes(UTF_8)));

            RecordedEvent event = read(headers, new byte[] {1});

            assertThat(event.id()).as(name).isEqualTo(attributes.get("id").stringValue());
            assertThat(event.source())
                    .as(name)
                    .isEqualTo(attributes.get("source").stringValue());
            assertThat(event.content()).as(name).isEqualTo(new Content.Unknown(new byte[] {1}));
            if (attributes.path("time").isString()) {
                Instant time = OffsetDateTime.parse(attributes.get("time").stringValue())
                        .toInstant();
                assertThat(event.time()).as(name).isEqualTo(time);
            }
        }
    }

    private RecordedEvent read(Map<String, byte[]> headers, byte[] value) {
        return CloudEventHeaders.read(catalogue, headers::get, value);
    }
}
