package fr.relais.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;

/** A real Apache Kafka broker, its own controller, as a child JVM on this JVM's class path. */
final class BrokerProcess implements LocalKafka {

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final boolean throwAway;
    private final @Nullable SideDoor sideDoor;
    private ChildProcess child;

    private BrokerProcess(Path folder, int port, int controllerPort, boolean throwAway, @Nullable SideDoor sideDoor) {
        this.folder = folder;
        this.port = port;
        this.controllerPort = controllerPort;
        this.throwAway = throwAway;
        this.sideDoor = sideDoor;
        this.child = launch();
        awaitReady();
    }

    static BrokerProcess start(Path folder, int port, int controllerPort, boolean throwAway) {
        return new BrokerProcess(folder, port, controllerPort, throwAway, null);
    }

    static BrokerProcess start(Path folder, int port, int controllerPort, SideDoor sideDoor) {
        return new BrokerProcess(folder, port, controllerPort, false, sideDoor);
    }

    private ChildProcess launch() {
        Path home = folder.resolve("kafka").toAbsolutePath();
        Path properties = home.resolve("server.properties");
        Path arguments = home.resolve("java.arguments");
        try {
            Files.createDirectories(home);
            Files.writeString(properties, properties(home.resolve("data")));
            // A class path of two hundred jars in a file: a readable `ps`, and no limit on its length.
            Files.writeString(arguments, "-cp\n" + ClassPath.quotedForArgumentFile(ClassPath.ofThisJvm()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write Kafka's settings under " + home, e);
        }
        List<String> command = List.of(
                ClassPath.java().toString(),
                "-Xms64m",
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-Dlogback.configurationFile=fr/relais/localstack/kafka-logback.xml",
                "@" + arguments,
                KafkaBroker.class.getName(),
                properties.toString());
        return ChildProcess.start(
                "kafka", command, Map.of(), folder, throwAway ? Duration.ZERO : Duration.ofSeconds(20));
    }

    private String properties(Path data) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d%4$s
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d%5$s
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SIDE:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                default.replication.factor=1
                min.insync.replicas=1
                offsets.topic.num.partitions=4
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=2
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                broker.session.timeout.ms=6000
                broker.heartbeat.interval.ms=1000
                num.network.threads=2
                num.io.threads=4
                num.recovery.threads.per.data.dir=2
                log.cleaner.dedupe.buffer.size=16777216
                log.index.size.max.bytes=1048576
                """.formatted(
                        port,
                        controllerPort,
                        data.toString().replace("\\", "\\\\"),
                        sideDoor == null ? "" : ",SIDE://127.0.0.1:" + sideDoor.port(),
                        sideDoor == null ? "" : ",SIDE://127.0.0.1:" + sideDoor.advertised());
    }

    private void awaitReady() {
        try {
            KafkaReadiness.await(bootstrapServers(), this::obituary, "Kafka");
        } catch (RuntimeException e) {
            child.stop();
            throw e;
        }
    }

    private @Nullable String obituary() {
        return child.isAlive()
                ? null
                : "Kafka died at its start; see " + child.log() + ": " + String.join(" / ", child.lastLines(2));
    }

    @Override
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public String description() {
        return "Apache Kafka " + AppInfoParser.getVersion() + " as a child process on 127.0.0.1:" + port + ", log "
                + child.log();
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
