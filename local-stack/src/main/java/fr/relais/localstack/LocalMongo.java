package fr.relais.localstack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A MongoDB that answers. */
public sealed interface LocalMongo extends AutoCloseable permits GivenMongo, MongodProcess, DockerMongo, StandInMongo {

    /** How it came to be. */
    MongoChoice choice();

    /** A connection string for this database, with whatever options this MongoDB needs. */
    String uri(String database);

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

    /** Every choice this machine has, best first: what a contract test should run on. */
    static List<MongoChoice> everyChoice() {
        return Arrays.stream(MongoChoice.values()).filter(MongoChoice::isHere).toList();
    }

    /** What everybody who gets the stand-in must have read. */
    static String standInBanner() {
        return StandInMongo.banner();
    }

    /** A {@code mongod} as a child process, whatever else there is: for those who will hurt it. */
    static LocalMongo asChild(Path folder, int port) {
        return MongoChoice.MONGOD.start(folder, port, false);
    }

    /** The first choice that works, on this data folder and port. */
    static LocalMongo start(Path folder, int port) {
        return start(folder, port, false);
    }

    /** Like {@link #start(Path, int)}; a throw-away one trades durability for speed. */
    static LocalMongo start(Path folder, int port, boolean throwAway) {
        List<String> failures = new ArrayList<>();
        for (MongoChoice choice : everyChoice()) {
            try {
                return choice.start(folder, port, throwAway);
            } catch (RuntimeException e) {
                // A given address or a found mongod that does not work is for its owner to repair. Falling back
                // silently would let them believe they test or work on it.
                if (choice != MongoChoice.DOCKER) {
                    throw e;
                }
                failures.add(choice + ": " + e.getMessage());
            }
        }
        throw new IllegalStateException("No MongoDB could be started. " + String.join("; ", failures));
    }
}
