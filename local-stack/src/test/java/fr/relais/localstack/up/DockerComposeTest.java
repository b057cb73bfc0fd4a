package fr.relais.localstack.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** Holds docker-compose.yml to what the services are, since the machines that build them may have no container engine. */
class DockerComposeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** Known to production alone; everything else must be known to {@code up} too. */
    private static final Set<String> PRODUCTION_ONLY =
            Set.of("SPRING_CONFIG_IMPORT", "RELAIS_VAULT_MASTER_KEY_ID", "RELAIS_MLLP_ADDRESS");

    private static Map<String, Object> compose;

    static List<ServiceSpec> services() {
        return ServiceSpec.withConsole(ROOT);
    }

    @BeforeAll
    static void read() throws IOException {
        compose = yaml(ROOT.resolve("docker-compose.yml"));
    }

    @Test
    void it_runs_mongodb_kafka_and_every_service() {
        Set<String> expected = new TreeSet<>(Set.of("mongodb", "kafka"));
        services().forEach(service -> expected.add(service.name()));

        assertThat(map(compose, "services").keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void the_images_are_of_the_versions_that_relais_is_built_for() {
        assertThat(at("kafka", "image")).isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
        assertThat(at("mongodb", "image")).asString().startsWith("mongo:8");
    }

    @Test
    void mongodb_is_a_replica_set_that_wants_a_password() {
        assertThat(at("mongodb", "entrypoint").toString()).contains("--replSet rs0", "--keyFile");
        assertThat(environment("mongodb")).containsKey("MONGO_INITDB_ROOT_PASSWORD_FILE");
    }

    @Test
    void kafka_makes_no_topic_by_itself() {
        assertThat(environment("kafka")).containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_serves_and_is_watched_on_its_own_ports(ServiceSpec service) {
        assertThat(environment(service.name()))
                .containsEntry("SERVER_PORT", service.port().number())
                .containsEntry("MANAGEMENT_SERVER_PORT", service.management().number());
        service.furtherPorts()
                .forEach((variable, port) ->
                        assertThat(environment(service.name())).containsEntry(variable, port.number()));
        assertThat(list(at(service.name(), "ports")))
                .contains("127.0.0.1:" + service.port().number() + ":"
                        + service.port().number())
                .allMatch(published -> published.startsWith("127.0.0.1:"), "published on loopback, for a TLS proxy");
        assertThat(at(service.name(), "healthcheck").toString())
                .contains("$$MANAGEMENT_SERVER_PORT", "/actuator/health/readiness");
    }

    @ParameterizedTest
    @MethodSource("services")
    void the_ports_are_those_the_service_itself_defaults_to(ServiceSpec service) throws IOException {
        Path file = ROOT.resolve(service.name()).resolve("src/main/resources/application.yaml");
        Map<String, Object> settings = yaml(file);

        assertThat(map(settings, "server")).containsEntry("port", service.port().number());
        assertThat(map(map(settings, "management"), "server"))
                .containsEntry("port", service.management().number());
        assertThat(map(map(settings, "spring"), "application")).containsEntry("name", service.name());
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_is_told_nothing_that_up_does_not_know(ServiceSpec service) {
        Layout layout = Layout.of(ROOT, Map.of());
        Set<String> known = new TreeSet<>(
                service.environment(layout, "uri", "servers", "issuer").keySet());
        known.addAll(PRODUCTION_ONLY);

        assertThat(known).containsAll(environment(service.name()).keySet());
        assertThat(environment(service.name()))
                .containsEntry("SPRING_PROFILES_ACTIVE", "production")
                .containsEntry("SPRING_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092")
                .doesNotContainKeys("RELAIS_CLOCK_OFFSET_FILE", "RELAIS_VAULT_DEVELOPMENT_FOLDER");
        assertThat(environment(service.name()).get("SPRING_MONGODB_URI"))
                .asString()
                .contains("@mongodb:27017/" + service.database() + "?replicaSet=rs0");
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_is_built_from_its_own_module_and_gets_the_secrets_it_wants(ServiceSpec service) {
        assertThat(map(map(map(compose, "services"), service.name()), "build").get("args"))
                .isEqualTo(Map.of("SERVICE", service.name()));
        List<String> targets = secrets(service.name()).stream()
                .map(secret -> String.valueOf(secret.get("target")))
                .toList();
        assertThat(targets).contains("mongodb.password").containsAll(service.secrets());
    }

    @Test
    void no_secret_is_in_the_file() throws IOException {
        Pattern literal = Pattern.compile("(?i)(password|secret|key)\\s*[:=]\\s*[\"']?[A-Za-z0-9+/=]{12,}");
        String text = Files.readString(ROOT.resolve("docker-compose.yml"));

        assertThat(literal.matcher(text).results().map(hit -> hit.group()).toList())
                .isEmpty();
        assertThat(text).doesNotContainPattern("mongodb://[^:@\\s]+:(?!\\$\\$\\{)");
        assertThat(map(compose, "secrets").values())
                .allSatisfy(secret -> assertThat(secret.toString()).startsWith("{file=secrets/"));
        assertThat(Files.readAllLines(ROOT.resolve(".gitignore"))).contains("/secrets/");
    }

    @Test
    void every_secret_and_volume_that_is_used_is_declared() {
        Set<String> used = new TreeSet<>();
        for (String service : map(compose, "services").keySet()) {
            secrets(service).forEach(secret -> used.add(String.valueOf(secret.get("source"))));
        }
        assertThat(map(compose, "secrets").keySet()).containsExactlyInAnyOrderElementsOf(used);
        List<String> mounted = new ArrayList<>();
        for (String service : List.of("mongodb", "kafka")) {
            list(at(service, "volumes")).forEach(volume -> mounted.add(volume.split(":", 2)[0]));
        }
        assertThat(map(compose, "volumes").keySet()).containsExactlyInAnyOrderElementsOf(mounted);
    }

    @Test
    void the_image_is_built_with_the_java_that_the_build_demands() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("Dockerfile")))
                .filteredOn(line -> line.startsWith("FROM"))
                .containsExactly("FROM eclipse-temurin:25-jdk AS build", "FROM eclipse-temurin:25-jre");
    }

    private static Object at(String service, String key) {
        return map(map(compose, "services"), service).get(key);
    }

    private static Map<String, Object> environment(String service) {
        return map(map(map(compose, "services"), service), "environment");
    }

    private static List<Map<String, Object>> secrets(String service) {
        Object secrets = at(service, "secrets");
        List<Map<String, Object>> all = new ArrayList<>();
        if (secrets instanceof List<?> some) {
            for (Object secret : some) {
                all.add(secret instanceof Map<?, ?> ? cast(secret) : Map.of("source", secret));
            }
        }
        return all;
    }

    private static List<String> list(Object value) {
        return ((List<?>) value).stream().map(String::valueOf).toList();
    }

    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        assertThat(parent).containsKey(key);
        return cast(parent.get(key));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return cast(new Yaml(new LoaderOptions()).load(reader));
        }
    }
}
