package fr.relais.kit.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.MongoChoice;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a tally counts: each record once, whoever brings it and however records are cut into batches. */
class TallyStoreIT {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Tallies<String> TALLIES = new Tallies<>("wards", 1, _ -> List.of());
    private static final int MANY = 200;

    static List<MongoChoice> choices() {
        return LocalMongo.everyChoice();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void additions_are_added_up_and_few_remain(MongoChoice choice) {
        in(choice, database -> {
            TallyStore<String> store = store(database);
            for (int offset = 0; offset < MANY; offset++) {
                arrive(store, offset, offset + 1);
            }

            assertThat(arrivals(database)).isEqualTo(MANY);
            assertThat(documents(database)).isLessThan(60);
        });
    }

    @ParameterizedTest
    @MethodSource("choices")
    void records_that_come_again_in_other_batches_count_once(MongoChoice choice) {
        in(choice, database -> {
            TallyStore<String> store = store(database);
            for (int offset = 0; offset < MANY; offset += 5) {
                arrive(store, offset, offset + 5);
            }
            TallyStore<String> rival = store(database);
            for (int offset = 0; offset < MANY; offset += 7) {
                arrive(rival, offset, Math.min(offset + 7, MANY));
            }

            assertThat(arrivals(database)).isEqualTo(MANY);
        });
    }

    @ParameterizedTest
    @MethodSource("choices")
    void of_two_that_count_the_same_records_in_turns_each_record_counts_once(MongoChoice choice) {
        in(choice, database -> {
            TallyStore<String> one = store(database);
            TallyStore<String> other = store(database);
            for (int offset = 0; offset < MANY; offset++) {
                arrive(one, offset, offset + 1);
                arrive(other, Math.max(0, offset - 3), offset + 1);
                assertThat(arrivals(database)).isEqualTo(offset + 1);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("choices")
    void a_sum_that_was_there_goes_on_from_its_offset(MongoChoice choice) {
        in(choice, database -> {
            collection(database)
                    .insertOne(new Document("_id", "ward|relais.test-0|topic")
                            .append("tally", "ward")
                            .append("counters", new Document("arrived", 40L))
                            .append("at", 39L));
            TallyStore<String> store = store(database);
            for (int offset = 30; offset < MANY; offset++) {
                arrive(store, offset, offset + 1);
            }

            assertThat(arrivals(database)).isEqualTo(MANY);
        });
    }

    @ParameterizedTest
    @MethodSource("choices")
    void pages_show_each_tally_once_with_all_it_comes_to(MongoChoice choice) {
        in(choice, database -> {
            TallyStore<String> store = store(database);
            for (int offset = 0; offset < MANY; offset++) {
                TallyStore.Changes changes = new TallyStore.Changes();
                store.note(changes, at(offset), TallyStore.Shares.NONE, shares("ward/" + offset % 3));
                store.write(changes);
            }
            TallyReader reader = new TallyReader(database, "wards_v1");

            var first = reader.page("ward/", null, 2);
            var rest = reader.page("ward/", first.next(), 2);

            assertThat(first.items()).extracting(Tally::key).containsExactly("ward/0", "ward/1");
            assertThat(rest.items()).containsExactly(new Tally("ward/2", Map.of("arrived", 66L)));
        });
    }

    private static void in(MongoChoice choice, Consumer<MongoDatabase> test) {
        String name = "tallies_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        try (MongoClient client = MongoClients.create(choice.shared().uri(name))) {
            test.accept(client.getDatabase(name));
            client.getDatabase(name).drop();
        }
    }

    private static TallyStore<String> store(MongoDatabase database) {
        return new TallyStore<>(database, "", TALLIES, _ -> "topic");
    }

    private static void arrive(TallyStore<String> store, int from, int to) {
        TallyStore.Changes changes = new TallyStore.Changes();
        for (int offset = from; offset < to; offset++) {
            store.note(changes, at(offset), TallyStore.Shares.NONE, shares("ward"));
        }
        store.write(changes);
    }

    private static TallyStore.Shares shares(String tally) {
        return TallyStore.Shares.of(List.of(Share.one(tally, "arrived")));
    }

    private static ConsumerRecord<String, byte[]> at(long offset) {
        return new ConsumerRecord<>("relais.test", 0, offset, "stream", new byte[0]);
    }

    private static long arrivals(MongoDatabase database) {
        return new TallyReader(database, "wards_v1").of("ward").count("arrived");
    }

    private static long documents(MongoDatabase database) {
        return collection(database).countDocuments();
    }

    private static MongoCollection<Document> collection(MongoDatabase database) {
        return database.getCollection("wards_v1");
    }
}
