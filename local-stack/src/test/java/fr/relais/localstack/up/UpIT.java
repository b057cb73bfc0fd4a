package fr.relais.localstack.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.relais.localstack.Ports;
import fr.relais.localstack.issuer.DevelopmentIssuer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Test
    void up_starts_everything_tells_where_it_is_and_stops_everything() throws Exception {
        Layout layout = Layout.free(folder, folder.resolve(".relais"));
        ServiceSpec service = fake("sample-service").with("FAKE_SETTING", "as given");
        try (Up up = up(layout, service);
                HttpClient http = HttpClient.newHttpClient()) {
            up.start();

            String environment = http.send(
                            HttpRequest.newBuilder(URI.create(layout.url(FixedPort.DIRECTORY) + "/environment"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            assertThat(environment)
                    .contains("SPRING_PROFILES_ACTIVE=development")
                    .contains("SPRING_KAFKA_BOOTSTRAP_SERVERS=127.0.0.1:" + layout.port(FixedPort.KAFKA))
                    .contains("/sample_database")
                    .contains("RELAIS_ACCESS_ISSUER=" + layout.url(FixedPort.ISSUER))
                    .contains("RELAIS_INGRESS_MLLP_PORT=" + layout.port(FixedPort.MLLP))
                    .contains("SPRING_CONFIG_IMPORT=configtree:" + layout.data() + "/secrets/sample-service/")
                    .contains("FAKE_SETTING=as given");
            assertThat(layout.clock()).hasContent("PT0S");
            assertThat(Files.readString(layout.data().resolve("secrets/sample-service/sample.key")))
                    .hasSize(44);
            assertThat(told.toString(StandardCharsets.UTF_8))
                    .contains("Relais is up")
                    .contains("nurse-anne")
                    .contains(layout.url(FixedPort.DIRECTORY));
            assertThat(layout.data().resolve("run/up.ready")).exists();

            assertThatExceptionOfType(UpFailed.class)
                    .isThrownBy(() -> up(layout, service).start())
                    .withMessageContaining("up already")
                    .withMessageContaining("down");

            CompletableFuture<Optional<String>> death = CompletableFuture.supplyAsync(up::awaitDeath);
            http.sendAsync(
                    HttpRequest.newBuilder(URI.create(layout.url(FixedPort.DIRECTORY) + "/die"))
                            .build(),
                    BodyHandlers.discarding());
            assertThat(death.get(30, TimeUnit.SECONDS))
                    .hasValue("sample-service died with exit status 7; see "
                            + layout.data().resolve("logs/sample-service.log"));
        }
        assertThat(layout.ports().values()).allMatch(Ports::isFree);
        assertThat(layout.data().resolve("run/up.pid")).doesNotExist();
    }

    @Test
    void a_service_that_dies_at_its_start_is_said_so_at_once() {
        Layout layout = Layout.free(folder, folder.resolve(".relais"));
        try (Up up = up(layout, fake("sample-service").with("FAKE_DIES_AT_START", "yes"))) {
            assertThatExceptionOfType(UpFailed.class)
                    .isThrownBy(up::start)
                    .withMessage("sample-service died with exit status 3; see "
                            + layout.data().resolve("logs/sample-service.log"));
        }
    }

    @Test
    void a_taken_port_is_named_with_its_owner_and_the_way_out() throws Exception {
        Layout layout = Layout.free(folder, folder.resolve(".relais"));
        try (var taken = new ServerSocket(layout.port(FixedPort.DIRECTORY), 1, InetAddress.getLoopbackAddress());
                Up up = up(layout, fake("sample-service"))) {
            assertThatExceptionOfType(UpFailed.class)
                    .isThrownBy(up::start)
                    .withMessageContaining("port " + taken.getLocalPort())
                    .withMessageContaining(
                            "java (pid " + ProcessHandle.current().pid() + ")")
                    .withMessageContaining("RELAIS_PORT_DIRECTORY=");
        }
    }

    @Test
    void a_service_that_is_not_built_says_how_to_build_it() {
        Layout layout = Layout.free(folder, folder.resolve(".relais"));
        ServiceSpec service = ServiceSpec.all(folder).getFirst();

        assertThatExceptionOfType(UpFailed.class)
                .isThrownBy(() -> service.start(layout, "mongodb://127.0.0.1/x", "127.0.0.1:9", "http://127.0.0.1:9"))
                .withMessageContaining("directory-service is not built")
                .withMessageContaining("./mvnw");
    }

    private Up up(Layout layout, ServiceSpec... services) {
        List<String> issuer =
                List.of(java(), "-XX:TieredStopAtLevel=1", "-cp", classPath(), DevelopmentIssuer.class.getName());
        return new Up(layout, List.of(services), issuer, new PrintStream(told, true, StandardCharsets.UTF_8));
    }

    private static ServiceSpec fake(String name) {
        return new ServiceSpec(
                name,
                FixedPort.DIRECTORY,
                FixedPort.DIRECTORY_MANAGEMENT,
                "sample_database",
                Map.of(),
                Map.of("RELAIS_INGRESS_MLLP_PORT", FixedPort.MLLP),
                List.of("sample.key"),
                Map.of(),
                List.of(java(), "-XX:TieredStopAtLevel=1", "-cp", classPath(), FakeService.class.getName()));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
