package fr.relais.kit.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import fr.relais.events.Content;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.failure.Failures;
import fr.relais.kit.kafka.Incoming;
import fr.relais.kit.live.Change;
import fr.relais.kit.stream.DeadLetters;
import fr.relais.kit.stream.Replays;
import fr.relais.kit.time.RelaisClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.convert.MongoConverter;

/**
 * Runs a projector over batches of records: one read, one fold, one bulk write for each collection.
 *
 * <p>Rows are written before the document whose sequence guards them all, so that a crash between the two writes repeats
 * the fold and not skips it.
 */
final class Projection<S> {

    private static final int DUPLICATE_KEY = 11000;
    private static final int TRIES = 3;
    private static final Duration TOLD_LIVE_WITHIN = Duration.ofMinutes(5);
    private static final int ASKED_AT_ONCE = 500;

    private final Projector<S> projector;
    private final EventCatalogue catalogue;
    private final Set<String> compacted = new HashSet<>();
    private final ViewStore<S> store;
    private final List<RowStore<S, ?>> rows = new ArrayList<>();
    private final RelaisClock clock;
    private final @Nullable DeadLetters deadLetters;
    private final @Nullable Replays replays;
    private final Consumer<List<Change>> live;

    private record RowStore<S, R>(Rows<S, R> rows, ViewStore<R> store) {

        List<WriteModel<Document>> changed(String stream, @Nullable S before, @Nullable S after, long sequence) {
            Map<String, R> old = byId(before);
            Map<String, R> now = byId(after);
            if (!now.keySet().containsAll(old.keySet())) {
                throw new IllegalStateException("view " + rows.name() + " dropped a row of " + stream
                        + ": a row once derived must be derived for ever, close it by a field instead");
            }
            List<WriteModel<Document>> writes = new ArrayList<>();
            now.forEach((id, row) -> {
                if (!row.equals(old.get(id))) {
                    Document document =
                            store.write(id, row).append(Meta.SEQUENCE, sequence).append(Meta.STREAM, stream);
                    writes.add(guarded(id, sequence, document));
                }
            });
            return writes;
        }

        private Map<String, R> byId(@Nullable S document) {
            Map<String, R> byId = new LinkedHashMap<>();
            if (document != null) {
                rows.derive().apply(document).forEach(row -> byId.put(rows.id().apply(row), row));
            }
            return byId;
        }
    }

    /** A stream's document while a batch is folded into it. */
    private final class Slot {
        private final String stream;
        private final @Nullable S before;
        private @Nullable S state;
        private long sequence;
        private boolean moved;
        private boolean gap;
        private @Nullable Document stale;
        private final List<Document> unknown;
        private final List<Change> changes = new ArrayList<>();
        private @Nullable Incoming lastApplied;

        Slot(String stream, @Nullable Document stored) {
            this.stream = stream;
            this.before =
                    stored == null || Meta.isEmpty(stored) || Meta.sequenceOf(stored) == 0 ? null : store.read(stored);
            this.state = before;
            this.sequence = stored == null ? 0 : Meta.sequenceOf(stored);
            this.stale = stored == null ? null : stored.get(Meta.STALE, Document.class);
            this.unknown = stored == null
                    ? new ArrayList<>()
                    : new ArrayList<>(stored.getList(Meta.UNKNOWN, Document.class, List.of()));
        }
    }

    Projection(
            Projector<S> projector,
            String suffix,
            MongoDatabase database,
            MongoConverter converter,
            EventCatalogue catalogue,
            RelaisClock clock,
            @Nullable DeadLetters deadLetters,
            @Nullable Replays replays,
            Consumer<List<Change>> live) {
        this.projector = projector;
        this.catalogue = catalogue;
        this.clock = clock;
        this.deadLetters = deadLetters;
        this.replays = replays;
        this.live = live;
        this.store = new ViewStore<>(
                database, collection(projector) + suffix, converter, projector.document(), projector.indexes());
        // They hold only what is stale, so that asking again and counting cost what is missing.
        for (String field : List.of(".askedAt", ".from")) {
            store.collection()
                    .createIndex(
                            Indexes.ascending(Meta.STALE + field),
                            new IndexOptions().partialFilterExpression(exists(Meta.STALE)));
        }
        store.collection()
                .createIndex(
                        Indexes.ascending(Meta.UNKNOWN + ".type"),
                        new IndexOptions().partialFilterExpression(exists(Meta.UNKNOWN)));
        for (Rows<S, ?> each : projector.rows()) {
            rows.add(rowStore(each, suffix, database, converter));
        }
        projector.families().forEach(family -> {
            EventCatalogue.Family known = catalogue.family(family);
            if (known.compacted()) {
                compacted.add(known.topic());
            }
        });
    }

