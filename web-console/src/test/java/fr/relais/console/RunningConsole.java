package fr.relais.console;

import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Two instances of the console on one MongoDB, with a fake of everything else; one for all tests. */
final class RunningConsole {

    private static RunningConsole shared;

    final FakeIssuer issuer = new FakeIssuer();
    final FakeServices services = new FakeServices();
    private final LocalMongo mongo;
    private final ConfigurableApplicationContext one;
    private final ConfigurableApplicationContext other;

    static synchronized RunningConsole shared() {
        if (shared == null) {
            shared = new RunningConsole();
        }
        return shared;
    }

    private RunningConsole() {
        try {
            Path folder = Files.createTempDirectory("relais-console");
            mongo = LocalMongo.start(folder, Ports.free(1).getFirst(), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        one = start();
        other = start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    private ConfigurableApplicationContext start() {
        return start(issuer.address());
    }

    /** A further instance, whose identity provider is away; it ends with the others, which share Netty's threads with it. */
    String addressWithoutProvider() {
        ConfigurableApplicationContext alone = start("http://127.0.0.1:1");
        Runtime.getRuntime().addShutdownHook(new Thread(alone::close));
        return "http://127.0.0.1:" + alone.getEnvironment().getProperty("local.server.port");
    }

    private ConfigurableApplicationContext start(String provider) {
        return new SpringApplicationBuilder(ConsoleApplication.class)
                .profiles("development")
                .run(
                        "--spring.mongodb.uri=" + mongo.uri("relais_console"),
                        "--server.port=0",
                        "--server.shutdown=immediate",
                        "--management.server.port=0",
                        "--relais.access.issuer=" + provider,
                        "--relais.access.timeout=5s",
                        "--relais.services.directory=" + services.address(),
                        "--relais.services.pathway=" + services.address(),
                        "--relais.services.notification=" + services.address());
    }

    String address() {
        return "http://127.0.0.1:" + one.getEnvironment().getProperty("local.server.port");
    }

    String otherAddress() {
        return "http://127.0.0.1:" + other.getEnvironment().getProperty("local.server.port");
    }

    String managementAddress() {
        return "http://127.0.0.1:" + one.getEnvironment().getProperty("local.management.port");
    }

    String mongoUri() {
        return mongo.uri("relais_console");
    }

    /** The process of the MongoDB that sessions are in, where it is one. */
    Optional<ProcessHandle> mongod() {
        return mongo.process().flatMap(child -> ProcessHandle.of(child.pid()));
    }

    /** Somebody in a browser that knows no JavaScript. */
    PlainBrowser browser(String persona, String language) {
        issuer.next(persona);
        return new PlainBrowser(address(), language);
    }

    private void close() {
        one.close();
        other.close();
        issuer.close();
        services.close();
        mongo.close();
    }
}
