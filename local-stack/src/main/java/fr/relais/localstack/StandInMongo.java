package fr.relais.localstack;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Something inside this JVM that speaks enough of MongoDB for a first look. */
final class StandInMongo implements LocalMongo {

    private static final String BANNER = """
            +----------------------------------------------------------------------------------+
            |  No MongoDB was found, so a stand-in plays its part (mongo-java-server).         |
            |  It is for a first look and NEVER for real data: it ignores every index that     |
            |  is not unique and has no transactions, change streams or pipeline updates.      |
            |  Install MongoDB 8, or set RELAIS_MONGOD or RELAIS_MONGODB_URI, to have it all.  |
            +----------------------------------------------------------------------------------+""";

    private final int port;
    private final String where;
    private final Supplier<AbstractMongoBackend> backend;
    private MongoServer server;

    private StandInMongo(int port, String where, Supplier<AbstractMongoBackend> backend) {
        this.port = port;
        this.where = where;
        this.backend = backend;
        this.server = launch();
    }

    /** The words every user of the stand-in must have seen. */
    static String banner() {
        return BANNER;
    }

    static StandInMongo inMemory(int port) {
        MemoryBackend memory = new MemoryBackend();
        return new StandInMongo(port, "in memory", () -> memory);
    }

    static StandInMongo inFile(Path folder, int port) {
        Path file = folder.resolve("stand-in.mv").toAbsolutePath();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the stand-in's data folder " + folder, e);
        }
        return new StandInMongo(port, "in " + file, () -> new H2Backend(file.toString()));
    }

    private MongoServer launch() {
        MongoBackend versioned = backend.get().version(ServerVersion.MONGO_5_0);
        MongoServer starting = new MongoServer(versioned);
        starting.bind("127.0.0.1", port);
        return starting;
    }

    @Override
    public MongoChoice choice() {
        return MongoChoice.STAND_IN;
    }

    @Override
    public String uri(String database) {
        return MongoAddress.loopback(port, "retryWrites=false").database(database);
    }

    @Override
    public String description() {
        return "a stand-in for MongoDB on 127.0.0.1:" + port + ", " + where + ": for a first look, never for real data";
    }

    @Override
    public Optional<ChildProcess> process() {
        return Optional.empty();
    }

    @Override
    public void stop() {
        server.shutdownNow();
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException("The stand-in lives in this JVM and cannot crash alone: use a mongod");
    }

    @Override
    public void restart() {
        server.shutdownNow();
        server = launch();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
