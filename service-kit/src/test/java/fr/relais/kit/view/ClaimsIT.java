package fr.relais.kit.view;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import fr.relais.kit.deadline.Deadline;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.MongoChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Leases on rows that are due, while a projection writes those rows. */
class ClaimsIT {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Rows<Due, Due> ROWS =
            new Rows<>("dues", 1, Due.class, Due::id, List::of, List.of(ViewIndex.on("open", "dueAt")));

    record Due(String id, Instant dueAt, boolean open) implements Deadline {}

    static List<MongoChoice> choices() {
        return LocalMongo.everyChoice();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void a_deadline_that_is_put_off_while_it_is_claimed_keeps_its_new_time(MongoChoice choice) {
        String name = "claims_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        String uri = choice.shared().uri(name);
        Instant putOff = NOON.plusSeconds(10);
        try (MongoClient plain = MongoClients.create(uri)) {
            MongoCollection<Document> rows = plain.getDatabase(name).getCollection("dues_v1");
            rows.insertOne(row("waits", NOON));
            rows.insertOne(row("moves", NOON));
            try (MongoClient watched = watched(
                    uri, () -> rows.replaceOne(eq("_id", "moves"), row("moves", putOff), new ReplaceOptions()))) {
                Claims<Due> claims = new Claims<>(watched.getDatabase(name), ROWS, ViewConfiguration.viewConverter());

                assertThat(claim(claims, NOON, "first")).containsExactly(new Due("waits", NOON, true));
                assertThat(claim(claims, putOff, "second")).containsExactly(new Due("moves", putOff, true));
                assertThat(claim(claims, putOff, "third")).isEmpty();
            }
            plain.getDatabase(name).drop();
        }
    }

    private static List<Due> claim(Claims<Due> claims, Instant now, String token) {
        return claims.claim(now, token, NOON, NOON.plus(LEASE), 10);
    }

    private static Document row(String id, Instant dueAt) {
        return new Document("_id", id).append("dueAt", Date.from(dueAt)).append("open", true);
    }

    /** Somebody else writes between what is found and what is claimed, once. */
    private static MongoClient watched(String uri, Runnable meanwhile) {
        AtomicInteger updates = new AtomicInteger();
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(uri))
                .addCommandListener(new CommandListener() {
                    @Override
                    public void commandStarted(CommandStartedEvent event) {
                        if (event.getCommandName().equals("update") && updates.getAndIncrement() == 0) {
                            meanwhile.run();
                        }
                    }
                })
                .build());
    }
}