    private static <S, R> RowStore<S, R> rowStore(
            Rows<S, R> rows, String suffix, MongoDatabase database, MongoConverter converter) {
        return new RowStore<>(
                rows, new ViewStore<>(database, collection(rows) + suffix, converter, rows.document(), rows.indexes()));
    }

    static String collection(Projector<?> projector) {
        return projector.name() + "_v" + projector.version();
    }

    static String collection(Rows<?, ?> rows) {
        return rows.name() + "_v" + rows.version();
    }

    Projector<S> projector() {
        return projector;
    }

    Set<String> topics() {
        Set<String> topics = new LinkedHashSet<>();
        projector
                .families()
                .forEach(family -> topics.add(catalogue.family(family).topic()));
        return topics;
    }

    /** All its collections, the streams' documents first. */
    List<MongoCollection<Document>> collections() {
        List<MongoCollection<Document>> all = new ArrayList<>();
        all.add(store.collection());
        rows.forEach(each -> all.add(each.store().collection()));
        return all;
    }

    /**
     * Folds a batch in. When it returns, everything in the batch is in the view, or set aside, or waits for a replay that
     * was asked for.
     */
    void apply(List<Incoming> batch) {
        Map<String, List<Incoming>> byStream = new LinkedHashMap<>();
        for (Incoming incoming : batch) {
            String stream = streamOf(incoming);
            if (stream == null) {
                setAside(incoming, "it names no stream");
            } else if (projector.wants(stream)) {
                byStream.computeIfAbsent(stream, any -> new ArrayList<>()).add(incoming);
            }
        }
        if (byStream.isEmpty()) {
            return;
        }
        Map<String, Document> stored = new HashMap<>();
        store.collection()
                .find(in("_id", byStream.keySet()))
                .forEach(document -> stored.put(document.getString("_id"), document));
        List<Slot> slots = new ArrayList<>(byStream.size());
        byStream.forEach((stream, incoming) -> {
            Slot slot = new Slot(stream, stored.get(stream));
            for (Incoming each : incoming) {
                foldIn(slot, each);
            }
            slots.add(slot);
        });
        write(slots);
        askForWhatIsMissing(slots);
        List<Change> changes = new ArrayList<>();
        slots.forEach(slot -> changes.addAll(slot.changes));
        if (!changes.isEmpty()) {
            live.accept(changes);
        }
    }

    private static @Nullable String streamOf(Incoming incoming) {
        return switch (incoming) {
            case Incoming.Event event -> event.event().stream();
            case Incoming.Broken broken -> broken.sequence() > 0 ? broken.stream() : null;
        };
    }

    private void foldIn(Slot slot, Incoming incoming) {
        long sequence = switch (incoming) {
            case Incoming.Event event -> event.event().sequence();
            case Incoming.Broken broken -> broken.sequence();
        };
        if (sequence <= slot.sequence) {
            // Already in; but a crash may have come between the write and the telling.
            if (slot.state != null && incoming instanceof Incoming.Event event && tellable(incoming)) {
                slot.changes.addAll(projector.changes(slot.state, slot.state, event.event()));
            }
            return;
        }
        boolean next = sequence == slot.sequence + 1
                || compacted.contains(incoming.record().topic());
        if (!next) {
            slot.gap = true;
            slot.stale = missing(slot, sequence);
            return;
        }
        switch (incoming) {
            case Incoming.Broken broken -> poisoned(slot, broken, sequence, Failures.inWords(broken.why()));
            case Incoming.Event event -> foldInNext(slot, event, sequence);
        }
    }

    private void foldInNext(Slot slot, Incoming.Event incoming, long sequence) {
        RecordedEvent event = incoming.event();
        S after;
        try {
            after = projector.fold(slot.state, event);
        } catch (RuntimeException e) {
            if (Failures.areOfTheMachine(e)) {
                throw e;
            }
            poisoned(slot, incoming, sequence, Failures.inWords(e));
            return;
        }
        if (event.content() instanceof Content.Unknown) {
            slot.unknown.add(new Document("sequence", sequence)
                    .append("type", event.type())
                    .append("at", Incoming.reference(incoming.record())));
        }
        if (after != null && tellable(incoming)) {
            slot.changes.addAll(projector.changes(slot.state, after, event));
        }
        slot.state = after;
        slot.sequence = sequence;
        slot.moved = true;
        slot.lastApplied = incoming;
        Document stale = slot.stale;
        if (stale != null && sequence >= stale.get("seen", Number.class).longValue()) {
            slot.stale = null;
        }
    }

