package fr.relais.events;

import java.time.Duration;
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

    private static final String REPLAY = "relais.replay";
    private static final String REPLAY_WANTED = "replay-wanted";
    private static final String SET_ASIDE = "set-aside";
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

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
        for (EventCatalogue.Family family : catalogue.families()) {
            channels.put(deadLettersOf(family), deadLetters(family));
        }
        channels.put(REPLAY, replay());
        return channels;
    }

    private static String deadLettersOf(EventCatalogue.Family family) {
        return family.topic() + ".dlt";
    }

    private Map<String, Object> deadLetters(EventCatalogue.Family family) {
        return map(
                "address",
                family.topic() + ".{service}.dlt",
                "description",
                "Records of %s that a service could not use: each as it was, with the reason. What stands on it is listed by GET /api/v1/dead-letters of that service."
                        .formatted(family.topic()),
                "parameters",
                map("service", map("description", "who set it aside", "enum", services())),
                "messages",
                map(SET_ASIDE, ref("components/messages/" + SET_ASIDE)),
                "bindings",
                kafka(map("partitions", PARTITIONS, "topicConfiguration", map("retention.ms", -1))));
    }

    private Map<String, Object> replay() {
        return map(
                "address",
                REPLAY,
                "description",
                "What a view misses of a stream: the service that owns the stream sends it again from there, on the topic"
                        + " of its family.",
                "messages",
                map(REPLAY_WANTED, ref("components/messages/" + REPLAY_WANTED)),
                "bindings",
                kafka(map(
                        "topic", REPLAY,
                        "partitions", PARTITIONS,
                        "topicConfiguration", map("cleanup.policy", List.of("delete"), "retention.ms", DAY_MILLIS))));
    }

    private static Map<String, Object> kafka(Map<String, Object> binding) {
        binding.put("bindingVersion", BINDING_VERSION);
        return map("kafka", binding);
    }

    private List<String> services() {
        return catalogue.families().stream()
                .map(EventCatalogue.Family::owner)
                .distinct()
                .sorted()
                .toList();
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
        for (EventCatalogue.Family family : catalogue.families()) {
            operations.put(
                    "any.sets-aside." + family.topic(),
                    map(
                            "action",
                            "send",
                            "summary",
                            "A service sets aside what it cannot use, after all that came before it is done.",
                            "channel",
                            channel(deadLettersOf(family)),
                            "messages",
                            List.of(messageOf(deadLettersOf(family), SET_ASIDE))));
        }
        operations.put(
                "any.asks." + REPLAY,
                map(
                        "action",
                        "send",
                        "summary",
                        "A view that sees a gap asks for what it misses, again and again until it comes.",
                        "channel",
                        channel(REPLAY),
                        "messages",
                        List.of(messageOf(REPLAY, REPLAY_WANTED))));
        operations.put(
                "owner.hears." + REPLAY,
                map(
                        "action",
                        "receive",
                        "summary",
                        "Each service hears all, and sends again the streams that are its own.",
                        "channel",
                        channel(REPLAY),
                        "messages",
                        List.of(messageOf(REPLAY, REPLAY_WANTED))));
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
        messages.put(
                SET_ASIDE,
                map(
                        "name",
                        SET_ASIDE,
                        "summary",
                        "A record that could not be used, whole: its key, value and headers are those it had.",
                        "headers",
                        map(
                                "type", "object",
                                "required", List.of("relais-consumer", "relais-reason", "relais-from"),
                                "properties",
                                        map(
                                                "relais-consumer", text("the view or reaction that could not use it"),
                                                "relais-reason", text("why, in plain words"),
                                                "relais-from",
                                                        text("where it came from: topic, partition and offset"))),
                        "payload",
                        map("description", "as it was; it may be no event at all")));
        messages.put(
                REPLAY_WANTED,
                map(
                        "name",
                        REPLAY_WANTED,
                        "summary",
                        "A stream is wanted again.",
                        "contentType",
                        "application/json",
                        "payload",
                        map(
                                "type", "object",
                                "required", List.of("stream", "from", "asker"),
                                "properties",
                                        map(
                                                "stream", text("id of the stream; also the Kafka key"),
                                                "from",
                                                        map(
                                                                "type", "integer",
                                                                "minimum", 1,
                                                                "description", "sequence of the first event wanted"),
                                                "asker", text("service and view that asks")))));
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

    private static Map<String, Object> channel(String name) {
        return ref("channels/" + name);
    }

    private static Map<String, Object> messageOf(String channel, String message) {
        return ref("channels/" + channel + "/messages/" + message);
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
