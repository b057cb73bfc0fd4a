package fr.relais.localstack;

import java.nio.file.Path;
import java.util.Optional;

/** An Apache Kafka that answers. */
public sealed interface LocalKafka extends AutoCloseable permits GivenKafka, DockerKafka, BrokerProcess {

    /** Where clients connect. */
    String bootstrapServers();

    /** One line for people: what it is and where. */
    String description();

    /** The child process it is, if it is one. */
    Optional<ChildProcess> process();

    /** Stops it; data and port stay. Only what we started can be stopped. */
    void stop();

    /** Stops it as a crash would; data and port stay. */
    void kill();

    /** Starts it again after a stop, on the same data and port, and waits until it answers. */
    void restart();

    /** Stops it if we started it. */
    @Override
    void close();

    /**
     * A second listener of a broker, which tells its clients another port than its own: that of whatever stands between.
     *
     * @param port where the broker listens
     * @param advertised where it tells clients of this listener to connect
     */
    record SideDoor(int port, int advertised) {}

    /** A child process, whatever else there is, with a second listener: for those who will hurt it. */
    static LocalKafka asChild(Path folder, int port, int controllerPort, SideDoor sideDoor) {
        return BrokerProcess.start(folder, port, controllerPort, sideDoor);
    }

    /** The first choice that works: an address in {@code RELAIS_KAFKA}, a Docker engine, a broker as child process. */
    static LocalKafka start(Path folder, int port, int controllerPort) {
        return start(folder, port, controllerPort, false);
    }

    /** Like {@link #start(Path, int, int)}; a throw-away one is killed at the end rather than stopped. */
    static LocalKafka start(Path folder, int port, int controllerPort, boolean throwAway) {
        Optional<String> address = MongoChoice.given("RELAIS_KAFKA");
        if (address.isPresent()) {
            return GivenKafka.at(address.get());
        }
        if (DockerEngine.answers()) {
            try {
                return DockerKafka.start(throwAway);
            } catch (RuntimeException e) {
                System.err.println("Kafka did not start in Docker (" + e.getMessage() + "): starting a child process");
            }
        }
        return BrokerProcess.start(folder, port, controllerPort, throwAway);
    }
}
