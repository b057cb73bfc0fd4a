package fr.relais.kit.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import fr.relais.localstack.LocalMongo;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** A view is compared with its rebuild in pieces, however many documents it has. */
class RebuildIT {

    private static final int MANY = 900;

    @Test
    void a_view_is_compared_a_few_documents_at_a_time() {
        Queue<BsonDocument> reads = new ConcurrentLinkedQueue<>();
        String name = "rebuild_" + ProcessHandle.current().pid();
        try (MongoClient client = MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(
                        LocalMongo.everyChoice().getFirst().shared().uri(name)))
                .addCommandListener(listener(reads))
                .build())) {
            MongoDatabase database = client.getDatabase(name);
            MongoCollection<Document> live = filled(database.getCollection("live"));
            MongoCollection<Document> rebuilt = filled(database.getCollection("rebuilt"));
            rebuilt.deleteOne(new Document("_id", "document-7"));
            List<String> differences = new ArrayList<>();

            assertThat(Rebuild.compare(live, rebuilt, differences)).isEqualTo(MANY);
            assertThat(Rebuild.sums(filled(database.getCollection("tallies")))).isNotEmpty();

            assertThat(differences).containsExactly("live document-7 is only in the live view");
            assertThat(reads).hasSizeGreaterThan(3 * MANY / 200);
            assertThat(reads)
                    .allSatisfy(read ->
                            assertThat(read.getNumber("batchSize").intValue()).isBetween(1, 500));
        }
    }

    private static MongoCollection<Document> filled(MongoCollection<Document> collection) {
        collection.insertMany(IntStream.range(0, MANY)
                .mapToObj(i -> new Document("_id", "document-" + i)
                        .append("tally", "tally-" + i)
                        .append("counters", new Document("late", 1L))
                        .append("at", 1L))
                .toList());
        return collection;
    }

    private static CommandListener listener(Queue<BsonDocument> reads) {
        return new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (Set.of("find", "getMore").contains(event.getCommandName())) {
                    reads.add(event.getCommand().clone());
                }
            }
        };
    }
}
