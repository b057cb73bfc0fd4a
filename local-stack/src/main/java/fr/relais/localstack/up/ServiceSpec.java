package fr.relais.localstack.up;

import fr.relais.localstack.ChildProcess;
import fr.relais.localstack.persona.DevTokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A service and what it needs to run beside the others on one machine: for {@code up}, and for tests that start real
 * processes.
 *
 * @param name its module's name
 * @param port where it serves
 * @param management where it answers for its health
 * @param database its own database
 * @param calls whose APIs it calls, by the environment variable that tells it the address
 * @param furtherPorts other ports it listens on, by the environment variable that tells it
 * @param secrets configuration keys that want 32 random bytes in Base64; {@code up} makes them once and keeps them as files
 * @param settings further environment variables
 * @param command the program, before the environment
 */
public record ServiceSpec(
        String name,
        FixedPort port,
        FixedPort management,
        String database,
        Map<String, FixedPort> calls,
        Map<String, FixedPort> furtherPorts,
        List<String> secrets,
        Map<String, String> settings,
        List<String> command) {

    private static final Duration GRACE = Duration.ofSeconds(20);

    /** Whoever takes notes writes them when told to stop, all services at once. */
    private static final Duration GRACE_WITH_NOTES = Duration.ofSeconds(75);

    /**
     * On a small machine the second compiler takes for minutes what it gives back in hours, and a fifth of the memory: see
     * system-tests/BENCHMARKS.md.
     */
    private static final String ONLY_C1 = "-XX:TieredStopAtLevel=1";

    private static final String NOTES = "-XX:AOTConfiguration=";

    public ServiceSpec {
        calls = Map.copyOf(calls);
        furtherPorts = Map.copyOf(furtherPorts);
        secrets = List.copyOf(secrets);
        settings = Map.copyOf(settings);
        command = List.copyOf(command);
    }

    /** The same with both compilers of the JVM. */
    public ServiceSpec withBothCompilers() {
        return by(command.stream().filter(option -> !option.equals(ONLY_C1)).toList());
    }

    /** The services of Relais, as built under this root. */
    public static List<ServiceSpec> all(Path root) {
        return List.of(
                built(root, "directory-service", FixedPort.DIRECTORY, FixedPort.DIRECTORY_MANAGEMENT)
                        .onDatabase("relais_directory"),
                built(root, "pathway-service", FixedPort.PATHWAY, FixedPort.PATHWAY_MANAGEMENT)
                        .onDatabase("relais_pathway")
                        .listeningOn("RELAIS_INGRESS_MLLP_PORT", FixedPort.MLLP),
                built(root, "notification-service", FixedPort.NOTIFICATION, FixedPort.NOTIFICATION_MANAGEMENT)
                        .onDatabase("relais_notification")
                        .withSecret("relais.webhook.key")
                        // A receiver of the demonstration listens on this machine.
                        .with("RELAIS_WEBHOOK_ALLOW_LOOPBACK", "true"));
    }

    /** The web page of those who use the services. */
    public static ServiceSpec console(Path root) {
        return built(root, "web-console", FixedPort.CONSOLE, FixedPort.CONSOLE_MANAGEMENT)
                .onDatabase("relais_console")
                .calling("RELAIS_SERVICES_DIRECTORY", FixedPort.DIRECTORY)
                .calling("RELAIS_SERVICES_PATHWAY", FixedPort.PATHWAY)
                .calling("RELAIS_SERVICES_NOTIFICATION", FixedPort.NOTIFICATION)
                .withSecret("relais.session.key");
    }

    /** All that {@code up} starts: the services and the console. */
    public static List<ServiceSpec> withConsole(Path root) {
        return Stream.concat(all(root).stream(), Stream.of(console(root))).toList();
    }

    private static ServiceSpec built(Path root, String module, FixedPort port, FixedPort management) {
        return new ServiceSpec(
                module,
                port,
                management,
                module,
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        // Half a service, such as one that cannot send any more, is worse than none.
                        "-XX:+ExitOnOutOfMemoryError",
                        ONLY_C1,
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-jar",
                        root.resolve(module)
                                .resolve("target")
                                .resolve(module + ".jar")
                                .toString()));
    }

    private ServiceSpec onDatabase(String other) {
        return new ServiceSpec(name, port, management, other, calls, furtherPorts, secrets, settings, command);
    }

    private ServiceSpec calling(String variable, FixedPort callee) {
        Map<String, FixedPort> more = new LinkedHashMap<>(calls);
        more.put(variable, callee);
        return new ServiceSpec(name, port, management, database, more, furtherPorts, secrets, settings, command);
    }

    private ServiceSpec listeningOn(String variable, FixedPort further) {
        Map<String, FixedPort> more = new LinkedHashMap<>(furtherPorts);
        more.put(variable, further);
        return new ServiceSpec(name, port, management, database, calls, more, secrets, settings, command);
    }

    private ServiceSpec withSecret(String key) {
        List<String> more = new ArrayList<>(secrets);
        more.add(key);
        return new ServiceSpec(name, port, management, database, calls, furtherPorts, more, settings, command);
    }

    /** The same with another environment variable set. */
    public ServiceSpec with(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(variable, value);
        return new ServiceSpec(name, port, management, database, calls, furtherPorts, secrets, more, command);
    }

    /** The same, started by another command: another build, or other options of the JVM. */
    public ServiceSpec by(List<String> other) {
        return new ServiceSpec(name, port, management, database, calls, furtherPorts, secrets, settings, other);
    }

    /**
     * The same from its unpacked jar, if the build left one in this folder: that starts in three quarters of the time, and in
     * half of it with what the JVM remembers of an earlier start. A JVM that remembers nothing yet takes notes, of which
     * {@code ./relais down} makes what the next start reads.
     */
    public ServiceSpec unpackedIn(Path programs) {
        Path program = programs.resolve(name);
        Optional<Path> jar = jarIn(program);
        if (jar.isEmpty()) {
            return this;
        }
        Path remembered = program.resolve("start.aot");
        List<String> other = new ArrayList<>(command.subList(0, command.size() - 2));
        if (Files.exists(remembered)) {
            other.add("-XX:AOTCache=" + remembered);
        } else {
            other.addAll(List.of("-XX:AOTMode=record", NOTES + program.resolve("start.notes")));
        }
        other.addAll(List.of("-jar", jar.get().toString()));
        return new ServiceSpec(name, port, management, database, calls, furtherPorts, secrets, settings, other);
    }

    /**
     * The same from its unpacked jar, with what was remembered of an earlier start if there is any; takes no notes, since
     * whoever is killed can write none.
     */
    public ServiceSpec asUnpackedIn(Path programs) {
        ServiceSpec unpacked = unpackedIn(programs);
        return unpacked.by(unpacked.command().stream()
                .filter(option -> !option.startsWith("-XX:AOTMode=") && !option.startsWith(NOTES))
                .toList());
    }

    /** The jar that it starts from. */
    public Path jar() {
        return Path.of(jarAsBuilt(command.getLast()));
    }

    private Optional<Path> jarIn(Path program) {
        if (!Files.isDirectory(program)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(program, name + "-[0-9]*.jar")) {
            return StreamSupport.stream(jars.spliterator(), false).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + program, e);
        }
    }

    /** Every port it listens on. */
    public List<FixedPort> ports() {
        List<FixedPort> all = new ArrayList<>(List.of(port, management));
        all.addAll(furtherPorts.values());
        return all;
    }

    /**
     * What it finds in its environment.
     *
     * @param mongoUri a connection string for its database
     * @param issuer whose tokens it takes
     */
    public Map<String, String> environment(Layout layout, String mongoUri, String bootstrapServers, String issuer) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SPRING_PROFILES_ACTIVE", "development");
        environment.put("SPRING_MONGODB_URI", mongoUri);
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SERVER_PORT", Integer.toString(layout.port(port)));
        environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(layout.port(management)));
        environment.put("RELAIS_ACCESS_ISSUER", issuer);
        environment.put("RELAIS_ACCESS_AUDIENCE", DevTokens.AUDIENCE);
        environment.put("RELAIS_CLOCK_OFFSET_FILE", layout.clock().toString());
        environment.put("RELAIS_COMMUNES_FILE", communes(layout).toString());
        environment.put(
                "RELAIS_VAULT_DEVELOPMENT_FOLDER", layout.data().resolve("keys").toString());
        calls.forEach((variable, callee) -> environment.put(variable, layout.url(callee)));
        furtherPorts.forEach((variable, further) -> environment.put(variable, Integer.toString(layout.port(further))));
        if (!secrets.isEmpty()) {
            environment.put("SPRING_CONFIG_IMPORT", "configtree:" + secretsFolder(layout) + "/");
        }
        environment.putAll(settings);
        return environment;
    }

    /** Starts it as a process of its own; that it answers is for {@link Readiness} to see. */
    public ChildProcess start(Layout layout, String mongoUri, String bootstrapServers, String issuer) {
        return start(name, layout, mongoUri, bootstrapServers, issuer);
    }

    /** Like the other, for one of several instances, whose log and pid file have this name. */
    public ChildProcess start(String instance, Layout layout, String mongoUri, String bootstrapServers, String issuer) {
        makeSecrets(layout);
        makeClock(layout);
        makeCommunes(layout);
        return ChildProcess.start(
                instance,
                command.stream().map(this::jarAsBuilt).toList(),
                environment(layout, mongoUri, bootstrapServers, issuer),
                layout.data(),
                command.stream().anyMatch(option -> option.startsWith(NOTES)) ? GRACE_WITH_NOTES : GRACE);
    }

    /** Where it says that it is ready. */
    public String readinessUrl(Layout layout) {
        return layout.url(management) + "/actuator/health/readiness";
    }

    /** {@code module.jar} stands for {@code module-<version>.jar}, whichever version was built last. */
    private String jarAsBuilt(String argument) {
        if (!argument.endsWith(name + ".jar")) {
            return argument;
        }
        Path target = Path.of(argument).resolveSibling("");
        if (!Files.isDirectory(target)) {
            throw notBuilt(target);
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, name + "-[0-9]*.jar")) {
            return StreamSupport.stream(jars.spliterator(), false)
                    .filter(jar -> !jar.toString().endsWith("-tests.jar"))
                    .max(java.util.Comparator.comparing(ServiceSpec::lastModified))
                    .orElseThrow(() -> notBuilt(target))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + target, e);
        }
    }

    private UpFailed notBuilt(Path target) {
        return new UpFailed(name + " is not built: there is no jar in " + target + ". Run ./mvnw -DskipTests package");
    }

    private static long lastModified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path secretsFolder(Layout layout) {
        return layout.data().resolve("secrets").resolve(name);
    }

    private void makeSecrets(Layout layout) {
        Path folder = secretsFolder(layout);
        try {
            for (String secret : secrets) {
                Path file = folder.resolve(secret);
                if (!Files.exists(file)) {
                    Files.createDirectories(folder);
                    byte[] bytes = new byte[32];
                    new SecureRandom().nextBytes(bytes);
                    // A temporary file is its owner's alone; moved when whole, so that a crash leaves no half secret.
                    Path fresh = Files.createTempFile(folder, "new", ".secret");
                    Files.writeString(fresh, Base64.getEncoder().encodeToString(bytes));
                    Files.move(fresh, file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make development secrets in " + folder, e);
        }
    }

    private static Path communes(Layout layout) {
        return layout.data().resolve("communes.csv");
    }

    private static void makeCommunes(Layout layout) {
        try (InputStream communes = Objects.requireNonNull(
                ServiceSpec.class.getResourceAsStream("/fr/relais/localstack/communes.csv"),
                "communes.csv is missing")) {
            Path fresh = Files.createTempFile(Files.createDirectories(layout.data()), "communes", ".csv");
            Files.copy(communes, fresh, StandardCopyOption.REPLACE_EXISTING);
            // Services that start at the same time each put the same file there, whole.
            Files.move(fresh, communes(layout), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + communes(layout), e);
        }
    }

    private static void makeClock(Layout layout) {
        try {
            Files.createDirectories(layout.data());
            if (!Files.exists(layout.clock())) {
                Files.writeString(layout.clock(), "PT0S");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the clock file " + layout.clock(), e);
        }
    }
}
