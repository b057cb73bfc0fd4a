package fr.relais.systemtests.bench;

import static java.util.Objects.requireNonNull;

import fr.relais.localstack.ChildProcess;
import fr.relais.localstack.LocalStack;
import fr.relais.localstack.Ports;
import fr.relais.localstack.persona.TokenServer;
import fr.relais.localstack.up.FixedPort;
import fr.relais.localstack.up.Layout;
import fr.relais.localstack.up.Readiness;
import fr.relais.localstack.up.ServiceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A whole Relais for a measurement: real processes with the flags of {@code up}, on free ports, with data of its own. */
final class Stand implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Four steps that the ward hands out by hand, each to whom it names. */
    private static final String TEMPLATE = """
        key: bench
        version: 1
        title: { fr: Mesure, en: Measure }
        steps:
        """;

    private static final String STEP = """
          - key: %s
            title: { fr: %1$s, en: %1$s }
            role: %s
            doneBy: owner
            within: { days: 7 }
            care: { acts: [ bench.%1$s ], modes: [ HOME ] }
        """;

    private final Layout layout;
    private final LocalStack stack;
    private final TokenServer issuer;
    private final Map<String, ServiceSpec> specs = new LinkedHashMap<>();
    private final Map<String, ChildProcess> services = new LinkedHashMap<>();
    private final Map<String, ChildProcess> second = new LinkedHashMap<>();
    private final List<Integer> pathwayPorts = new ArrayList<>();
    private final Map<String, Duration> readyAfter = new LinkedHashMap<>();

    /** How the services' JVMs are started. */
    enum Jvm {
        /** As {@code ./relais up} does, with what they remember of work they did before, if they do. */
        USUAL,
        /** With the second compiler too. */
        BOTH_COMPILERS,
        /** Those that remember nothing yet take notes, which they write when they stop. */
        TAKING_NOTES
    }

    private Stand(Layout layout, LocalStack stack, TokenServer issuer, Jvm jvm) {
        this.layout = layout;
        this.stack = stack;
        this.issuer = issuer;
        pathwayPorts.add(layout.port(FixedPort.PATHWAY));
        String templates = layout.data().resolve("templates").toUri().toString();
        Path programs = layout.root().resolve(".relais").resolve("programs");
        ServiceSpec.all(layout.root()).stream()
                .map(spec -> jvm == Jvm.TAKING_NOTES ? spec.unpackedIn(programs) : spec.asUnpackedIn(programs))
                .forEach(spec -> specs.put(
                        spec.name(),
                        spec.name().equals("pathway-service")
                                ? spec.with("RELAIS_PATHWAY_TEMPLATES", templates)
                                : spec));
        // As where no time is moved: the file that moves it is read whenever a service asks for the time.
        specs.replaceAll((name, spec) -> spec.with("RELAIS_CLOCK_OFFSET_FILE", ""));
        if (jvm == Jvm.BOTH_COMPILERS) {
            specs.replaceAll((name, spec) -> spec.withBothCompilers());
        }
    }

    /** Starts everything and waits until it is ready. */
    static Stand start(Path root, Path data, Jvm jvm) {
        writeTemplate(data);
        Layout layout = Layout.free(root, data);
        long begun = System.nanoTime();
        LocalStack stack = LocalStack.start(data, layout.stackPorts());
        Stand stand = new Stand(layout, stack, TokenServer.start(), jvm);
        stand.readyAfter.put("kafka and mongod", Duration.ofNanos(System.nanoTime() - begun));
        try {
            stand.startServices();
            stand.readyAfter.put("everything", Duration.ofNanos(System.nanoTime() - begun));
            return stand;
        } catch (RuntimeException e) {
            stand.close();
            throw e;
        }
    }

    private static void writeTemplate(Path data) {
        StringBuilder yaml = new StringBuilder(TEMPLATE);
        List<String> roles = List.of("nurse", "gp", "pharmacist", "physiotherapist");
        for (int i = 0; i < roles.size(); i++) {
            yaml.append(STEP.formatted(Crew.STEPS.get(i).getFirst(), roles.get(i)));
        }
        try {
            Files.createDirectories(data.resolve("templates"));
            Files.writeString(data.resolve("templates").resolve("bench.v1.yaml"), yaml, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void startServices() {
        specs.keySet().forEach(this::begin);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(specs.keySet().stream()
                            .map(name -> CompletableFuture.runAsync(() -> awaitReady(name), threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    private void begin(String name) {
        ServiceSpec spec = requireNonNull(specs.get(name));
        services.put(
                name, spec.start(layout, stack.mongoUri(spec.database()), stack.bootstrapServers(), issuer.issuer()));
    }

    private void awaitReady(String name) {
        long begun = System.nanoTime();
        Readiness.await(
                requireNonNull(services.get(name)),
                requireNonNull(specs.get(name)).readinessUrl(layout),
                PATIENCE);
        synchronized (readyAfter) {
            readyAfter.put(name, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    void stopServices() {
        second.values().forEach(ChildProcess::stop);
        second.clear();
        services.values().forEach(ChildProcess::stop);
        services.clear();
    }

    /** Stops one service; {@link #startAgain} starts it. */
    void stop(String name) {
        requireNonNull(services.get(name)).stop();
    }

    void startAgain(List<String> names) {
        names.forEach(this::begin);
        names.forEach(this::awaitReady);
    }

    /** A second instance of each service beside the first. */
    void addInstances() {
        Map<String, Layout> layouts = new LinkedHashMap<>();
        specs.forEach((name, spec) -> {
            Layout own = onOtherPorts(spec);
            layouts.put(name, own);
            second.put(
                    name,
                    spec.start(
                            name + "-2",
                            own,
                            stack.mongoUri(spec.database()),
                            stack.bootstrapServers(),
                            issuer.issuer()));
        });
        layouts.forEach((name, own) -> Readiness.await(
                requireNonNull(second.get(name)),
                requireNonNull(specs.get(name)).readinessUrl(own),
                PATIENCE));
        pathwayPorts.add(requireNonNull(layouts.get("pathway-service")).port(FixedPort.PATHWAY));
    }

    void removeInstances() {
        second.values().forEach(ChildProcess::stop);
        second.clear();
        pathwayPorts.subList(1, pathwayPorts.size()).clear();
    }

    private Layout onOtherPorts(ServiceSpec spec) {
        Map<FixedPort, Integer> ports = new EnumMap<>(layout.ports());
        List<Integer> free = Ports.free(spec.ports().size());
        for (int i = 0; i < free.size(); i++) {
            ports.put(spec.ports().get(i), free.get(i));
        }
        return new Layout(layout.root(), layout.data(), ports);
    }

    /** Where a client of this number finds the pathways: clients are spread over the instances. */
    int pathwayPort(int client) {
        return pathwayPorts.get(client % pathwayPorts.size());
    }

    /** Bytes that Kafka and MongoDB use on disk. */
    Map<String, Long> disk() {
        Map<String, Long> used = new LinkedHashMap<>();
        for (String folder : List.of("kafka", "mongodb")) {
            used.put(folder, bytes(layout.data().resolve(folder)));
        }
        return used;
    }

    private static long bytes(Path folder) {
        try {
            // du: Kafka's indexes are sparse files.
            Process du = new ProcessBuilder("du", "-sk", folder.toString())
                    .redirectErrorStream(true)
                    .start();
            String line = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String first = line.split("\\s", 2)[0];
            return first.chars().allMatch(Character::isDigit) && !first.isEmpty() ? 1024 * Long.parseLong(first) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** How long each took to be ready, services counted from the start of the services. */
    Map<String, Duration> readyAfter() {
        return readyAfter;
    }

    TokenServer issuer() {
        return issuer;
    }

    LocalStack stack() {
        return stack;
    }

    Layout layout() {
        return layout;
    }

    int pathwayPort() {
        return layout.port(FixedPort.PATHWAY);
    }

    int directoryPort() {
        return layout.port(FixedPort.DIRECTORY);
    }

    int notificationPort() {
        return layout.port(FixedPort.NOTIFICATION);
    }

    int mllpPort() {
        return layout.port(FixedPort.MLLP);
    }

    /** Its processes, and this one as the client. */
    Map<String, ProcessHandle> processes() {
        Map<String, ProcessHandle> all = new LinkedHashMap<>();
        services.forEach((name, child) -> all.put(name.replace("-service", ""), handle(child)));
        second.forEach((name, child) -> all.put(name.replace("-service", "") + " 2", handle(child)));
        stack.kafka().process().ifPresent(child -> all.put("kafka", handle(child)));
        stack.mongo().process().ifPresent(child -> all.put("mongod", handle(child)));
        all.put("client", ProcessHandle.current());
        return all;
    }

    private static ProcessHandle handle(ChildProcess child) {
        return ProcessHandle.of(child.pid()).orElseThrow();
    }

    @Override
    public void close() {
        stopServices();
        issuer.close();
        stack.close();
    }
}
