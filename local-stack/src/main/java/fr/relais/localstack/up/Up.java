package fr.relais.localstack.up;

import fr.relais.localstack.ChildProcess;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.LocalStack;
import fr.relais.localstack.MongoChoice;
import fr.relais.localstack.Ports;
import fr.relais.localstack.persona.Persona;
import fr.relais.localstack.persona.Personas;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Everything that {@code ./relais up} starts, from the first port looked at to the last process stopped. */
public final class Up implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Layout layout;
    private final List<ServiceSpec> services;
    private final List<String> issuerCommand;
    private final PrintStream out;
    private final Path run;

    private final List<ChildProcess> children = new ArrayList<>();
    private volatile @Nullable LocalStack stack;
    private volatile @Nullable FileChannel lock;
    private boolean closed;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * Starts nothing yet.
     *
     * @param issuerCommand the program that is the development issuer
     * @param out where progress is told
     */
    public Up(Layout layout, List<ServiceSpec> services, List<String> issuerCommand, PrintStream out) {
        this.layout = layout;
        this.services = List.copyOf(services);
        this.issuerCommand = List.copyOf(issuerCommand);
        this.out = out;
        this.run = layout.data().resolve("run");
    }

    /** Starts everything and returns when all of it is ready. */
    public void start() {
        long begun = System.nanoTime();
        takeLock();
        checkPorts();
        layout.keep();
        if (LocalMongo.everyChoice().getFirst() == MongoChoice.STAND_IN) {
            out.println(LocalMongo.standInBanner());
        }
        say("starting MongoDB, Kafka and the development issuer");
        ChildProcess issuer = register(ChildProcess.start(
                "issuer",
                issuerArguments(),
                Map.of("SPRING_PROFILES_ACTIVE", "development"),
                layout.data(),
                Duration.ofSeconds(10)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                startTheRest(issuer, threads);
            } catch (RuntimeException e) {
                // The others' patience need not end once one has failed.
                threads.shutdownNow();
                Optional<ChildProcess> dead = firstDead();
                throw dead.isPresent() ? new UpFailed(Readiness.obituary(dead.get())) : e;
            }
        }
        printSummary(Duration.ofNanos(System.nanoTime() - begun));
        markReady();
    }

    private void startTheRest(ChildProcess issuer, ExecutorService threads) {
        List<CompletableFuture<Void>> ready = new ArrayList<>();
        String issuerUrl = layout.url(FixedPort.ISSUER);
        ready.add(CompletableFuture.runAsync(
                        () -> Readiness.await(issuer, issuerUrl + "/.well-known/openid-configuration", PATIENCE),
                        threads)
                .thenRun(() -> say("ready: development issuer on " + issuerUrl)));
        LocalStack backing = startStack();
        say("ready: " + backing.mongo().description());
        say("ready: " + backing.kafka().description());
        backing.mongo().process().ifPresent(this::register);
        backing.kafka().process().ifPresent(this::register);

        say("starting "
                + String.join(", ", services.stream().map(ServiceSpec::name).toList()));
        for (ServiceSpec service : services) {
            ChildProcess process = register(
                    service.start(layout, backing.mongoUri(service.database()), backing.bootstrapServers(), issuerUrl));
            ready.add(CompletableFuture.runAsync(
                            () -> Readiness.await(process, service.readinessUrl(layout), PATIENCE), threads)
                    .thenRun(() -> say("ready: " + service.name() + " on " + layout.url(service.port()))));
        }
        awaitAll(ready);
    }

    /** In the order of their start: a service that cannot live without MongoDB dies after it and is not the cause. */
    private Optional<ChildProcess> firstDead() {
        synchronized (children) {
            return children.stream().filter(child -> !child.isAlive()).findFirst();
        }
    }

    /** Waits until a process dies by itself and says which; empty when everything was told to stop. */
    public Optional<String> awaitDeath() {
        List<CompletableFuture<String>> deaths;
        synchronized (children) {
            deaths = children.stream()
                    .map(child -> child.onExit().thenApply(status -> Readiness.obituary(child)))
                    .toList();
        }
        String death = CompletableFuture.anyOf(deaths.toArray(CompletableFuture[]::new))
                .thenApply(String.class::cast)
                .join();
        try {
            // Ctrl-C reaches every process of the terminal. A child that obeys it at once has not died, it was stopped.
            return stopping.await(2, TimeUnit.SECONDS) ? Optional.empty() : Optional.of(death);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Stops what was started, the services first, and waits for the end of each. */
    @Override
    public void close() {
        stopping.countDown();
        List<ChildProcess> toStop;
        synchronized (children) {
            closed = true;
            // MongoDB and Kafka stop last: the services may have something to finish.
            toStop = children.stream()
                    .filter(child -> !List.of("mongodb", "kafka").contains(child.name()))
                    .toList();
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            toStop.forEach(child -> threads.execute(child::stop));
        }
        LocalStack backing = stack;
        if (backing != null) {
            backing.close();
        }
        releaseLock();
    }

    private LocalStack startStack() {
        try {
            LocalStack backing = LocalStack.start(layout.data(), layout.stackPorts());
            stack = backing;
            if (isClosed()) {
                backing.close();
                throw new UpFailed("stopped while starting");
            }
            return backing;
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new UpFailed(String.valueOf(e.getMessage()));
        }
    }

    private ChildProcess register(ChildProcess child) {
        synchronized (children) {
            children.add(child);
        }
        if (isClosed()) {
            child.stop();
            throw new UpFailed("stopped while starting");
        }
        return child;
    }

    private boolean isClosed() {
        synchronized (children) {
            return closed;
        }
    }

    /** Fails with the first that fails, without waiting for the others' patience to end. */
    private static void awaitAll(List<CompletableFuture<Void>> ready) {
        CompletableFuture<Void> all = CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new));
        CompletableFuture<Void> firstFailure = new CompletableFuture<>();
        ready.forEach(one -> one.exceptionally(failure -> {
            firstFailure.completeExceptionally(failure);
            return null;
        }));
        try {
            CompletableFuture.anyOf(all, firstFailure).join();
        } catch (CompletionException e) {
            Throwable cause = e.getCause() instanceof CompletionException inner ? inner.getCause() : e.getCause();
            throw cause instanceof RuntimeException failure ? failure : e;
        }
    }

    private List<String> issuerArguments() {
        List<String> command = new ArrayList<>(issuerCommand);
        command.add("--server.port=" + layout.port(FixedPort.ISSUER));
        command.add("--relais.issuer.url=" + layout.url(FixedPort.ISSUER));
        command.add("--relais.issuer.console=" + layout.url(FixedPort.CONSOLE));
        command.add("--relais.issuer.root=" + layout.root());
        command.add("--relais.issuer.folder=" + layout.data().resolve("issuer"));
        return command;
    }

    private void checkPorts() {
        List<FixedPort> wanted = new ArrayList<>(List.of(FixedPort.ISSUER));
        if (LocalMongo.everyChoice().getFirst() != MongoChoice.ADDRESS) {
            wanted.add(FixedPort.MONGODB);
        }
        if (System.getenv("RELAIS_KAFKA") == null) {
            wanted.add(FixedPort.KAFKA);
            wanted.add(FixedPort.KAFKA_CONTROLLER);
        }
        services.forEach(service -> wanted.addAll(service.ports()));
        for (FixedPort port : wanted) {
            int number = layout.port(port);
            if (!Ports.isFree(number)) {
                throw new UpFailed("port " + number + " (" + port.user() + ") is taken by " + PortOwner.of(number)
                        + ". Stop it, or choose another port: " + port.variable() + "=" + (number + 20_000) % 60_000
                        + " ./relais up");
            }
        }
    }

    private void takeLock() {
        Path pidFile = run.resolve("up.pid");
        try {
            Files.createDirectories(run);
            FileChannel channel =
                    FileChannel.open(run.resolve("up.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean taken;
            try {
                taken = channel.tryLock() != null;
            } catch (OverlappingFileLockException e) {
                taken = false;
            }
            if (!taken) {
                channel.close();
                String pid = Files.exists(pidFile) ? Files.readString(pidFile).strip() : "unknown";
                throw new UpFailed(
                        "it is up already (pid " + pid + "). See ./relais status, or stop it: ./relais down");
            }
            lock = channel;
            Files.deleteIfExists(run.resolve("up.ready"));
            Files.writeString(pidFile, Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write under " + run, e);
        }
    }

    private void markReady() {
        try {
            Files.writeString(run.resolve("up.ready"), "");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write under " + run, e);
        }
    }

    private void releaseLock() {
        FileChannel held = lock;
        if (held == null) {
            return;
        }
        try {
            Files.deleteIfExists(run.resolve("up.ready"));
            Files.deleteIfExists(run.resolve("up.pid"));
            held.close();
        } catch (IOException e) {
            // The lock ends with this process in any case.
        }
    }

    private void printSummary(Duration took) {
        StringBuilder text = new StringBuilder("\nRelais is up, after " + took.toSeconds() + " s.\n\n");
        if (services.stream().anyMatch(service -> service.port() == FixedPort.CONSOLE)) {
            text.append(String.format("  Open      %s%n", layout.url(FixedPort.CONSOLE)));
            text.append(String.format(
                    "  Play      %s/try   a stay, watched in three windows%n%n", layout.url(FixedPort.ISSUER)));
        }
        for (ServiceSpec service : services) {
            text.append(String.format(
                    "  %-22s %s   health %s/actuator/health%n",
                    service.name(), layout.url(service.port()), layout.url(service.management())));
        }
        text.append(String.format("  %-22s mllp://127.0.0.1:%d%n", "hospital messages", layout.port(FixedPort.MLLP)));
        text.append(String.format("  %-22s %s%n", "issuer", layout.url(FixedPort.ISSUER)));
        LocalStack backing = stack;
        if (backing != null) {
            text.append(String.format("  %-22s %s%n", "MongoDB", backing.mongo().description()));
            text.append(String.format("  %-22s %s%n", "Kafka", backing.kafka().description()));
        }
        text.append(String.format("  %-22s %s%n%n", "data and logs", layout.shown(layout.data())));
        text.append("  Personas, one of which you choose to be when you log in:\n");
        for (Persona persona : Personas.all().personas()) {
            text.append(String.format("    %-18s %s, %s%n", persona.key(), persona.name(), persona.about()));
        }
        text.append(String.format(
                "%n  A token:  curl -s -X POST '%s/token?persona=nurse-anne'%n", layout.url(FixedPort.ISSUER)));
        text.append("  Next:     ./relais demo, ./relais status, ./relais logs pathway-service\n");
        text.append("  To stop:  Ctrl-C here, or ./relais down\n");
        out.print(text);
        out.flush();
    }

    private void say(String line) {
        out.println("  " + line);
        out.flush();
    }
}
