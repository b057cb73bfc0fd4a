package fr.relais.localstack;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@code mongod} as a child process, a replica set of one. */
final class MongodProcess implements LocalMongo {

    private final Path mongod;
    private final Path folder;
    private final int port;
    private final boolean throwAway;
    private final MongoAddress address;
    private ChildProcess child;

    private MongodProcess(Path mongod, Path folder, int port, boolean throwAway) {
        this.mongod = mongod;
        this.folder = folder;
        this.port = port;
        this.throwAway = throwAway;
        // Direct, because a laptop's replica set may know itself by another name; polled, because a streaming monitor
        // is of no use with one member and some servers break it off.
        this.address = MongoAddress.loopback(port, "directConnection=true&serverMonitoringMode=poll");
        this.child = launch();
        awaitReady();
    }

    static MongodProcess start(Path mongod, Path folder, int port, boolean throwAway) {
        return new MongodProcess(mongod, folder, port, throwAway);
    }

    private ChildProcess launch() {
        Path data = folder.resolve("mongodb").toAbsolutePath();
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make MongoDB's data folder " + data, e);
        }
        List<String> command = new ArrayList<>(List.of(
                mongod.toString(),
                "--replSet",
                "rs0",
                "--dbpath",
                data.toString(),
                "--port",
                Integer.toString(port),
                "--bind_ip",
                "127.0.0.1",
                "--wiredTigerCacheSizeGB",
                throwAway ? "0.5" : cacheGigabytes()));
        if (throwAway) {
            // Nobody will miss the last tenth of a second of a test after a crash of the machine.
            command.addAll(List.of("--journalCommitInterval", "100"));
        }
        return ChildProcess.start(
                "mongodb", command, Map.of(), folder, throwAway ? Duration.ZERO : Duration.ofSeconds(15));
    }

    // MongoDB's own choice is half of the memory; here Kafka and the services want some too.
    // With one gigabyte a sixth of its work was making room, as soon as some thousand pathways were there.
    private static String cacheGigabytes() {
        long bytes = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
        return Long.toString(Math.clamp((bytes >> 30) / 4, 1, 8));
    }

    private void awaitReady() {
        try {
            MongoReadiness.initiateAndAwait(uri("admin"), "127.0.0.1:" + port, this::obituary, "mongod");
        } catch (RuntimeException e) {
            child.stop();
            throw e;
        }
    }

    private @Nullable String obituary() {
        return child.isAlive()
                ? null
                : "mongod died at its start; see " + child.log() + ": " + String.join(" / ", child.lastLines(2));
    }

    @Override
    public MongoChoice choice() {
        return MongoChoice.MONGOD;
    }

    @Override
    public String uri(String database) {
        return address.database(database);
    }

    @Override
    public String description() {
        return "MongoDB as a child process (" + mongod + ") on 127.0.0.1:" + port + ", log " + child.log();
    }

    @Override
    public Optional<ChildProcess> process() {
        return Optional.of(child);
    }

    @Override
    public void stop() {
        child.stop();
    }

    @Override
    public void kill() {
        child.kill();
    }

    @Override
    public void restart() {
        child.stop();
        child = launch();
        awaitReady();
    }

    @Override
    public void close() {
        child.stop();
    }
}
