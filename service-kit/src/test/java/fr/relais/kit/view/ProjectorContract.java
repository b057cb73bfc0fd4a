package fr.relais.kit.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoInterruptedException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Sorts;
import fr.relais.events.CloudEventHeaders;
import fr.relais.events.Content;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.kafka.Incoming;
import fr.relais.kit.time.RelaisClock;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.MongoChoice;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every projector owes, whatever it shows: however its topics are cut into batches, repeated or interrupted, the
 * documents are the same, and so is what the tallies count. A service's test extends this and tells a story.
 */
public abstract class ProjectorContract<S> {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private MongoClient client;
    private MongoDatabase database;

    /** The projector under test. */
    protected abstract Projector<S> projector();

    /** Events of one or more streams, each stream in order from its first event. */
    protected abstract List<RecordedEvent> story();

    static List<MongoChoice> choices() {
        return LocalMongo.everyChoice();
    }

    private void open(MongoChoice choice) {
        String name = "projector_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        client = MongoClients.create(choice.shared().uri(name));
        database = client.getDatabase(name);
    }

    @AfterEach
    void close() {
        if (client != null) {
            database.drop();
            client.close();
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void one_by_one_or_all_at_once_gives_the_same_documents(MongoChoice choice) {
        open(choice);
        Map<String, Document> atOnce = allAtOnce();
        Projection<S> projection = projection("_single", database);
        records().forEach(record -> projection.apply(List.of(record)));
        assertThat(contents(projection)).isEqualTo(atOnce).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void any_suffix_may_be_replayed_twice(MongoChoice choice) {
        open(choice);
        Map<String, Document> atOnce = allAtOnce();
        List<Incoming> records = records();
        Projection<S> projection = projection("_suffix", database);
        projection.apply(records);
        for (int from = 0; from < records.size(); from++) {
            projection.apply(records.subList(from, records.size()));
            projection.apply(publishedAgain(records.subList(from, records.size()), from + 1));
        }
        assertThat(contents(projection)).isEqualTo(atOnce);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void a_crash_between_any_two_writes_of_a_batch_is_mended_by_its_repeat(MongoChoice choice) {
        open(choice);
        Map<String, Document> atOnce = allAtOnce();
        List<Incoming> records = records();
        List<Incoming> before = records.subList(0, records.size() / 2);
        List<Incoming> batch = records.subList(records.size() / 2, records.size());
        Together together = choice == MongoChoice.STAND_IN ? Together.never() : Together.in(client::startSession);
        int writes = writesOf(before, batch, together);
        assertThat(writes).isPositive();
        for (int crashAt = 0; crashAt < writes; crashAt++) {
            for (boolean halfWritten : List.of(false, true)) {
                String suffix = "_crash" + crashAt + halfWritten;
                Projection<S> steady = projection(suffix, database);
                steady.apply(before);
                Projection<S> crashing = projection(
                        suffix,
                        meeting(crashAt, bulk -> {
                            if (halfWritten) {
                                bulk.write(0.5);
                            }
                            throw new MongoInterruptedException("the process died here", null);
                        }),
                        "first-made",
                        together);
                assertThatThrownBy(() -> crashing.apply(batch)).isInstanceOf(MongoInterruptedException.class);
                // Kafka hands out what was not committed again, in batches of its own.
                steady.apply(batch.subList(0, 1));
                steady.apply(batch.subList(1, batch.size()));
                assertThat(contents(steady))
                        .as("crash at write " + crashAt + (halfWritten ? ", half of it done" : ""))
                        .isEqualTo(atOnce);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void a_consumer_that_lost_its_partitions_in_the_middle_of_a_batch_does_nothing_twice(MongoChoice choice) {
        open(choice);
        Map<String, Document> atOnce = allAtOnce();
        List<Incoming> records = records();
        List<Incoming> before = records.subList(0, records.size() / 2);
        List<Incoming> batch = records.subList(records.size() / 2, records.size());
        // Whoever writes in a transaction is not overtaken within it, only before.
        int writes = writesOf(before, batch, Together.never());
        for (int overtakenAt = 0; overtakenAt < writes; overtakenAt++) {
            String suffix = "_rival" + overtakenAt;
            Projection<S> rival = projection(suffix, database);
            rival.apply(before);
            Projection<S> slow = projection(
                    suffix,
                    meeting(overtakenAt, bulk -> {
                        rival.apply(batch.subList(0, 1));
                        bulk.write(1);
                    }),
                    "first-made",
                    Together.never());
            slow.apply(batch);
            rival.apply(batch.subList(1, batch.size()));
            assertThat(contents(rival)).as("overtaken at write " + overtakenAt).isEqualTo(atOnce);
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void topics_made_anew_and_filled_from_the_journal_change_nothing(MongoChoice choice) {
        open(choice);
        Map<String, Document> atOnce = allAtOnce();
        List<Incoming> records = records();
        projection("_anew", database).apply(records.subList(0, records.size() / 2));
        Projection<S> anew = projection("_anew", database, "made-anew");
        anew.apply(records);
        assertThat(contents(anew)).isEqualTo(atOnce);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void streams_that_begin_again_come_to_the_same(MongoChoice choice) {
        open(choice);
        Map<String, Document> atOnce = allAtOnce();
        List<Incoming> records = records();
        Projection<S> projection = projection("_begin", database);
        projection.apply(records);
        story().stream().map(RecordedEvent::stream).distinct().forEach(projection::beginAgain);
        List<Incoming> again = publishedAgain(records, 1);
        projection.apply(again.subList(0, again.size() / 2));
        projection.apply(again.subList(again.size() / 2, again.size()));
        assertThat(contents(projection)).isEqualTo(atOnce);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void an_event_of_a_type_that_nobody_knows_changes_nothing_but_the_sequence(MongoChoice choice) {
        open(choice);
        RecordedEvent last = story().getLast();
        List<Incoming> records = records();
        records.add(incoming(
                new RecordedEvent(
                        RecordedEvent.idOf(last.stream(), last.sequence() + 1),
                        "nothing.known.v9",
                        last.stream(),
                        last.sequence() + 1,
                        last.time(),
                        last.source(),
                        last.actor(),
                        null,
                        null,
                        new Content.Unknown("{}".getBytes(StandardCharsets.UTF_8))),
                records.getLast().record().topic(),
                records.size()));
        Projection<S> projection = projection("_unknown", database);
        projection.apply(records);
        assertThat(contents(projection)).isEqualTo(allAtOnce());
    }

    private Map<String, Document> allAtOnce() {
        Projection<S> projection = projection("_once", database);
        projection.apply(records());
        return contents(projection);
    }

    private Projection<S> projection(String suffix, MongoDatabase on) {
        return projection(suffix, on, "first-made");
    }

    private Projection<S> projection(String suffix, MongoDatabase on, String topicId) {
        return projection(suffix, on, topicId, Together.in(client::startSession));
    }

    private Projection<S> projection(String suffix, MongoDatabase on, String topicId, Together together) {
        return new Projection<>(
                projector(),
                suffix,
                on,
                together,
                ViewConfiguration.viewConverter(),
                EventCatalogue.standard(),
                new RelaisClock(null),
                null,
                null,
                changes -> {},
                topic -> topicId);
    }

    // Documents and rows as they are, tallies as they add up; and a tally holds what the documents add to it, no more.
    private Map<String, Document> contents(Projection<S> projection) {
        Map<String, Document> contents = new TreeMap<>();
        int collection = 0;
        for (MongoCollection<Document> each : projection.collections()) {
            String prefix = collection++ + "/";
            each.find()
                    .sort(Sorts.ascending("_id"))
                    .forEach(document -> contents.put(prefix + document.getString("_id"), Meta.contentOf(document)));
        }
        for (int i = 0; i < projection.tallies().size(); i++) {
            Map<String, Map<String, Long>> sums =
                    Rebuild.sums(projection.tallies().get(i));
            assertThat(sums)
                    .isEqualTo(
                            countedInDocuments(projection, projector().tallies().get(i)));
            String prefix = "tally" + i + "/";
            sums.forEach((key, counters) -> contents.put(prefix + key, new Document(Map.copyOf(counters))));
        }
        return contents;
    }

    private Map<String, Map<String, Long>> countedInDocuments(Projection<S> projection, Tallies<S> tallies) {
        ViewStore<S> store = new ViewStore<>(
                database,
                projection.collections().getFirst().getNamespace().getCollectionName(),
                ViewConfiguration.viewConverter(),
                projector().document(),
                List.of());
        List<Share> shares = new ArrayList<>();
        for (Document document : store.collection().find()) {
            if (!Meta.isEmpty(document)) {
                shares.addAll(tallies.derive().apply(store.read(document)));
            }
        }
        Map<String, Map<String, Long>> counted = new TreeMap<>();
        TallyStore.Shares.of(shares).byTally().forEach((tally, counters) -> {
            Map<String, Long> aboveZero = new TreeMap<>(counters);
            aboveZero.values().removeIf(amount -> amount == 0);
            if (!aboveZero.isEmpty()) {
                counted.put(tally, aboveZero);
            }
        });
        return counted;
    }

    private List<Incoming> records() {
        List<Incoming> records = new ArrayList<>();
        for (RecordedEvent event : story()) {
            records.add(incoming(event, EventCatalogue.standard().topicOf(event.type()), records.size()));
        }
        return records;
    }

    /** The same records as the relay sends them again: further on in their partitions. */
    private static List<Incoming> publishedAgain(List<Incoming> records, int time) {
        List<Incoming> again = new ArrayList<>();
        for (Incoming each : records) {
            ConsumerRecord<String, byte[]> record = each.record();
            ConsumerRecord<String, byte[]> further = new ConsumerRecord<>(
                    record.topic(), record.partition(), record.offset() + 1_000L * time, record.key(), record.value());
            record.headers().forEach(further.headers()::add);
            again.add(Incoming.read(EventCatalogue.standard(), further));
        }
        return again;
    }

    private static Incoming incoming(RecordedEvent event, String topic, long offset) {
        EventCatalogue catalogue = EventCatalogue.standard();
        byte[] value = switch (event.content()) {
            case Content.Known known -> catalogue.encode(known.event());
            case Content.Unknown unknown -> unknown.json();
        };
        int partition = Math.floorMod(event.stream().hashCode(), 3);
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(topic, partition, offset, event.stream(), value);
        CloudEventHeaders.of(event).forEach(record.headers()::add);
        return Incoming.read(catalogue, record);
    }

    /** A bulk write that is about to be made. */
    private interface BulkWrite {
        void write(double share);
    }

    private int writesOf(List<Incoming> before, List<Incoming> batch, Together together) {
        AtomicInteger count = new AtomicInteger();
        projection("_writes", database, "first-made", together).apply(before);
        projection("_writes", meeting(-1, bulk -> {}, count), "first-made", together)
                .apply(batch);
        return count.get();
    }

    private MongoDatabase meeting(int write, Consumer<BulkWrite> what) {
        return meeting(write, what, new AtomicInteger());
    }

    // A database to whose n-th bulk write something happens, such as the death of the process.
    private MongoDatabase meeting(int write, Consumer<BulkWrite> what, AtomicInteger count) {
        return (MongoDatabase) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MongoDatabase.class}, (self, method, arguments) -> {
                    Object result = call(database, method, arguments);
                    return result instanceof MongoCollection<?> collection
                            ? Proxy.newProxyInstance(
                                    getClass().getClassLoader(),
                                    new Class<?>[] {MongoCollection.class},
                                    (proxy, called, given) -> {
                                        if (!called.getName().equals("bulkWrite") || count.getAndIncrement() != write) {
                                            return call(collection, called, given);
                                        }
                                        what.accept(share -> part(collection, called, given, share));
                                        return null;
                                    })
                            : result;
                });
    }

    @SuppressWarnings("unchecked")
    private static void part(MongoCollection<?> collection, Method bulkWrite, Object[] given, double share) {
        int at = given[0] instanceof ClientSession ? 1 : 0;
        List<Object> models = (List<Object>) given[at];
        int first = (int) Math.ceil(models.size() * share);
        Object[] some = given.clone();
        some[at] = models.subList(0, first);
        try {
            call(collection, bulkWrite, some);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
