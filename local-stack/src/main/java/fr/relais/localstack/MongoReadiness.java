package fr.relais.localstack;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Waits until a MongoDB accepts writes. */
final class MongoReadiness {

    private static final int ALREADY_INITIALIZED = 23;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private MongoReadiness() {}

    /**
     * Returns when it takes writes.
     *
     * @param obituary why it will never answer, or null while it may
     */
    static void await(String uri, Supplier<@Nullable String> obituary, String what) {
        try (MongoClient client = patientClient(uri)) {
            until(obituary, what, () -> {
                Document hello = client.getDatabase("admin").runCommand(new Document("hello", 1));
                return Boolean.TRUE.equals(hello.getBoolean("isWritablePrimary"))
                        || Boolean.TRUE.equals(hello.getBoolean("ismaster"));
            });
        }
    }

    /** Makes it a replica set of one, which transactions and change streams want, and waits until it takes writes. */
    static void initiateAndAwait(String uri, String member, Supplier<@Nullable String> obituary, String what) {
        Document configuration =
                new Document("_id", "rs0").append("members", List.of(new Document("_id", 0).append("host", member)));
        try (MongoClient client = patientClient(uri)) {
            until(obituary, what, () -> {
                try {
                    client.getDatabase("admin").runCommand(new Document("replSetInitiate", configuration));
                } catch (MongoCommandException e) {
                    if (e.getErrorCode() != ALREADY_INITIALIZED) {
                        throw e;
                    }
                }
                return true;
            });
        }
        await(uri, obituary, what);
    }

    private static MongoClient patientClient(String uri) {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(1, TimeUnit.SECONDS))
                .applyToServerSettings(server -> server.heartbeatFrequency(200, TimeUnit.MILLISECONDS)
                        .minHeartbeatFrequency(50, TimeUnit.MILLISECONDS))
                .applyToSocketSettings(
                        socket -> socket.connectTimeout(2, TimeUnit.SECONDS).readTimeout(10, TimeUnit.SECONDS))
                .build());
    }

    private static void until(Supplier<@Nullable String> obituary, String what, Supplier<Boolean> ready) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        @Nullable MongoException last = null;
        while (System.nanoTime() < deadline) {
            String death = obituary.get();
            if (death != null) {
                throw new IllegalStateException(death);
            }
            try {
                if (ready.get()) {
                    return;
                }
            } catch (MongoException e) {
                last = e;
            }
            Pause.millis(50);
        }
        throw new IllegalStateException(
                what + " took no writes within " + PATIENCE.toSeconds() + " s"
                        + (last == null
                                ? ": it never became primary. If its port was changed since its data folder was made,"
                                        + " use the old port or move the folder away."
                                : ": " + last.getMessage()),
                last);
    }
}
