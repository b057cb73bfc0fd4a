package fr.relais.kit.view;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.bson.Document;

/**
 * Writes what a projector derives straight into its collections, for tests that look at how very many rows are read: derived
 * and mapped by the view's own functions, so that they are the rows that a projection writes.
 */
public final class BulkRows {

    private static final int AT_ONCE = 2_000;

    private BulkRows() {}

    /**
     * Writes the rows of so many documents.
     *
     * @return how many rows were written
     */
    public static <S, R> int write(MongoDatabase database, Rows<S, R> rows, int many, IntFunction<S> document) {
        ViewStore<R> store = new ViewStore<>(
                database,
                Projection.collection(rows),
                ViewConfiguration.viewConverter(),
                rows.document(),
                rows.indexes());
        List<Document> some = new ArrayList<>();
        int written = 0;
        for (int n = 0; n < many; n++) {
            for (R row : rows.derive().apply(document.apply(n))) {
                some.add(store.write(rows.id().apply(row), row)
                        .append(Meta.SEQUENCE, 1L)
                        .append(Meta.STREAM, "many-" + n));
            }
            if (some.size() >= AT_ONCE || n == many - 1) {
                written += some.size();
                insert(store.collection(), some);
            }
        }
        return written;
    }

    /** Writes what so many documents add to tallies. */
    public static <S> void count(MongoDatabase database, Tallies<S> tallies, int many, IntFunction<S> document) {
        Map<String, Map<String, Long>> sums = new LinkedHashMap<>();
        for (int n = 0; n < many; n++) {
            TallyStore.Shares.of(tallies.derive().apply(document.apply(n)))
                    .byTally()
                    .forEach((tally, counters) -> counters.forEach(
                            (counter, amount) -> sums.computeIfAbsent(tally, any -> new LinkedHashMap<>())
                                    .merge(counter, amount, Long::sum)));
        }
        MongoCollection<Document> collection = database.getCollection(TallyStore.collection(tallies));
        List<Document> some = new ArrayList<>();
        sums.forEach((tally, counters) -> {
            some.add(new Document("_id", tally + "|many")
                    .append(TallyStore.TALLY, tally)
                    .append("counters", new Document(Map.copyOf(counters)))
                    .append("at", 1L));
            if (some.size() >= AT_ONCE) {
                insert(collection, some);
            }
        });
        insert(collection, some);
    }

    private static void insert(MongoCollection<Document> collection, List<Document> some) {
        if (!some.isEmpty()) {
            collection.insertMany(some, new InsertManyOptions().ordered(false));
            some.clear();
        }
    }
}
