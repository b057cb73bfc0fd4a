package fr.relais.kit.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import fr.relais.kit.page.Cursor;
import fr.relais.kit.page.Page;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Reads tallies: some documents for each, found by an index and added up. */
public final class TallyReader {

    private final MongoCollection<Document> collection;

    TallyReader(MongoDatabase database, String name) {
        this.collection = database.getCollection(name);
    }

    /** The tally of that key; one that nothing was added to is empty. */
    public Tally of(String key) {
        return Objects.requireNonNull(of(List.of(key)).get(key));
    }

    /** The tallies of several keys in one query, in the order asked for. */
    public Map<String, Tally> of(Collection<String> keys) {
        TallyPart.Sums sums = new TallyPart.Sums();
        collection.find(in(TallyStore.TALLY, keys)).forEach(sums::add);
        Map<String, Tally> tallies = new LinkedHashMap<>();
        keys.forEach(key -> tallies.put(key, tally(key, sums.of(key))));
        return tallies;
    }

    /**
     * A page of the tallies whose keys begin with a prefix, such as {@code commune:}, in the order of their keys. Those
     * that have come down to nothing are passed over, so that a page may hold fewer than its limit.
     *
     * @param cursor where the page before ended, null for the first
     * @throws Cursor.Malformed when the cursor is none of this list
     */
    public Page<Tally> page(String prefix, @Nullable String cursor, int limit) {
        Bson filter = and(gte(TallyStore.TALLY, prefix), lt(TallyStore.TALLY, prefix + Character.MAX_VALUE));
        if (cursor != null) {
            filter = and(filter, gt(TallyStore.TALLY, Cursor.read(cursor, 1).getFirst()));
        }
        List<Tally> found = new ArrayList<>();
        String key = null;
        TallyPart.Sums sums = new TallyPart.Sums();
        int keys = 0;
        // The driver asks for a few at a time; leaving early leaves the rest unread.
        try (var parts = collection
                .find(filter)
                .sort(new Document(TallyStore.TALLY, 1))
                .batchSize(limit + 1)
                .cursor()) {
            while (parts.hasNext()) {
                Document part = parts.next();
                String of = part.getString(TallyStore.TALLY);
                if (!of.equals(key)) {
                    if (key != null) {
                        addUnlessEmpty(found, tally(key, sums.of(key)));
                    }
                    if (keys++ == limit) {
                        return new Page<>(found, Cursor.of(List.of(Objects.requireNonNull(key))));
                    }
                    key = of;
                    sums = new TallyPart.Sums();
                }
                sums.add(part);
            }
        }
        if (key != null) {
            addUnlessEmpty(found, tally(key, sums.of(key)));
        }
        return new Page<>(found, null);
    }

    private static void addUnlessEmpty(List<Tally> found, Tally tally) {
        if (!tally.counters().isEmpty()) {
            found.add(tally);
        }
    }

    static Tally tally(String key, Map<String, Long> counters) {
        Map<String, Long> aboveZero = new LinkedHashMap<>();
        counters.forEach((counter, amount) -> {
            if (amount > 0) {
                aboveZero.put(counter, amount);
            }
        });
        return new Tally(key, aboveZero);
    }
}
