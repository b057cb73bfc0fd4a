package fr.relais.pathway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.mongodb.ExplainVerbosity;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import fr.relais.kit.page.Cursor;
import fr.relais.kit.page.Paging;
import fr.relais.kit.time.RelaisClock;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.LocalStack;
import fr.relais.localstack.MongoChoice;
import fr.relais.pathway.application.HospitalMessages.Search;
import fr.relais.pathway.application.HospitalMessages.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** How the lists of hospitals' messages are read when there are many. */
class KeptMessagesIT {

    private static final int MANY = 20_000;
    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @Test
    void every_filter_of_the_list_is_read_from_an_index_page_after_page() throws Exception {
        assumeThat(LocalMongo.everyChoice().getFirst())
                .as("skipped: only a mongod explains its queries, see RELAIS_MONGOD")
                .isEqualTo(MongoChoice.MONGOD);
        try (var client = MongoClients.create(LocalStack.shared().freshMongoUri())) {
            MongoDatabase database = client.getDatabase("many_messages");
            Sealing sealing = new Sealing(
                    VaultKeys.of(new VaultConfiguration("m1", Map.of("m1", KEY), KEY, Path.of("unused")), true));
            try (SenderCounts counts = new SenderCounts(database);
                    KeptMessages messages = new KeptMessages(
                            database,
                            sealing,
                            counts,
                            new RelaisClock(null),
                            new HospitalMessagesConfiguration(
                                    Duration.ofMinutes(1),
                                    Duration.ofDays(30),
                                    Duration.ofDays(7),
                                    Duration.ofDays(365),
                                    Duration.ofMinutes(10)))) {
                fill(database);
                Paging second = new Paging(20, Cursor.of(List.of((long) MANY / 2, "message-" + MANY / 2)));
                for (Paging paging : List.of(new Paging(20, null), second)) {
                    for (Search search : List.of(
                            Search.of(Status.TRIAGE),
                            new Search(Status.TRIAGE, Set.of("F7"), null, null),
                            new Search(Status.TRIAGE, Set.of("F7", "F8"), null, null),
                            new Search(Status.TRIAGE, null, "ADT^A03", null),
                            new Search(Status.TRIAGE, null, null, "rare"),
                            new Search(Status.TRIAGE, null, null, null, true),
                            new Search(Status.TRIAGE, Set.of("F7"), null, null, true),
                            new Search(Status.TRIAGE, Set.of("F7"), "ADT^A03", null),
                            new Search(Status.TRIAGE, Set.of("F7"), null, "rare"))) {
                        Document stats = messages.query(search, paging)
                                .explain(ExplainVerbosity.EXECUTION_STATS)
                                .get("executionStats", Document.class);
                        int returned = stats.get("nReturned", Number.class).intValue();
                        assertThat(returned).as("%s", search).isPositive();
                        assertThat(stats.get("totalDocsExamined", Number.class).intValue())
                                .as("documents examined for %s", search)
                                .isLessThanOrEqualTo(10 * returned);
                        assertThat(stats.toJson()).as("%s", search).doesNotContain("COLLSCAN");
                    }
                }
            }
        }
    }

    /** One in ten is in triage; a facility, a kind and a reason are each rarer still. */
    private static void fill(MongoDatabase database) {
        List<Document> some = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            some.add(new Document("_id", "message-" + i)
                    .append("facility", "F" + i / 10 % 50)
                    .append("control", "c" + i)
                    .append("fingerprint", "f")
                    .append("trigger", i / 10 % 7 == 0 ? "ADT^A03" : "ADT^A01")
                    .append("code", i / 10 % 11 == 0 ? "rare" : "frequent")
                    .append("lane", "l" + i)
                    .append("arrival", (long) i)
                    .append("receivedAt", new Date(i))
                    .append("status", i % 10 == 0 ? "triage" : "ignored"));
            if (i / 10 % 13 == 0) {
                some.getLast().append("repeats", 1).append("repeated", true);
            }
            if (some.size() == 1000) {
                database.getCollection("hospital_messages").insertMany(some);
                some.clear();
            }
        }
    }
}
