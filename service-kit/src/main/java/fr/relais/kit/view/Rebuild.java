package fr.relais.kit.view;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * How a view that was folded again compares with the live one, document for document. What the kit keeps beside the
 * view's own fields (sequence, leases) is not compared.
 *
 * @param documents documents and rows that were folded
 * @param differences what differs, one line each, at most a hundred
 */
public record Rebuild(long documents, List<String> differences) {

    static final String SUFFIX = "__rebuild";
    private static final int TOLD = 100;

    /** Without it MongoDB hands over sixteen megabytes at a time, which become a hundred when they are read. */
    private static final int READ_AT_ONCE = 200;

    public Rebuild {
        differences = List.copyOf(differences);
    }

    /** Whether nothing differs. */
    public boolean isEqual() {
        return differences.isEmpty();
    }

    static Rebuild compare(Projection<?> live, Projection<?> rebuilt) {
        List<String> differences = new ArrayList<>();
        long documents = 0;
        for (int i = 0; i < live.collections().size(); i++) {
            documents +=
                    compare(live.collections().get(i), rebuilt.collections().get(i), differences);
        }
        for (int i = 0; i < live.tallies().size(); i++) {
            compareTallies(live.tallies().get(i), rebuilt.tallies().get(i), differences);
        }
        return new Rebuild(documents, differences);
    }

    // Partitions and topics that a tally was counted from may differ, its sums may not. Tallies are few.
    private static void compareTallies(
            MongoCollection<Document> live, MongoCollection<Document> rebuilt, List<String> differences) {
        String name = live.getNamespace().getCollectionName();
        Map<String, Map<String, Long>> left = sums(live);
        Map<String, Map<String, Long>> right = sums(rebuilt);
        Set<String> keys = new TreeSet<>(left.keySet());
        keys.addAll(right.keySet());
        for (String key : keys) {
            Map<String, Long> counted = left.getOrDefault(key, Map.of());
            Map<String, Long> recounted = right.getOrDefault(key, Map.of());
            if (!counted.equals(recounted)) {
                tell(differences, name + " " + key + " is live " + counted + " but rebuilt " + recounted);
            }
        }
    }

    /** What the tallies of a collection come to, those at zero left out. */
    static Map<String, Map<String, Long>> sums(MongoCollection<Document> tallies) {
        TallyPart.Sums parts = new TallyPart.Sums();
        tallies.find().batchSize(READ_AT_ONCE).forEach(parts::add);
        Map<String, Map<String, Long>> sums = new TreeMap<>();
        parts.tallies().forEach(tally -> sums.put(tally, parts.of(tally)));
        sums.values().forEach(counters -> counters.values().removeIf(amount -> amount == 0));
        sums.values().removeIf(Map::isEmpty);
        return sums;
    }

    // Both are read in the order of their ids, side by side, so that memory stays small whatever their size.
    static long compare(MongoCollection<Document> live, MongoCollection<Document> rebuilt, List<String> differences) {
        String name = live.getNamespace().getCollectionName();
        Iterator<Document> left = inOrder(live);
        Iterator<Document> right = inOrder(rebuilt);
        long documents = 0;
        Document l = next(left);
        Document r = next(right);
        while (l != null || r != null) {
            int order = l == null ? 1 : r == null ? -1 : l.getString("_id").compareTo(r.getString("_id"));
            if (order < 0 && l != null) {
                tell(differences, name + " " + l.getString("_id") + " is only in the live view");
                l = next(left);
            } else if (order > 0 && r != null) {
                tell(differences, name + " " + r.getString("_id") + " is only in the rebuilt view");
                r = next(right);
            } else if (l != null && r != null) {
                Document liveContent = Meta.contentOf(l);
                Document rebuiltContent = Meta.contentOf(r);
                if (!liveContent.equals(rebuiltContent)) {
                    tell(
                            differences,
                            name + " " + l.getString("_id") + " is live " + liveContent.toJson() + " but rebuilt "
                                    + rebuiltContent.toJson());
                }
                l = next(left);
                r = next(right);
            }
            documents++;
        }
        return documents;
    }

    private static Iterator<Document> inOrder(MongoCollection<Document> documents) {
        return documents
                .find()
                .sort(Sorts.ascending("_id"))
                .batchSize(READ_AT_ONCE)
                .iterator();
    }

    private static @Nullable Document next(Iterator<Document> documents) {
        return documents.hasNext() ? documents.next() : null;
    }

    private static void tell(List<String> differences, String difference) {
        if (differences.size() < TOLD) {
            differences.add(difference);
        }
    }
}
