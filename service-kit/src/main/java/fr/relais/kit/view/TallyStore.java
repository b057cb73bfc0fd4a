package fr.relais.kit.view;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * One collection of tallies. What a batch adds to a tally is a document that is inserted, with the offset of each record
 * that it comes from; from time to time they are added up in one, with the offset up to which it holds. A record that
 * comes again is not counted again, whoever brings it: what it adds is there already, or behind that offset.
 *
 * <p>Nothing is read or guarded to count, because of that a busy board costs inserts and few updates. An addition follows
 * on all that its tally was given before from the same partition: batches of a partition come one after the other.
 *
 * <p>The id of the topic is part of a document's id: a topic that is made anew counts its offsets from zero again, and
 * what was counted from the one before stays.
 */
final class TallyStore<S> {

    static final String TALLY = "tally";

    /** Additions of a tally from one partition before they are added up. */
    private static final int ADDED_UP_AFTER = 24;

    private static final int REMEMBERED = 50_000;

    private final Tallies<S> tallies;
    private final MongoCollection<Document> collection;
    private final UnaryOperator<String> topicIds;
    private final Map<String, Integer> additions = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** What a document adds: counters by tally. */
    record Shares(Map<String, Map<String, Long>> byTally) {

        static final Shares NONE = new Shares(Map.of());

        static Shares of(Collection<Share> all) {
            Map<String, Map<String, Long>> byTally = new LinkedHashMap<>();
            for (Share share : all) {
                byTally.computeIfAbsent(share.tally(), any -> new LinkedHashMap<>())
                        .merge(share.counter(), share.amount(), Long::sum);
            }
            return new Shares(byTally);
        }

        List<Share> all() {
            List<Share> all = new ArrayList<>();
            byTally.forEach((tally, counters) ->
                    counters.forEach((counter, amount) -> all.add(new Share(tally, counter, amount))));
            return all;
        }
    }

    /** Changes of tallies that a batch brings: for each tally and partition, what is added at which offset. */
    static final class Changes {
        private final Map<String, TallyPart.Added> parts = new LinkedHashMap<>();
    }

    TallyStore(MongoDatabase database, String suffix, Tallies<S> tallies, UnaryOperator<String> topicIds) {
        this.tallies = tallies;
        this.collection = database.getCollection(collection(tallies) + suffix);
        this.topicIds = topicIds;
        ViewStore.ensureIndexes(collection, List.of(ViewIndex.on(TALLY)));
    }

    static String collection(Tallies<?> tallies) {
        return tallies.name() + "_v" + tallies.version();
    }

    String name() {
        return collection(tallies);
    }

    MongoCollection<Document> collection() {
        return collection;
    }

    Shares sharesOf(@Nullable S document) {
        return document == null ? Shares.NONE : Shares.of(tallies.derive().apply(document));
    }

    /** Notes that a record changed a document's shares. */
    void note(Changes changes, ConsumerRecord<?, ?> cause, Shares before, Shares after) {
        Map<String, Map<String, Long>> differences = new LinkedHashMap<>();
        after.byTally().forEach((tally, counters) -> differences.put(tally, new HashMap<>(counters)));
        before.byTally().forEach((tally, counters) -> {
            Map<String, Long> difference = differences.computeIfAbsent(tally, any -> new HashMap<>());
            counters.forEach((counter, amount) -> difference.merge(counter, -amount, Long::sum));
        });
        differences.forEach((tally, difference) -> {
            difference.values().removeIf(amount -> amount == 0);
            if (!difference.isEmpty()) {
                String part = cause.topic() + "-" + cause.partition() + "|" + topicIds.apply(cause.topic());
                changes.parts
                        .computeIfAbsent(TallyPart.id(tally, part), id -> new TallyPart.Added(tally, id))
                        .at(cause.offset(), difference);
            }
        });
    }

    /** Adds what is noted and not counted yet. */
    void write(Changes changes) {
        if (changes.parts.isEmpty()) {
            return;
        }
        // A duplicate key: somebody, or we before a crash, added up to the same record.
        bulk(changes.parts.values().stream()
                .<WriteModel<Document>>map(added -> new InsertOneModel<>(added.document()))
                .toList());
        addUp(enoughOf(changes.parts.keySet()));
    }

    private List<String> enoughOf(Set<String> parts) {
        List<String> enough = new ArrayList<>();
        synchronized (additions) {
            for (String part : parts) {
                if (additions.merge(part, 1, Integer::sum) >= ADDED_UP_AFTER) {
                    additions.remove(part);
                    enough.add(part);
                }
            }
        }
        return enough;
    }

    /**
     * Adds up what was added to these parts. What a sum holds is deleted only when the next one is made, so that whoever
     * reads in between finds it in one of the two. A sum is replaced only as it was read: of rivals one writes it.
     */
    private void addUp(List<String> parts) {
        if (parts.isEmpty()) {
            return;
        }
        Map<String, Document> sums = new HashMap<>();
        collection.find(in("_id", parts)).forEach(sum -> sums.put(sum.getString("_id"), sum));
        List<WriteModel<Document>> writes = new ArrayList<>();
        List<String> held = new ArrayList<>();
        for (String part : parts) {
            TallyPart sum = new TallyPart();
            Document before = sums.get(part);
            if (before != null) {
                sum.add(before);
            }
            for (Document addition : collection.find(TallyPart.additionsTo(part))) {
                if (!sum.add(addition)) {
                    held.add(addition.getString("_id"));
                }
            }
            sum.sum(part, before).ifPresent(writes::add);
        }
        if (!held.isEmpty()) {
            collection.deleteMany(in("_id", held));
        }
        if (!writes.isEmpty()) {
            bulk(writes);
        }
    }

    private void bulk(List<WriteModel<Document>> writes) {
        try {
            collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            if (!Bulk.isOnlyDone(e)) {
                throw e;
            }
        }
    }
}
