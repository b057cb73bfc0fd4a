package fr.relais.kit.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
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
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.convert.MongoConverter;

/**
 * Runs a projector over batches of records: one read, one fold, one bulk write for each collection.
 *
 * <p>Tallies and rows are written before the document whose sequence guards them all, so that a crash between two writes
 * repeats the fold and does not skip it. What a tally has counted it knows by the offset.
 */
final class Projection<S> {

    private static final String POISONED = "poisoned";
    private static final String POISON = "poison";
    private static final int TRIES = 3;
    private static final Duration TOLD_LIVE_WITHIN = Duration.ofMinutes(5);
    private static final int ASKED_AT_ONCE = 500;

    private final Projector<S> projector;
    private final Together together;
    private final EventCatalogue catalogue;
    private final Set<String> compacted = new HashSet<>();
    private final ViewStore<S> store;
    private final List<RowStore<S, ?>> rows = new ArrayList<>();
    private final List<TallyStore<S>> tallies = new ArrayList<>();
    private final List<MongoCollection<Document>> leased = new CopyOnWriteArrayList<>();
    private final RelaisClock clock;
    private final @Nullable DeadLetters deadLetters;
    private final @Nullable Replays replays;
    private final Consumer<List<Change>> live;
    private final List<Folded<S>> toldOfFolds = new CopyOnWriteArrayList<>();

    private record RowStore<S, R>(Rows<S, R> rows, ViewStore<R> store) {

