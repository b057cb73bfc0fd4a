package fr.relais.localstack;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.util.Objects;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** MongoDB's own image in a container; {@code up} keeps its data in the volume {@code relais-mongodb}. */
final class DockerMongo implements LocalMongo {

    private static final int PORT = 27017;

    private final GenericContainer<?> container;

    private DockerMongo(boolean throwAway) {
        container = new GenericContainer<>(DockerImageName.parse("mongo:8"))
                .withCommand("--replSet", "rs0", "--bind_ip_all")
                .withExposedPorts(PORT)
                .waitingFor(Wait.forListeningPort());
        if (!throwAway) {
            container.withCreateContainerCmdModifier(command -> Objects.requireNonNull(command.getHostConfig())
                    .withBinds(new Bind("relais-mongodb", new Volume("/data/db"))));
        }
        restart();
    }

    static DockerMongo start(boolean throwAway) {
        return new DockerMongo(throwAway);
    }

    @Override
    public MongoChoice choice() {
        return MongoChoice.DOCKER;
    }

    @Override
    public String uri(String database) {
        return new MongoAddress(
                        "mongodb://" + container.getHost() + ":" + container.getMappedPort(PORT),
                        "directConnection=true&serverMonitoringMode=poll")
                .database(database);
    }

    @Override
    public String description() {
        return "MongoDB in a container (mongo:8) on " + container.getHost() + ":" + container.getMappedPort(PORT);
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
        throw new UnsupportedOperationException("A container gets another port when it starts again: use a mongod");
    }

    @Override
    public void restart() {
        container.start();
        MongoReadiness.initiateAndAwait(uri("admin"), "127.0.0.1:" + PORT, () -> null, "MongoDB's container");
    }

    @Override
    public void close() {
        container.stop();
    }
}
