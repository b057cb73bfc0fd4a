package fr.relais.events;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** The AsyncAPI 3 document of all topics: who sends which events, with which headers, on which key. */
final class AsyncApiDocument {

    /** The same in every service, and fixed for life: the key of a stream must stay in its partition. */
    private static final int PARTITIONS = 12;

    private static final String BINDING_VERSION = "0.5.0";

    private final EventCatalogue catalogue;
    private final Javadocs javadocs;

    AsyncApiDocument(EventCatalogue catalogue, Javadocs javadocs) {
        this.catalogue = catalogue;
        this.javadocs = javadocs;
    }

    String yaml() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("asyncapi", "3.0.0");
        document.put(
                "info",
                map(
                        "title",
                        "Relais",
                        "version",
                        "1.0.0",
                        "description",
                        "Care pathways as handoffs: what happened, as CloudEvents 1.0 in Kafka's binary mode."
                                + " Written from common-events by ./mvnw -pl common-events test -Drelais.docs=write.",
                        "license",
                        map("name", "Apache-2.0", "url", "https://www.apache.org/licenses/LICENSE-2.0")));
        document.put("defaultContentType", "application/json");
        document.put("channels", channels());
        document.put("operations", operations());
        document.put(
                "components",
                map(
                        "messages", messages(),
                        "messageTraits", map("event", trait()),
                        "schemas", map("cloudEventHeaders", headers())));
        return YAMLMapper.builder()
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .disable(YAMLWriteFeature.SPLIT_LINES)
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES, YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .build()
                .writeValueAsString(document);
    }

    private Map<String, Object> channels() {
        Map<String, Object> channels = new LinkedHashMap<>();
        for (EventCatalogue.Family family : catalogue.families()) {
            Map<String, Object> messages = new LinkedHashMap<>();
            entries(family).forEach(entry -> messages.put(entry.type(), ref("components/messages/" + entry.type())));
            Map<String, Object> topic = map("cleanup.policy", List.of(family.compacted() ? "compact" : "delete"));
            if (!family.compacted()) {
                topic.put("retention.ms", -1);
            }
            channels.put(
                    family.topic(),
                    map(
                            "address", family.topic(),
                            "description", javadocs.of(family.events()).text(),
                            "messages", messages,
                            "tags", List.of(map("name", family.owner())),
                            "bindings",
                                    map(
                                            "kafka",
                                            map(
                                                    "topic", family.topic(),
                                                    "partitions", PARTITIONS,
                                                    "topicConfiguration", topic,
                                                    "bindingVersion", BINDING_VERSION))));
        }
        return channels;
    }

    private Map<String, Object> operations() {
        Map<String, Object> operations = new LinkedHashMap<>();
        for (EventCatalogue.Family family : catalogue.families()) {
            operations.put(
                    family.owner() + ".sends." + family.topic(),
                    map(
                            "action", "send",
                            "summary",
                                    "%s alone writes %s; any service may follow it."
                                            .formatted(family.owner(), family.topic()),
                            "channel", ref("channels/" + family.topic()),
                            "tags", List.of(map("name", family.owner())),
                            "messages",
                                    entries(family).stream()
                                            .map(entry ->
                                                    ref("channels/" + family.topic() + "/messages/" + entry.type()))
                                            .toList()));
        }
        return operations;
    }

    private Map<String, Object> messages() {
        Map<String, Object> messages = new LinkedHashMap<>();
        for (EventCatalogue.Entry entry : catalogue.entries()) {
            messages.put(
                    entry.type(),
                    map(
                            "name", entry.type(),
                            "summary", javadocs.of(entry.event()).text(),
                            "traits", List.of(ref("components/messageTraits/event")),
                            "headers",
                                    map(
                                            "allOf",
                                            List.of(
                                                    ref("components/schemas/cloudEventHeaders"),
                                                    map(
                                                            "type",
                                                            "object",
                                                            "properties",
                                                            map("ce_type", map("const", entry.type()))))),
                            "payload", map("$ref", "schemas/" + entry.type() + ".json")));
        }
        return messages;
    }

    private static Map<String, Object> trait() {
        return map(
                "contentType",
                "application/json",
                "bindings",
                map(
                        "kafka",
                        map(
                                "key",
                                map("type", "string", "description", "id of the stream, as in ce_subject"),
                                "bindingVersion",
                                BINDING_VERSION)));
    }

    /** Said once here and checked against what {@link CloudEventHeaders} writes. */
    static Map<String, Object> headers() {
        return map(
                "type", "object",
                "required",
                        List.of(
                                "ce_specversion",
                                "ce_id",
                                "ce_type",
                                "ce_source",
                                "ce_subject",
                                "ce_time",
                                "ce_sequence",
                                "ce_actor"),
                "properties",
                        map(
                                "ce_specversion", map("type", "string", "const", "1.0"),
                                "ce_id", text("unique over all events: the stream's id, a colon and the sequence"),
                                "ce_type", text("name and version of the event"),
                                "ce_source", text("the service that recorded it"),
                                "ce_subject", text("id of the stream; also the Kafka key"),
                                "ce_time",
                                        map(
                                                "type", "string",
                                                "format", "date-time",
                                                "description",
                                                        "when it was recorded; effective times are in the event"),
                                "ce_sequence",
                                        map(
                                                "type", "string",
                                                "pattern", "^[1-9][0-9]*$",
                                                "description", "counts the events of the stream from 1, without holes"),
                                "ce_actor",
                                        text("who did it: RPPS number or national identifier of a person,"
                                                + " system:<part of Relais>, feed:<FINESS number>"),
                                "ce_actorstructure", text("FINESS number of the structure acted for"),
                                "ce_causation", text("ce_id of the event that caused it"),
                                "traceparent", text("W3C trace context of the command"),
                                "content-type", map("type", "string", "const", "application/json")));
    }

    private List<EventCatalogue.Entry> entries(EventCatalogue.Family family) {
        List<EventCatalogue.Entry> entries = new ArrayList<>(catalogue.entries());
        entries.removeIf(entry -> !entry.family().equals(family));
        return entries;
    }

    private static Map<String, Object> text(String description) {
        return map("type", "string", "minLength", 1, "description", description);
    }

    private static Map<String, Object> ref(String path) {
        return map("$ref", "#/" + path);
    }

    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
