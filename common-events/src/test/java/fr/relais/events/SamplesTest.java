package fr.relais.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SamplesTest {

    private static final String RELEASE = "./mvnw -pl common-events test -Drelais.samples=release";

    private final EventCatalogue catalogue = EventCatalogue.standard();
    private final JsonMapper json = EventJson.mapper();
    private final Path folder = Checkout.root().resolve(Samples.FOLDER);

    @TestFactory
    Stream<DynamicTest> each_event_reads_its_samples_and_writes_the_same() {
        return catalogue.entries().stream()
                .map(entry -> dynamicTest(entry.type(), () -> {
                    for (String sample : samplesOf(entry.type())) {
                        DomainEvent event = Samples.event(sample);

                        assertThat(event).isInstanceOf(entry.event());
                        assertThat(json.readTree(catalogue.encode(event)))
                                .as("what %s writes after reading its sample %s", entry.type(), sample)
                                .isEqualTo(json.readTree(Samples.json(sample)));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> the_samples_of_an_event_show_its_every_field() {
        return catalogue.entries().stream()
                .map(entry -> dynamicTest(entry.type(), () -> {
                    List<JsonNode> samples = samplesOf(entry.type()).stream()
                            .map(sample -> json.readTree(Samples.json(sample)))
                            .toList();
                    showsAll(entry.type(), entry.event(), samples);
                }));
    }

    /** The sample that each type must have, and those that came with optional fields. */
    private List<String> samplesOf(String type) throws IOException {
        return Stream.concat(
                        Stream.of(type),
                        hashes().keySet().stream()
                                .map(file -> file.replaceFirst("\\.json$", ""))
                                .filter(sample -> sample.startsWith(type + ".")))
                .toList();
    }

    private static void showsAll(String where, Class<?> record, List<JsonNode> nodes) {
        for (RecordComponent component : record.getRecordComponents()) {
            String path = where + "." + component.getName();
            List<JsonNode> values = nodes.stream()
                    .filter(node -> node.has(component.getName()))
                    .map(node -> node.get(component.getName()))
                    .toList();
            assertThat(values)
                    .as(
                            "no sample shows %s, so losing it would not be seen: fill it in the sample or, where that is"
                                    + " released, add another, %s.with-%s.json",
                            path, where, component.getName())
                    .isNotEmpty();
            if (component.getType().isRecord()) {
                showsAll(path, component.getType(), values);
            } else if (component.getGenericType() instanceof ParameterizedType list
                    && list.getActualTypeArguments()[0] instanceof Class<?> element
                    && element.isRecord()) {
                List<JsonNode> elements = values.stream()
                        .flatMap(value -> value.values().stream())
                        .toList();
                assertThat(elements).as("the sample shows none of %s", path).isNotEmpty();
                showsAll(path, element, elements);
            }
        }
    }

    @Test
    void every_sample_is_read_by_an_event_or_for_an_older_version_by_an_upcaster() throws IOException {
        for (String file : hashes().keySet()) {
            assertThat(catalogue.knows(Samples.typeOf(file.replaceFirst("\\.json$", ""))))
                    .as(
                            "%s/%s is the sample of no event: name it as its event or, when the event has a newer version,"
                                    + " add an upcaster to Upcasters",
                            Samples.FOLDER, file)
                    .isTrue();
            assertThat(Samples.event(file.replaceFirst("\\.json$", ""))).isNotNull();
        }
    }

    @Test
    void released_samples_never_change() throws IOException {
        Path list = folder.resolve("RELEASED.sha256");
        Map<String, String> found = hashes();
        Map<String, String> released = new TreeMap<>();
        for (String line : Files.exists(list) ? Files.readAllLines(list) : List.<String>of()) {
            released.put(line.substring(66), line.substring(0, 64));
        }

        released.forEach((file, hash) -> assertThat(found.get(file))
                .as(
                        "%s/%s was released and is %s. Events of that shape lie in journals for ever: put the file back"
                                + " (git checkout), raise the version in the event's @EventType, add an upcaster to"
                                + " Upcasters and a sample of the new version. Only where no build that writes this event"
                                + " was ever deployed, delete its line from RELEASED.sha256",
                        Samples.FOLDER, file, found.containsKey(file) ? "changed" : "gone")
                .isEqualTo(hash));

        if ("release".equals(System.getProperty("relais.samples"))) {
            Files.writeString(
                    list,
                    found.entrySet().stream()
                            .map(sample -> sample.getValue() + "  " + sample.getKey() + "\n")
                            .collect(joining()));
        } else if (!released.keySet().containsAll(found.keySet())) {
            found.keySet().removeAll(released.keySet());
            fail("samples that are not in RELEASED.sha256 yet: " + found.keySet() + ". When they say what they should: "
                    + RELEASE);
        }
    }

    /** The files and the hashes of their text, whatever the line ends of this checkout are. */
    private Map<String, String> hashes() throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                byte[] text = Files.readString(file).replace("\r\n", "\n").getBytes(UTF_8);
                hashes.put(file.getFileName().toString(), HexFormat.of().formatHex(sha256(text)));
            }
        }
        return hashes;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