        List<WriteModel<Document>> changed(
                String stream, boolean isNew, @Nullable S before, @Nullable S after, long sequence) {
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
                    ViewStore.refuseTooLarge(document);
                    boolean fresh = isNew || before != null && !old.containsKey(id);
                    writes.add(fresh ? new InsertOneModel<>(document) : guarded(id, sequence, document));
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

    /**
     * A record that was folded in.
     *
     * @param unknown kept by reference when this build does not know its type
     */
    private record Step<S>(
            Incoming incoming,
            @Nullable S after,
            long sequence,
            @Nullable Document unknown,
            List<Change> changes) {}

    /** A stream's document while a batch is folded into it. */
    private final class Slot {
        private final String stream;
        private final boolean isNew;
        private final @Nullable S before;
        private final long storedSequence;
        private final List<TallyStore.Shares> counted;
        private final @Nullable Document storedPoison;
        private final List<Document> unknown;
        private final List<Document> missing;
        private final List<Change> toldAgain = new ArrayList<>();
        private List<Step<S>> steps = new ArrayList<>();
        private @Nullable S state;
        private long sequence;
        private boolean gap;
        private @Nullable Document stale;

        Slot(String stream, @Nullable Document stored) {
            this.stream = stream;
            this.isNew = stored == null;
            this.storedSequence = stored == null ? 0 : Meta.sequenceOf(stored);
            @Nullable S shown = stored == null || Meta.isEmpty(stored) ? null : store.read(stored);
            this.before = storedSequence == 0 ? null : shown;
            this.state = before;
            this.sequence = storedSequence;
            this.counted =
                    tallies.stream().map(tally -> counted(tally, stored, shown)).toList();
            this.stale = stored == null ? null : stored.get(Meta.STALE, Document.class);
            this.storedPoison = stale == null ? null : stale.get(POISON, Document.class);
            this.unknown = stored == null ? List.of() : stored.getList(Meta.UNKNOWN, Document.class, List.of());
            this.missing = stored == null ? List.of() : stored.getList(Meta.MISSING, Document.class, List.of());
        }

        // What a stream that begins again still shows is what the tallies hold of it.
        private TallyStore.Shares counted(TallyStore<S> tally, @Nullable Document stored, @Nullable S shown) {
            return stored != null && stored.containsKey(Meta.COUNTED)
                    ? countedShares(tally, stored.getList(Meta.COUNTED, Document.class))
                    : tally.sharesOf(shown);
        }

        boolean moved() {
            return !steps.isEmpty();
        }

        @Nullable
        S stateAfter(int count) {
            return count == 0 ? before : steps.get(count - 1).after();
        }

        long sequenceAfter(int count) {
            return count == 0 ? storedSequence : steps.get(count - 1).sequence();
        }

        void cutTo(int count) {
            state = stateAfter(count);
            sequence = sequenceAfter(count);
            steps = new ArrayList<>(steps.subList(0, count));
        }

        boolean isGivenUp(long number) {
            return missing.stream()
                    .anyMatch(each -> each.get("sequence", Number.class).longValue() == number);
        }
    }

    /**
     * What is to be written for a stream.
     *
     * @param shares after each step, in the order of the tallies
     */
    private record Prepared(
            Map<MongoCollection<Document>, List<WriteModel<Document>>> rows,
            WriteModel<Document> document,
            List<List<TallyStore.Shares>> shares) {}

    Projection(
            Projector<S> projector,
            String suffix,
            MongoDatabase database,
            Together together,
            MongoConverter converter,
            EventCatalogue catalogue,
            RelaisClock clock,
            @Nullable DeadLetters deadLetters,
            @Nullable Replays replays,
            Consumer<List<Change>> live,
            UnaryOperator<String> topicIds) {
        this.projector = projector;
        this.together = together;
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
        store.collection()
                .createIndex(
                        Indexes.ascending(Meta.MISSING + ".sequence"),
                        new IndexOptions().partialFilterExpression(exists(Meta.MISSING)));
        for (Rows<S, ?> each : projector.rows()) {
            rows.add(rowStore(each, suffix, database, converter));
        }
        for (Tallies<S> each : projector.tallies()) {
            tallies.add(new TallyStore<>(database, suffix, each, topicIds));
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

    void tellOfFolds(Folded<S> listener) {
        toldOfFolds.add(listener);
    }

    /** From now on somebody beside the view writes to these rows, if they are its own. */
    void areLeased(Rows<?, ?> which) {
        rows.stream()
                .filter(each -> each.rows() == which)
                .forEach(each -> leased.add(each.store().collection()));
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

    List<MongoCollection<Document>> tallies() {
        return tallies.stream().map(TallyStore::collection).toList();
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
        tellOfFolds(slots);
        write(slots);
        askForWhatIsMissing(slots);
        List<Change> changes = new ArrayList<>();
        slots.forEach(slot -> {
            changes.addAll(slot.toldAgain);
            slot.steps.forEach(step -> changes.addAll(step.changes()));
        });
        if (!changes.isEmpty()) {
            live.accept(changes);
        }
    }

    private void tellOfFolds(List<Slot> slots) {
        for (Folded<S> listener : toldOfFolds) {
            for (Slot slot : slots) {
                S state = slot.state;
                if (slot.moved() && state != null) {
                    listener.to(slot.stream, state, slot.sequence);
                }
            }
        }
    }

    private static @Nullable String streamOf(Incoming incoming) {
        return switch (incoming) {
            case Incoming.Event event -> event.event().stream();
            case Incoming.Broken broken -> broken.sequence() > 0 ? broken.stream() : null;
        };
    }

    private static long sequenceOf(Incoming incoming) {
        return switch (incoming) {
            case Incoming.Event event -> event.event().sequence();
            case Incoming.Broken broken -> broken.sequence();
        };
    }

    private boolean follows(Slot slot, Incoming incoming, long sequence) {
        return sequence == slot.sequence + 1
                || compacted.contains(incoming.record().topic());
    }

    private void foldIn(Slot slot, Incoming incoming) {
        long sequence = sequenceOf(incoming);
        if (sequence <= slot.sequence) {
            // Already in; but a crash may have come between the write and the telling.
            if (slot.state != null && incoming instanceof Incoming.Event event && tellable(incoming)) {
                slot.toldAgain.addAll(projector.changes(slot.state, slot.state, event.event()));
            }
            return;
        }
        if (!follows(slot, incoming, sequence)) {
            slot.gap = true;
            slot.stale = missing(slot, sequence);
            return;
        }
        if (slot.isGivenUp(sequence)) {
            moveOn(slot, new Step<>(incoming, slot.state, sequence, null, List.of()));
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
        List<Change> changes;
        try {
            after = projector.fold(slot.state, event);
            changes = after != null && tellable(incoming) ? projector.changes(slot.state, after, event) : List.of();
        } catch (RuntimeException e) {
            if (Failures.areOfTheMachine(e)) {
                throw e;
            }
            poisoned(slot, incoming, sequence, Failures.inWords(e));
            return;
        }
        Document unknown = event.content() instanceof Content.Unknown
                ? new Document("sequence", sequence)
                        .append("type", event.type())
                        .append("at", Incoming.reference(incoming.record()))
                : null;
        moveOn(slot, new Step<>(incoming, after, sequence, unknown, changes));
    }

    private void moveOn(Slot slot, Step<S> step) {
        slot.steps.add(step);
        slot.state = step.after();
        slot.sequence = step.sequence();
        Document stale = slot.stale;
        if (stale != null) {
            if (step.sequence() >= stale.get("seen", Number.class).longValue()) {
                slot.stale = null;
            } else if (stale.containsKey(POISONED)) {
                slot.stale = withoutPoison(stale);
            }
        }
    }

    private static Document withoutPoison(Document stale) {
        Document without = new Document(stale);
        without.remove(POISONED);
        without.remove(POISON);
        return without;
    }

    private boolean tellable(Incoming incoming) {
        return incoming.age(clock.real()).compareTo(TOLD_LIVE_WITHIN) < 0;
    }

    // A fold is a pure function, so that trying the record again would fail again: it is set aside at once, and what
    // follows in its stream waits as a gap until somebody mends and replays it, or gives it up.
    private void poisoned(Slot slot, Incoming incoming, long sequence, String why) {
        Document poison = slot.storedPoison;
        boolean known = poison != null && poison.get("sequence", Number.class).longValue() == sequence;
        if (!known) {
            setAside(incoming, why);
            poison = new Document("sequence", sequence).append("at", Incoming.reference(incoming.record()));
        }
        slot.gap = true;
        slot.stale = missing(slot, sequence).append(POISONED, true).append(POISON, poison);
        // What waits for somebody's mend is not asked for until then; a look for what is to be asked again need not
        // know of it.
        slot.stale.remove("askedAt");
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
        Map<Slot, Prepared> prepared = new LinkedHashMap<>();
        List<WriteModel<Document>> marks = new ArrayList<>();
        for (Slot slot : slots) {
            Prepared ready = slot.moved() ? prepare(slot) : null;
            if (ready != null) {
                prepared.put(slot, ready);
            } else if (slot.gap) {
                marks.add(markStale(slot));
            }
        }
        count(prepared);
        try {
            store(prepared.values(), marks);
        } catch (RuntimeException e) {
            if (Failures.areOfTheMachine(e)) {
                throw e;
            }
            prepared.keySet().forEach(this::storeStepByStep);
            bulk(store.collection(), marks);
        }
    }

    private void count(Map<Slot, Prepared> prepared) {
        for (int i = 0; i < tallies.size(); i++) {
            TallyStore<S> tally = tallies.get(i);
            TallyStore.Changes changes = new TallyStore.Changes();
            for (var each : prepared.entrySet()) {
                Slot slot = each.getKey();
                TallyStore.Shares before = slot.counted.get(i);
                for (int step = 0; step < slot.steps.size(); step++) {
                    TallyStore.Shares after = each.getValue().shares().get(step).get(i);
                    tally.note(changes, slot.steps.get(step).incoming().record(), before, after);
                    before = after;
                }
            }
            tally.write(changes);
        }
    }

    private void store(Collection<Prepared> all, List<WriteModel<Document>> marks) {
        Map<MongoCollection<Document>, List<WriteModel<Document>>> writes = new LinkedHashMap<>();
        List<WriteModel<Document>> documents = new ArrayList<>();
        for (Prepared each : all) {
            each.rows()
                    .forEach((collection, models) -> writes.computeIfAbsent(collection, any -> new ArrayList<>())
                            .addAll(models));
            documents.add(each.document());
        }
        documents.addAll(marks);
        // A transaction that holds a row which a poller leases at that moment would wait for it, and it for the
        // transaction: such rows are written before it, as where there are no transactions. In a transaction of their
        // own it would be the same, since the poller leases several at once.
        leased.forEach(collection -> {
            List<WriteModel<Document>> models = writes.remove(collection);
            if (models != null) {
                bulk(collection, models);
            }
        });
        // The documents last: where the batch is written one by one, their sequence guards what stands before them.
        writes.put(store.collection(), documents);
        if (!together.write(writes)) {
            writes.forEach(this::bulk);
        }
    }

    // The fold went through, but what a record made cannot be stored: that record alone is set aside, and what came
    // before it is kept.
    private @Nullable Prepared prepare(Slot slot) {
        try {
            return prepared(slot, slot.steps.size());
        } catch (RuntimeException e) {
            if (Failures.areOfTheMachine(e)) {
                throw e;
            }
        }
        for (int count = 1; count <= slot.steps.size(); count++) {
            try {
                prepared(slot, count);
            } catch (RuntimeException e) {
                Step<S> refused = slot.steps.get(count - 1);
                slot.cutTo(count - 1);
                poisoned(slot, refused.incoming(), refused.sequence(), Failures.inWords(e));
                break;
            }
        }
        return slot.moved() ? prepared(slot, slot.steps.size()) : null;
    }

    private Prepared prepared(Slot slot, int count) {
        Map<MongoCollection<Document>, List<WriteModel<Document>>> rowWrites = new LinkedHashMap<>();
        S state = slot.stateAfter(count);
        long sequence = slot.sequenceAfter(count);
        for (RowStore<S, ?> each : rows) {
            rowWrites.put(
                    each.store().collection(), each.changed(slot.stream, slot.isNew, slot.before, state, sequence));
        }
        Document document = document(slot, count);
        ViewStore.refuseTooLarge(document);
        List<List<TallyStore.Shares>> shares = new ArrayList<>();
        List<TallyStore.Shares> now = slot.counted;
        for (int step = 0; step < count; step++) {
            S after = slot.stateAfter(step + 1);
            // A stream that begins again, or was counted ahead, has shares that are not those of its state.
            if (step == 0 || after != slot.stateAfter(step)) {
                now = tallies.stream().map(tally -> tally.sharesOf(after)).toList();
            }
            shares.add(now);
        }
        WriteModel<Document> write =
                slot.isNew ? new InsertOneModel<>(document) : guarded(slot.stream, sequence, document);
        return new Prepared(rowWrites, write, shares);
    }

    // MongoDB refused something in the batch and does not always say what: each record on its own shows it. The tallies
    // have counted all of it; what they hold of a stream that is stopped here is kept beside it.
    private void storeStepByStep(Slot slot) {
        for (int count = 1; count <= slot.steps.size(); count++) {
            try {
                store(List.of(prepared(slot, count)), List.of());
            } catch (RuntimeException e) {
                if (Failures.areOfTheMachine(e)) {
                    throw e;
                }
                Step<S> refused = slot.steps.get(count - 1);
                List<Document> counted = countedDocuments(slot.steps.getLast().after());
                slot.cutTo(count - 1);
                poisoned(slot, refused.incoming(), refused.sequence(), ViewStore.refusal(e));
                Bson poison = combine(
                        set(Meta.STALE, Objects.requireNonNull(slot.stale)),
                        set(Meta.COUNTED, counted),
                        setOnInsert(Meta.SEQUENCE, 0L));
                bulk(
                        store.collection(),
                        List.of(new UpdateOneModel<>(
                                and(eq("_id", slot.stream), lte(Meta.SEQUENCE, slot.sequence)),
                                poison,
                                new UpdateOptions().upsert(true))));
                return;
            }
        }
    }

    private List<Document> countedDocuments(@Nullable S state) {
        List<Document> counted = new ArrayList<>();
        for (TallyStore<S> tally : tallies) {
            for (Share share : tally.sharesOf(state).all()) {
                counted.add(new Document("in", tally.name())
                        .append("tally", share.tally())
                        .append("counter", share.counter())
                        .append("amount", share.amount()));
            }
        }
        return counted;
    }

    private static TallyStore.Shares countedShares(TallyStore<?> tally, List<Document> counted) {
        return TallyStore.Shares.of(counted.stream()
                .filter(each -> tally.name().equals(each.getString("in")))
                .map(each -> new Share(
                        each.getString("tally"),
                        each.getString("counter"),
                        each.get("amount", Number.class).longValue()))
                .toList());
    }

    private Document document(Slot slot, int count) {
        S state = slot.stateAfter(count);
        Document document = state == null ? new Document("_id", slot.stream) : store.write(slot.stream, state);
        document.append(Meta.SEQUENCE, slot.sequenceAfter(count));
        if (slot.stale != null) {
            document.append(Meta.STALE, slot.stale);
        }
        List<Document> unknown = new ArrayList<>(slot.unknown);
        slot.steps.subList(0, count).forEach(step -> {
            if (step.unknown() != null) {
                unknown.add(step.unknown());
            }
        });
        if (!unknown.isEmpty()) {
            document.append(Meta.UNKNOWN, unknown);
        }
        if (!slot.missing.isEmpty()) {
            document.append(Meta.MISSING, slot.missing);
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
                slot.sequence,
                Objects.requireNonNullElseGet(slot.stale, () -> missing(slot, slot.sequence + 1)));
    }

    // What is new is inserted, which costs a fraction of a guarded upsert. A duplicate key of an insert says that
    // somebody
    // else made the document, or we did before a crash: then the guard decides. One of a guarded write says that the
    // document has seen this sequence or a later one: already done.
    private void bulk(MongoCollection<Document> collection, List<WriteModel<Document>> writes) {
        if (writes.isEmpty()) {
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                collection.bulkWrite(writes, new BulkWriteOptions().ordered(false));
                return;
            } catch (MongoBulkWriteException e) {
                if (Bulk.isOnlyDone(e)) {
                    bulk(collection, thereAlready(writes, e));
                    return;
                }
                if (attempt == TRIES || Failures.areOfTheMachine(e)) {
                    throw e;
                }
            }
        }
    }

    private static List<WriteModel<Document>> thereAlready(
            List<WriteModel<Document>> writes, MongoBulkWriteException refused) {
        List<WriteModel<Document>> guarded = new ArrayList<>();
        for (BulkWriteError error : refused.getWriteErrors()) {
            if (writes.get(error.getIndex()) instanceof InsertOneModel<Document> insert) {
                Document document = insert.getDocument();
                guarded.add(guarded(document.getString("_id"), Meta.sequenceOf(document), document));
            }
        }
        return guarded;
    }

    private void askForWhatIsMissing(List<Slot> slots) {
        if (replays == null) {
            return;
        }
        List<WriteModel<Document>> asked = new ArrayList<>();
        for (Slot slot : slots) {
            Document stale = slot.stale;
            if (slot.gap && stale != null && !stale.getBoolean(POISONED, false) && !stale.containsKey("askedAt")) {
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

    // Written flat: within an $and not every planner sees that a partial index holds what is looked for.
    private static Document holding(String of, String field, String compared, Object with) {
        return new Document(of, new Document("$exists", true)).append(of + "." + field, new Document(compared, with));
    }

    /** Asks again for what was asked for before an instant and has not come. */
    int askAgain(Instant askedBefore) {
        List<WriteModel<Document>> asked = new ArrayList<>();
        Bson waiting = holding(Meta.STALE, "askedAt", "$lt", Date.from(askedBefore));
        for (Document document : store.collection()
                .find(waiting)
                .projection(new Document(Meta.SEQUENCE, 1))
                .limit(ASKED_AT_ONCE)) {
            asked.add(ask(document.getString("_id"), Meta.sequenceOf(document) + 1));
        }
        bulk(store.collection(), asked);
        return asked.size();
    }

    long stale(int upTo) {
        return store.collection()
                .countDocuments(holding(Meta.STALE, "from", "$gte", 1L), new CountOptions().limit(upTo));
    }

    /** How many documents were told to go on without an event. */
    long missing(int upTo) {
        return store.collection()
                .countDocuments(holding(Meta.MISSING, "sequence", "$gte", 1L), new CountOptions().limit(upTo));
    }

    /** How many documents hold events of types that this build does not know. */
    long unknown(int upTo) {
        return store.collection()
                .countDocuments(holding(Meta.UNKNOWN, "type", "$gte", ""), new CountOptions().limit(upTo));
    }

    /**
     * Has a record that was set aside tried again: when it can be used now, its stream goes on from where it stopped.
     * One that is in already, such as because the journal sent it again, is left alone.
     *
     * @throws IllegalStateException when it cannot be used, still
     */
    void tryAgain(ConsumerRecord<String, byte[]> record) {
        Slot slot = usable(record);
        if (slot == null) {
            return;
        }
        store.collection()
                .updateOne(
                        eq("_id", slot.stream),
                        combine(unset(Meta.STALE + "." + POISONED), unset(Meta.STALE + "." + POISON)));
        askFor(slot.stream, slot.storedSequence + 1);
    }

    /**
     * Whether a record that was set aside could be used now; writes nothing.
     *
     * @throws IllegalStateException when it could not, still
     */
    void trial(ConsumerRecord<String, byte[]> record) {
        usable(record);
    }

    /** Where it would go on; null where it is in already. */
    private @Nullable Slot usable(ConsumerRecord<String, byte[]> record) {
        Incoming incoming = Incoming.read(catalogue, record);
        String stream = streamOf(incoming);
        if (stream == null) {
            throw new IllegalStateException("it failed again: it names no stream; dismiss it with a reason");
        }
        Document stored = store.collection().find(eq("_id", stream)).first();
        Slot slot = new Slot(stream, stored);
        long sequence = sequenceOf(incoming);
        if (slot.isGivenUp(sequence)) {
            throw new IllegalStateException("it was dismissed: the view goes on without it");
        }
        if (sequence <= slot.sequence) {
            return null;
        }
        String refusal = refusal(slot, incoming, sequence);
        if (refusal != null) {
            throw new IllegalStateException("it failed again: " + refusal);
        }
        return slot;
    }

    // A trial of what the listener does, which writes nothing. What comes behind a gap shows only in its turn.
    private @Nullable String refusal(Slot slot, Incoming incoming, long sequence) {
        switch (incoming) {
            case Incoming.Broken broken -> {
                return Failures.inWords(broken.why());
            }
            case Incoming.Event event -> {
                if (!follows(slot, incoming, sequence)) {
                    return null;
                }
                try {
                    S after = projector.fold(slot.state, event.event());
                    moveOn(slot, new Step<>(incoming, after, sequence, null, List.of()));
                    prepared(slot, 1);
                    return null;
                } catch (RuntimeException e) {
                    if (Failures.areOfTheMachine(e)) {
                        throw e;
                    }
                    return Failures.inWords(e);
                }
            }
        }
    }

    /**
     * Takes a stream on without the record that stopped it, for good: the document says that it misses it, also when it
     * is folded again. Does nothing when that record does not stop the stream, or no longer.
     *
     * @param at where the record stands in Kafka
     */
    void giveUp(String stream, String at) {
        Bson stopped = and(eq("_id", stream), eq(Meta.STALE + "." + POISON + ".at", at));
        Document stored = store.collection().find(stopped).first();
        if (stored == null) {
            return;
        }
        Document stale = stored.get(Meta.STALE, Document.class);
        long sequence =
                stale.get(POISON, Document.class).get("sequence", Number.class).longValue();
        boolean moreIsKnown = stale.get("seen", Number.class).longValue() > sequence;
        store.collection()
                .updateOne(
                        and(stopped, lt(Meta.SEQUENCE, sequence)),
                        combine(
                                set(Meta.SEQUENCE, sequence),
                                push(Meta.MISSING, new Document("sequence", sequence).append("at", at)),
                                moreIsKnown
                                        ? set(Meta.STALE, withoutPoison(stale).append("from", sequence + 1))
                                        : unset(Meta.STALE)));
        askFor(stream, sequence + 1);
    }

    /** Gives up, before the first event, what the other has given up. */
    void giveUpLike(Projection<?> other) {
        other.store
                .collection()
                .find(holding(Meta.MISSING, "sequence", "$gte", 1L))
                .projection(new Document(Meta.MISSING, 1))
                .forEach(document -> store.collection().insertOne(document.append(Meta.SEQUENCE, 0L)));
    }

    /** Begins streams again that hold events which an older build did not know and this one does. */
    int foldAgainWhatIsKnownNow() {
        List<String> streams = new ArrayList<>();
        store.collection()
                .find(leftToThisBuild())
                .projection(new Document("_id", 1))
                .forEach(document -> streams.add(document.getString("_id")));
        streams.forEach(this::beginAgain);
        return streams.size();
    }

    /** Whether there is anything to begin again. */
    boolean holdsWhatIsKnownNow() {
        return store.collection()
                        .find(leftToThisBuild())
                        .projection(new Document("_id", 1))
                        .first()
                != null;
    }

    private Bson leftToThisBuild() {
        return holding(Meta.UNKNOWN, "type", "$in", catalogue.readable());
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
        // As asked for already: a crash before the asking is made good by the look for what is to be asked again.
        Document stale = new Document("from", 1L)
                .append("seen", Meta.sequenceOf(stored))
                .append("since", Date.from(clock.real()))
                .append("askedAt", Date.from(clock.real()));
        store.collection()
                .updateOne(
                        eq("_id", stream),
                        new Document("$set", new Document(Meta.SEQUENCE, 0L).append(Meta.STALE, stale))
                                .append("$unset", new Document(Meta.UNKNOWN, "")));
        askFor(stream, 1);
    }

    private void askFor(String stream, long from) {
        if (replays != null) {
            bulk(store.collection(), List.of(ask(stream, from)));
        }
    }
}
