package fr.relais.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.Checkout;
import fr.relais.events.EventJson;
import fr.relais.events.Generated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Writes {@code docs/configuration.md} from the configuration records, and compares it with what is there. */
class ConfigurationDocumentTest {

    private static final String COMMAND = "./mvnw -pl system-tests -am test -Dtest=ConfigurationDocumentTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Drelais.docs=write";
    private static final Map<String, String> MODULES = new LinkedHashMap<>(Map.of());

    static {
        MODULES.put("service-kit", "Every service");
        MODULES.put("directory-service", "directory-service");
        MODULES.put("pathway-service", "pathway-service");
        MODULES.put("notification-service", "notification-service");
        MODULES.put("web-console", "web-console");
    }

    @Test
    void the_document_says_what_the_records_say() throws IOException {
        StringBuilder document = new StringBuilder("""
                # Configuration

                Written from the configuration records; do not edit. Write it again with `%s`.

                Every property may be given as an environment variable (`relais.clock.offset-file` as `RELAIS_CLOCK_OFFSET_FILE`),
                in a file, or, for secrets, as a file of a configtree: `spring.config.import=optional:configtree:/run/secrets/`.
                Addresses, credentials and TLS of the stores are Spring Boot's own and pass through as they are:
                `spring.mongodb.uri`, `spring.mongodb.ssl.bundle`, `spring.kafka.bootstrap-servers`,
                `spring.kafka.security.protocol`, `spring.kafka.properties.sasl.*`, `spring.kafka.ssl.bundle`.
                """.formatted(COMMAND));
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            document.append("\n## ").append(module.getValue()).append("\n");
            sections(module.getKey())
                    .forEach((prefix, rows) -> document.append("\n### `")
                            .append(prefix)
                            .append("`\n\n| property | default | meaning |\n|---|---|---|\n")
                            .append(rows));
        }
        Generated.same("docs/configuration.md", document.toString(), COMMAND);
    }

    private static Map<String, StringBuilder> sections(String module) throws IOException {
        Path metadata =
                Checkout.root().resolve(module).resolve("target/classes/META-INF/spring-configuration-metadata.json");
        assertThat(metadata).as("configuration metadata of " + module).exists();
        Map<String, JsonNode> properties = new TreeMap<>();
        for (JsonNode property :
                EventJson.mapper().readTree(Files.readAllBytes(metadata)).path("properties")) {
            properties.put(property.path("name").asString(), property);
        }
        Map<String, StringBuilder> sections = new TreeMap<>();
        properties.forEach((name, property) -> {
            String meaning = property.path("description").asString("").replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`");
            assertThat(meaning)
                    .as("@param of " + name + " in its configuration record: say what it means and in which unit")
                    .isNotBlank();
            sections.computeIfAbsent(name.substring(0, name.lastIndexOf('.')), any -> new StringBuilder())
                    .append("| `%s` | %s | %s |%n"
                            .formatted(name, defaultOf(property.path("defaultValue")), meaning.replace("|", "\\|")));
        });
        return sections;
    }

    private static String defaultOf(JsonNode value) {
        return value.isMissingNode()
                        || value.isNull()
                        || (value.isString() && value.asString().isEmpty())
                ? ""
                : "`" + (value.isString() ? value.asString() : value.toString()) + "`";
    }
}
