package fr.relais.systemtests;

import static org.awaitility.Awaitility.await;

import fr.relais.events.Checkout;
import fr.relais.localstack.ChildProcess;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.LocalStack;
import fr.relais.localstack.MongoChoice;
import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.frontdoor.DirectoryFile;
import fr.relais.localstack.frontdoor.LiveStream;
import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.persona.TokenServer;
import fr.relais.localstack.up.FixedPort;
import fr.relais.localstack.up.Layout;
import fr.relais.localstack.up.Readiness;
import fr.relais.localstack.up.ServiceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.opentest4j.TestAbortedException;

/** The whole of Relais as real processes on free ports, with data of its own; gone when closed. */
final class RelaisUnderTest implements AutoCloseable {

    static final String DIRECTORY = "directory-service";
    static final String PATHWAY = "pathway-service";
    static final String NOTIFICATION = "notification-service";
    static final List<String> SERVICES = List.of(DIRECTORY, PATHWAY, NOTIFICATION);

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Layout layout;
    private final LocalStack stack;
    private final TokenServer issuer;
    private final Map<String, ServiceSpec> specs = new LinkedHashMap<>();
    private final Map<String, ChildProcess> running = new LinkedHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    private RelaisUnderTest(Layout layout, LocalStack stack, TokenServer issuer) {
        this.layout = layout;
        this.stack = stack;
        this.issuer = issuer;
        // Processes that live for seconds start sooner with the cheap compiler.
        ServiceSpec.all(layout.root())
                .forEach(spec -> specs.put(spec.name(), spec.with("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")));
    }

    /** Starts everything; where the machine has no mongod the test is skipped, and says so. */
    static RelaisUnderTest start(Path data) {
        if (LocalMongo.everyChoice().stream().noneMatch(MongoChoice::isMongod)) {
            String message = "SKIPPED: a system test needs a mongod: name one in RELAIS_MONGOD or put it on the PATH";
            System.out.println(message);
            throw new TestAbortedException(message);
        }
        Layout layout = Layout.free(Checkout.root(), data);
        LocalStack stack = LocalStack.start(data, layout.stackPorts());
        RelaisUnderTest relais = new RelaisUnderTest(layout, stack, TokenServer.start());
        try {
            SERVICES.forEach(relais::begin);
            SERVICES.forEach(relais::awaitReady);
            return relais;
        } catch (RuntimeException e) {
            relais.close();
            throw e;
        }
    }

    /** Starts a service and waits until it is ready. */
    void startService(String service) {
        begin(service);
        awaitReady(service);
    }

    /** Stops a service as an operator does, and waits for its end. */
    void stopService(String service) {
        ChildProcess process = running.remove(service);
        process.stop();
    }

    private void begin(String service) {
        ServiceSpec spec = specs.get(service);
        running.put(
                service,
                spec.start(layout, stack.mongoUri(spec.database()), stack.bootstrapServers(), issuer.issuer()));
    }

    private void awaitReady(String service) {
        Readiness.await(running.get(service), specs.get(service).readinessUrl(layout), PATIENCE);
    }

    /** A persona's client of a service. */
    Api as(String persona, String service) {
        return Api.of(url(service), token(persona));
    }

    /** A client of a service that shows no token. */
    Api asNobody(String service) {
        return Api.of(url(service), null);
    }

    String token(String persona) {
        return issuer.tokens().token(persona);
    }

    String url(String service) {
        return layout.url(specs.get(service).port());
    }

    String managementUrl(String service) {
        return layout.url(specs.get(service).management());
    }

    /** Follows a persona's live stream of a service, until the end of the test. */
    LiveStream follow(String persona, String service, Consumer<LiveStream.Event> listener) {
        LiveStream stream = LiveStream.follow(url(service) + "/api/v1/live", token(persona), listener);
        open.add(stream);
        await().atMost(Duration.ofSeconds(20)).until(stream::isConnected);
        return stream;
    }

    /** A hospital's connection. */
    Mllp mllp() {
        try {
            return Mllp.connect(layout.port(FixedPort.MLLP));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves every service's business clock ahead. */
    void move(Duration ahead) {
        try {
            Path fresh = layout.clock().resolveSibling("clock.new");
            Files.writeString(fresh, moved().plus(ahead).toString());
            Files.move(fresh, layout.clock(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Now, by the services' business clock, which stories move too. */
    Instant now() {
        return Instant.now().plus(moved());
    }

    private Duration moved() {
        try {
            return Files.exists(layout.clock())
                    ? Duration.parse(Files.readString(layout.clock()).strip())
                    : Duration.ZERO;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Layout layout() {
        return layout;
    }

    LocalStack stack() {
        return stack;
    }

    Path log(String service) {
        return running.get(service).log();
    }

    /** Loads the structures and professionals that the personas are part of. */
    Api.Answer loadDirectory() {
        return as("operator-odile", DIRECTORY)
                .post("/api/v1/directory-loads", DirectoryFile.TYPE, DirectoryFile.of(Personas.all()));
    }

    @Override
    public void close() {
        open.forEach(each -> {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        running.values().forEach(ChildProcess::stop);
        issuer.close();
        stack.close();
    }
}
