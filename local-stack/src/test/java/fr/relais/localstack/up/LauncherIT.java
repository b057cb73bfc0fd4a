package fr.relais.localstack.up;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.localstack.LocalStack;
import fr.relais.localstack.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a process, with programs in the services' places that only say they are ready. */
class LauncherIT {

    @TempDir
    private Path root;

    private Layout layout;
    private final List<Process> launched = new ArrayList<>();

    @BeforeEach
    void buildFakes() throws IOException {
        layout = Layout.free(root, root.resolve(".relais"));
        for (ServiceSpec service : ServiceSpec.withConsole(root)) {
            Path target = root.resolve(service.name()).resolve("target");
            Files.createDirectories(target);
            fakeJar(target.resolve(service.name() + "-0.1.0-SNAPSHOT.jar"));
        }
    }

    @AfterEach
    void leaveNothingRunning() {
        launched.forEach(Process::destroyForcibly);
    }

    @Test
    void ctrl_c_stops_everything_and_leaves_the_data() throws Exception {
        LocalStack backing = LocalStack.shared();
        Process launcher = launch(Map.of(
                "RELAIS_KAFKA", backing.bootstrapServers(),
                "RELAIS_MONGODB_URI", backing.mongoUri("ignored")));
        awaitReady(launcher);

        new ProcessBuilder("kill", "-INT", Long.toString(launcher.pid()))
                .start()
                .waitFor();

        assertThat(launcher.waitFor(60, SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isEqualTo(130);
        assertThat(log()).contains("Relais is up", "Relais is down; its data stays in .relais.");
        assertThat(layout.ports().values()).allMatch(Ports::isFree);
        assertThat(layout.data().resolve("issuer/development-key.pkcs8")).exists();
        assertThat(layout.data().resolve("run/up.pid")).doesNotExist();
    }

    @Test
    void a_launcher_killed_by_minus_9_leaves_nothing_running() throws Exception {
        Process launcher = launch(Map.of());
        awaitReady(launcher);

        launcher.destroyForcibly();

        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(layout.ports().values()).allMatch(Ports::isFree));
    }

    private Process launch(Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>();
        if (interruptsAreIgnoredHere()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=fr/relais/localstack/up-logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                "up"));
        ProcessBuilder builder = new ProcessBuilder(command);
        layout.ports().forEach((port, number) -> builder.environment().put(port.variable(), number.toString()));
        builder.environment().putAll(environment);
        Process launcher = builder.directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("launcher.log").toFile())
                .start();
        launched.add(launcher);
        return launcher;
    }

    // What a shell starts in the background ignores Ctrl-C, and so does all that it starts, this test included.
    private static boolean interruptsAreIgnoredHere() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .map(line ->
                            new BigInteger(line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(ignored -> ignored.testBit(1));
        }
    }

    private void awaitReady(Process launcher) {
        await().atMost(120, SECONDS).until(() -> {
            assertThat(launcher.isAlive()).as(log()).isTrue();
            return Files.exists(layout.data().resolve("run/up.ready"));
        });
    }

    private String log() throws IOException {
        return Files.readString(root.resolve("launcher.log"));
    }

    private static void fakeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        String entry = FakeService.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream contents = new JarOutputStream(file, manifest);
                var compiled = FakeService.class.getClassLoader().getResourceAsStream(entry)) {
            contents.putNextEntry(new JarEntry(entry));
            compiled.transferTo(contents);
        }
    }
}
