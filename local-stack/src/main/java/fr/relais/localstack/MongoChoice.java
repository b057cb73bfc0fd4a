package fr.relais.localstack;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The ways to a MongoDB, best first. */
public enum MongoChoice {
    /** An address somebody gave in {@code RELAIS_MONGODB_URI}. */
    ADDRESS {
        @Override
        public boolean isHere() {
            return given("RELAIS_MONGODB_URI").isPresent();
        }

        @Override
        LocalMongo start(Path folder, int port, boolean throwAway) {
            return GivenMongo.at(given("RELAIS_MONGODB_URI").orElseThrow());
        }
    },
    /** A {@code mongod} named in {@code RELAIS_MONGOD} or found on the PATH, as a child process. */
    MONGOD {
        @Override
        public boolean isHere() {
            return mongod().isPresent();
        }

        @Override
        LocalMongo start(Path folder, int port, boolean throwAway) {
            return MongodProcess.start(mongod().orElseThrow(), folder, port, throwAway);
        }
    },
    /** A container, where a Docker engine answers. */
    DOCKER {
        @Override
        public boolean isHere() {
            return DockerEngine.answers();
        }

        @Override
        LocalMongo start(Path folder, int port, boolean throwAway) {
            return DockerMongo.start(throwAway);
        }
    },
    /**
     * A stand-in inside this JVM, for a first look: no index that is not unique, no transactions, no change streams, no
     * pipeline updates, no explain.
     */
    STAND_IN {
        @Override
        public boolean isHere() {
            return true;
        }

        @Override
        LocalMongo start(Path folder, int port, boolean throwAway) {
            return throwAway ? StandInMongo.inMemory(port) : StandInMongo.inFile(folder, port);
        }
    };

    private static final Map<MongoChoice, LocalMongo> SHARED = new EnumMap<>(MongoChoice.class);

    /** Whether this machine has it. */
    public abstract boolean isHere();

    abstract LocalMongo start(Path folder, int port, boolean throwAway);

    /** Whether indexes, transactions, change streams and figures count here. */
    public boolean isMongod() {
        return this != STAND_IN;
    }

    /** The one of this JVM's tests, started when first asked for and stopped with the JVM. */
    public LocalMongo shared() {
        synchronized (SHARED) {
            return SHARED.computeIfAbsent(this, choice -> {
                Path folder = ThrowAwayFolder.create("mongo-" + choice.name().toLowerCase(java.util.Locale.ROOT));
                LocalMongo mongo = choice.start(folder, Ports.free(1).getFirst(), true);
                ThrowAwayFolder.atExit(mongo::close, folder);
                return mongo;
            });
        }
    }

    static Optional<String> given(String variable) {
        return Optional.ofNullable(System.getenv(variable)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static Optional<Path> mongod() {
        Optional<Path> named = given("RELAIS_MONGOD").map(Path::of);
        if (named.isPresent()) {
            if (!Files.isExecutable(named.get())) {
                throw new IllegalStateException("RELAIS_MONGOD names " + named.get()
                        + ", which is not a program that can be run: correct it, or unset it");
            }
            return named;
        }
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "mongod"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
