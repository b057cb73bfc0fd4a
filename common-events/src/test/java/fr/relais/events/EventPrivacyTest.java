package fr.relais.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

class EventPrivacyTest {

    private static final Set<String> SMELLS = Set.of(
            "name",
            "names",
            "surname",
            "forename",
            "firstname",
            "lastname",
            "given",
            "ins",
            "nir",
            "nia",
            "matricule",
            "ssn",
            "birth",
            "birthdate",
            "birthday",
            "born",
            "age",
            "sex",
            "gender",
            "address",
            "street",
            "postcode",
            "zip",
            "phone",
            "mobile",
            "mail",
            "email",
            "text",
            "comment",
            "comments",
            "note",
            "notes",
            "remark",
            "message",
            "body",
            "free",
            "description",
            "label",
            "diagnosis",
            "disease",
            "symptoms",
            "pid",
            "ipp",
            "nda");

    private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Pattern RPPS_LIKE = Pattern.compile("\\d{11}");
    private static final Pattern FINESS_LIKE = Pattern.compile("(\\d{2}|2[AB])\\d{7}");

    @TestFactory
    Stream<DynamicTest> no_event_has_a_place_for_identity_or_free_text() {
        return EventCatalogue.standard().entries().stream()
                .map(entry -> dynamicTest(entry.type(), () -> {
                    // The directory repeats the public national registers, in which professionals and structures have
                    // names.
                    boolean publicNames = entry.family().events() == DirectoryEvent.class;
                    assertThat(components(entry.event(), new LinkedHashSet<>()))
                            .filteredOn(component -> !(publicNames && component.equals("name")))
                            .as(
                                    "components of %s: an event carries ids and codes; names, birth dates, INS, addresses and"
                                            + " free text belong in the vault of pathway-service, looked up by id",
                                    entry.event().getName())
                            .noneMatch(component -> Arrays.stream(WORDS.split(component))
                                    .map(word -> word.toLowerCase(Locale.ROOT))
                                    .anyMatch(SMELLS::contains));
                }));
    }

    private static Collection<String> components(Class<?> record, Set<String> found) {
        for (RecordComponent component : record.getRecordComponents()) {
            found.add(component.getName());
            Type type = component.getGenericType() instanceof ParameterizedType list
                    ? list.getActualTypeArguments()[0]
                    : component.getType();
            if (type instanceof Class<?> nested && nested.isRecord()) {
                components(nested, found);
            }
        }
        return found;
    }

    @TestFactory
    Stream<DynamicTest> samples_bear_test_identities_only() {
        return Samples.types().stream()
                .map(type -> dynamicTest(type, () -> {
                    JsonNode sample = EventJson.mapper().readTree(Samples.json(type));
                    texts(sample).forEach(text -> {
                        assertThat(NationalIds.isIns(text))
                                .as("an INS: %s", text)
                                .isFalse();
                        if (RPPS_LIKE.matcher(text).matches()) {
                            assertThat(text)
                                    .as("RPPS numbers of the test range")
                                    .startsWith("99700");
                            assertThat(NationalIds.isRpps(text))
                                    .as("key of %s", text)
                                    .isTrue();
                        }
                        if (FINESS_LIKE.matcher(text).matches()) {
                            assertThat(text)
                                    .as("FINESS numbers of the test range")
                                    .startsWith("9900000");
                            assertThat(NationalIds.isFiness(text))
                                    .as("key of %s", text)
                                    .isTrue();
                        }
                    });
                }));
    }

    private static Stream<String> texts(JsonNode node) {
        return node.isString()
                ? Stream.of(node.stringValue())
                : node.values().stream().flatMap(EventPrivacyTest::texts);
    }
}
