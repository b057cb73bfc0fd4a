package fr.relais.kit.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import fr.relais.kit.failure.MachineFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * One collection of tallies. A tally has a document for each partition that adds to it, with the offset it has counted up
 * to, so that a record that comes again is not counted again, whoever brings it.
 *
 * <p>The id of the topic is part of a document's id: a topic that is made anew counts its offsets from zero again, and
 * what was counted from the one before stays.
 */
final class TallyStore<S> {

    static final String TALLY = "tally";
    private static final String COUNTERS = "counters";
    private static final String AT = "at";
    private static final long NOTHING_YET = -1;
    private static final int RIVALS_AT_MOST = 50;

    private final Tallies<S> tallies;
    private final MongoCollection<Document> collection;
    private final UnaryOperator<String> topicIds;

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

    /** Changes of tallies that a batch brings: for each of their documents, what is added at which offset. */
    static final class Changes {
        private record At(long offset, Map<String, Long> counters) {}

        private record Part(String tally, List<At> steps) {}

        private final Map<String, Part> parts = new LinkedHashMap<>();
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
                String id = tally + "|" + cause.topic() + "-" + cause.partition() + "|" + topicIds.apply(cause.topic());
                changes.parts
                        .computeIfAbsent(id, any -> new Changes.Part(tally, new ArrayList<>()))
                        .steps()
                        .add(new Changes.At(cause.offset(), difference));
            }
        });
    }

    /**
     * Adds what is noted and not counted yet. Each document is replaced only as it was read: another consumer, as during
     * a rebalance, may count the same records, and then this one looks again at what is left to count.
     */
    void write(Changes changes) {
        Map<String, Changes.Part> open = new LinkedHashMap<>(changes.parts);
        for (int attempt = 0; !open.isEmpty(); attempt++) {
            if (attempt == RIVALS_AT_MOST) {
                throw new MachineFailure(name() + ": others count the same partitions all the time");
            }
            Map<String, Document> stored = new HashMap<>();
            collection.find(in("_id", open.keySet())).forEach(part -> stored.put(part.getString("_id"), part));
            List<WriteModel<Document>> writes = new ArrayList<>();
            List<String> written = new ArrayList<>();
            open.forEach((id, part) -> {
                WriteModel<Document> write = counted(id, part, stored.get(id));
                if (write != null) {
                    writes.add(write);
                    written.add(id);
                }
            });
            open.keySet().retainAll(overtaken(writes, written));
        }
    }

    private static @Nullable WriteModel<Document> counted(String id, Changes.Part part, @Nullable Document stored) {
        long at = stored == null ? NOTHING_YET : stored.get(AT, Number.class).longValue();
        long last = at;
        Map<String, Long> counters = new TreeMap<>();
        if (stored != null) {
            addTo(counters, stored);
        }
        for (Changes.At step : part.steps()) {
            if (step.offset() > at) {
                step.counters().forEach((counter, amount) -> counters.merge(counter, amount, Long::sum));
                last = Math.max(last, step.offset());
            }
        }
        if (last == at) {
            return null;
        }
        counters.values().removeIf(amount -> amount == 0);
        Document now = new Document("_id", id)
                .append(TALLY, part.tally())
                .append(COUNTERS, new Document(Map.copyOf(counters)))
                .append(AT, last);
        return new ReplaceOneModel<>(and(eq("_id", id), eq(AT, at)), now, new ReplaceOptions().upsert(true));
    }

    // One that is no longer as it was read is not matched, so that the upsert runs into its id.
    private List<String> overtaken(List<WriteModel<Document>> writes, List<String> written) {
        if (writes.isEmpty()) {
            return List.of();
        }
        try {
            collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
            return List.of();
        } catch (MongoBulkWriteException e) {
            if (!Bulk.isOnlyDone(e)) {
                throw e;
            }
            return e.getWriteErrors().stream()
                    .map(error -> written.get(error.getIndex()))
                    .toList();
        }
    }

    /** Adds the counters of one of a tally's documents. */
    static void addTo(@Nullable Map<String, Long> counters, Document part) {
        if (counters != null) {
            part.get(COUNTERS, Document.class)
                    .forEach((counter, amount) -> counters.merge(counter, ((Number) amount).longValue(), Long::sum));
        }
    }
}
