package fr.relais.localstack;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.common.utils.AppInfoParser;
import org.testcontainers.kafka.KafkaContainer;

/** Kafka's own image in a container; {@code up} keeps its data in the volume {@code relais-kafka}. */
final class DockerKafka implements LocalKafka {

    private final KafkaContainer container;

    private DockerKafka(boolean throwAway) {
        // The clients' version is the BOM's, and so is the broker's.
        container = new KafkaContainer("apache/kafka:" + AppInfoParser.getVersion())
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        if (!throwAway) {
            container
                    .withEnv("KAFKA_LOG_DIRS", "/var/lib/kafka/data")
                    .withCreateContainerCmdModifier(command -> Objects.requireNonNull(command.getHostConfig())
                            .withBinds(new Bind("relais-kafka", new Volume("/var/lib/kafka/data"))));
        }
        restart();
    }

    static DockerKafka start(boolean throwAway) {
        return new DockerKafka(throwAway);
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers().replaceFirst("^PLAINTEXT://", "");
    }

    @Override
    public String description() {
        return "Kafka in a container (" + container.getDockerImageName() + ") at " + bootstrapServers();
    }

    @Override
    public Optional<ChildProcess> process() {
        return Optional.empty();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException(
                "A container gets another port when it starts again. Run this test without a Docker engine.");
    }

    @Override
    public void restart() {
        container.start();
        KafkaReadiness.await(bootstrapServers(), () -> null, "Kafka's container");
    }

    @Override
    public void close() {
        container.stop();
    }
}
