package fr.relais.localstack;

import java.util.Optional;

/** A MongoDB that somebody else runs. */
record GivenMongo(MongoAddress address) implements LocalMongo {

    static GivenMongo at(String uri) {
        GivenMongo given = new GivenMongo(MongoAddress.parse(uri));
        MongoReadiness.await(given.uri("admin"), () -> null, "the MongoDB of RELAIS_MONGODB_URI");
        return given;
    }

    @Override
    public MongoChoice choice() {
        return MongoChoice.ADDRESS;
    }

    @Override
    public String uri(String database) {
        return address.database(database);
    }

    @Override
    public String description() {
        return "MongoDB of RELAIS_MONGODB_URI at " + address.server().replaceFirst("//[^@]*@", "//");
    }

    @Override
    public Optional<ChildProcess> process() {
        return Optional.empty();
    }

    @Override
    public void stop() {
        throw notOurs();
    }

    @Override
    public void kill() {
        throw notOurs();
    }

    @Override
    public void restart() {
        throw notOurs();
    }

    @Override
    public void close() {}

    private static UnsupportedOperationException notOurs() {
        return new UnsupportedOperationException(
                "The MongoDB of RELAIS_MONGODB_URI is not ours to stop. Unset RELAIS_MONGODB_URI to use a child.");
    }
}