    private boolean tellable(Incoming incoming) {
        return incoming.age(clock.real()).compareTo(TOLD_LIVE_WITHIN) < 0;
    }

    // A fold is a pure function, so that trying the record again would fail again: it is set aside at once, and what
    // follows in its stream waits as a gap until somebody mends and replays it.
    private void poisoned(Slot slot, Incoming incoming, long sequence, String why) {
        Document stale = slot.stale;
        boolean known = stale != null && stale.getBoolean("poisoned", false);
        if (!known) {
            setAside(incoming, why);
        }
        slot.gap = true;
        slot.stale = missing(slot, sequence).append("poisoned", true);
    }

    private Document missing(Slot slot, long seen) {
        Document stale = slot.stale;
        if (stale == null) {
            return new Document("from", slot.sequence + 1)
                    .append("seen", seen)
                    .append("since", Date.from(clock.real()));
        }
        return new Document(stale)
                .append("from", slot.sequence + 1)
                .append("seen", Math.max(seen, stale.get("seen", Number.class).longValue()));
    }

    private void setAside(Incoming incoming, String why) {
        if (deadLetters != null) {
            deadLetters.keep(projector.name(), incoming.record(), why);
        }
    }

    private void write(List<Slot> slots) {
        Map<MongoCollection<Document>, List<WriteModel<Document>>> rowWrites = new LinkedHashMap<>();
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (Slot slot : slots) {
            if (slot.moved) {
                try {
                    Map<MongoCollection<Document>, List<WriteModel<Document>>> ofSlot = new LinkedHashMap<>();
                    for (RowStore<S, ?> each : rows) {
                        ofSlot.put(
                                each.store().collection(),
                                each.changed(slot.stream, slot.before, slot.state, slot.sequence));
                    }
                    writes.add(guarded(slot.stream, slot.sequence, document(slot)));
                    ofSlot.forEach((collection, models) -> rowWrites
                            .computeIfAbsent(collection, any -> new ArrayList<>())
                            .addAll(models));
                } catch (RuntimeException e) {
                    refuse(slot, e, writes);
                }
            } else if (slot.gap) {
                writes.add(markStale(slot));
            }
        }
        rowWrites.forEach(this::bulk);
        bulk(store.collection(), writes);
    }

    // The fold went through but what it made cannot be stored: the last event folded in is the one to look at.
    private void refuse(Slot slot, RuntimeException e, List<WriteModel<Document>> writes) {
        if (Failures.areOfTheMachine(e) || slot.lastApplied == null) {
            throw e;
        }
        setAside(slot.lastApplied, Failures.inWords(e));
        writes.add(markStale(slot));
    }

    private Document document(Slot slot) {
        Document document =
                slot.state == null ? new Document("_id", slot.stream) : store.write(slot.stream, slot.state);
        document.append(Meta.SEQUENCE, slot.sequence);
        if (slot.stale != null) {
            document.append(Meta.STALE, slot.stale);
        }
        if (!slot.unknown.isEmpty()) {
            document.append(Meta.UNKNOWN, slot.unknown);
        }
        return document;
    }

    private static WriteModel<Document> guarded(String id, long sequence, Document document) {
        return new ReplaceOneModel<>(
                and(eq("_id", id), lt(Meta.SEQUENCE, sequence)), document, new ReplaceOptions().upsert(true));
    }

    private static WriteModel<Document> markStale(String stream, long sequence, Document stale) {
        return new UpdateOneModel<>(
                and(eq("_id", stream), lte(Meta.SEQUENCE, sequence)),
                combine(set(Meta.STALE, stale), setOnInsert(Meta.SEQUENCE, 0L)),
                new UpdateOptions().upsert(true));
    }

    private WriteModel<Document> markStale(Slot slot) {
        return markStale(
                slot.stream,
                slot.moved ? 0 : slot.sequence,
                Objects.requireNonNullElseGet(slot.stale, () -> missing(slot, slot.sequence + 1)));
    }

    // A duplicate key says that the document has seen this sequence or a later one: already done.
    private void bulk(MongoCollection<Document> collection, List<WriteModel<Document>> writes) {
        if (writes.isEmpty()) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
                return;
            } catch (MongoBulkWriteException e) {
                boolean done = e.getWriteConcernError() == null
                        && e.getWriteErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY);
                if (done) {
                    return;
                }
                if (attempt == TRIES || Failures.areOfTheMachine(e)) {
                    throw e;
                }
            }
        }
    }

    private void askForWhatIsMissing(List<Slot> slots) {
        if (replays == null) {
            return;
        }
        List<WriteModel<Document>> asked = new ArrayList<>();
        for (Slot slot : slots) {
            Document stale = slot.stale;
            if (slot.gap && stale != null && !stale.getBoolean("poisoned", false) && !stale.containsKey("askedAt")) {
                asked.add(ask(slot.stream, slot.sequence + 1));
            }
        }
        bulk(store.collection(), asked);
    }

    private WriteModel<Document> ask(String stream, long from) {
        Objects.requireNonNull(replays).ask(stream, from, projector.name());
        return new UpdateOneModel<>(
                and(eq("_id", stream), exists(Meta.STALE)), set(Meta.STALE + ".askedAt", Date.from(clock.real())));
    }

    /** Asks again for what was asked for before an instant and has not come. */
    int askAgain(Instant askedBefore) {
        List<WriteModel<Document>> asked = new ArrayList<>();
        Bson waiting = and(
                exists(Meta.STALE),
                lt(Meta.STALE + ".askedAt", Date.from(askedBefore)),
                ne(Meta.STALE + ".poisoned", true));
        for (Document document : store.collection().find(waiting).limit(ASKED_AT_ONCE)) {
            asked.add(ask(document.getString("_id"), Meta.sequenceOf(document) + 1));
        }
        bulk(store.collection(), asked);
        return asked.size();
    }

    long stale(int upTo) {
        return store.collection()
                .countDocuments(and(exists(Meta.STALE), gte(Meta.STALE + ".from", 1L)), new CountOptions().limit(upTo));
    }

    /** Takes a stream on from where a record stopped it: after a mend, or when that record is to be tried again. */
    void goOn(String stream) {
        store.collection().updateOne(eq("_id", stream), unset(Meta.STALE + ".poisoned"));
        bulk(
                store.collection(),
                List.of(ask(
                        stream,
                        Meta.sequenceOf(Objects.requireNonNullElseGet(
                                        store.collection()
                                                .find(eq("_id", stream))
                                                .first(),
                                        Document::new))
                                + 1)));
    }

    /** Begins streams again that hold events which an older build did not know and this one does. */
    int foldAgainWhatIsKnownNow() {
        List<String> streams = new ArrayList<>();
        Bson holdsUnknown = and(exists(Meta.UNKNOWN), gte(Meta.UNKNOWN + ".type", ""));
        for (Document document : store.collection().find(holdsUnknown).projection(new Document(Meta.UNKNOWN, 1))) {
            boolean knownNow = document.getList(Meta.UNKNOWN, Document.class).stream()
                    .anyMatch(unknown -> catalogue.knows(unknown.getString("type")));
            if (knownNow) {
                streams.add(document.getString("_id"));
            }
        }
        for (String stream : streams) {
            beginAgain(stream);
        }
        return streams.size();
    }

    /** Folds a stream again from its first event; until it has caught up, what was there is shown and marked stale. */
    void beginAgain(String stream) {
        Document stored = store.collection().find(eq("_id", stream)).first();
        if (stored == null) {
            return;
        }
        if (!Meta.isEmpty(stored)) {
            S content = store.read(stored);
            for (RowStore<S, ?> each : rows) {
                each.store()
                        .collection()
                        .updateMany(in("_id", each.byId(content).keySet()), set(Meta.SEQUENCE, 0L));
            }
        }
        Document stale = new Document("from", 1L)
                .append("seen", Meta.sequenceOf(stored))
                .append("since", Date.from(clock.real()));
        store.collection()
                .updateOne(
                        eq("_id", stream),
                        new Document("$set", new Document(Meta.SEQUENCE, 0L).append(Meta.STALE, stale))
                                .append("$unset", new Document(Meta.UNKNOWN, "")));
        bulk(store.collection(), List.of(ask(stream, 1)));
    }
}
