package fr.relais.kit.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoInterruptedException;
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
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every projector owes, whatever it shows: however its topics are cut into batches, repeated or interrupted, the
 * documents are the same. A service's test extends this and tells a story.
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
            projection.apply(records.subList(from, records.size()));
        }
        assertThat(contents(projection)).isEqualTo(atOnce);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void a_crash_between_any_two_writes_of_a_batch_is_mended_by_its_repeat(MongoChoice choice) {
        open(choice);
        Map<String, Document> atOnce = allAtOnce();
        List<Incoming> records = records();
        int half = records.size() / 2;
        int writes = 1 + projector().rows().size();
        for (int crashAt = 0; crashAt < writes; crashAt++) {
            Projection<S> steady = projection("_crash" + crashAt, database);
            steady.apply(records.subList(0, half));
            Projection<S> crashing = projection("_crash" + crashAt, crashingAt(crashAt));
            assertThatThrownBy(() -> crashing.apply(records.subList(half, records.size())))
                    .isInstanceOf(MongoInterruptedException.class);
            steady.apply(records.subList(half, records.size()));
            assertThat(contents(steady)).as("crash at write " + crashAt).isEqualTo(atOnce);
        }
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
        return new Projection<>(
                projector(),
                suffix,
                on,
                ViewConfiguration.viewConverter(),
                EventCatalogue.standard(),
                new RelaisClock(null),
                null,
                null,
                changes -> {});
    }

    private static Map<String, Document> contents(Projection<?> projection) {
        Map<String, Document> contents = new TreeMap<>();
        int collection = 0;
        for (MongoCollection<Document> each : projection.collections()) {
            String prefix = collection++ + "/";
            each.find()
                    .sort(Sorts.ascending("_id"))
                    .forEach(document -> contents.put(prefix + document.getString("_id"), Meta.contentOf(document)));
        }
        return contents;
    }

    private List<Incoming> records() {
        List<Incoming> records = new ArrayList<>();
        for (RecordedEvent event : story()) {
            records.add(incoming(event, records.size()));
        }
        return records;
    }

    private static Incoming incoming(RecordedEvent event, long offset) {
        EventCatalogue catalogue = EventCatalogue.standard();
        byte[] value = switch (event.content()) {
            case Content.Known known -> catalogue.encode(known.event());
            case Content.Unknown unknown -> unknown.json();
        };
        String topic = catalogue.knows(event.type()) ? catalogue.topicOf(event.type()) : "relais.pathway";
        ConsumerRecord<String, byte[]> record = new ConsumerRecord<>(topic, 0, offset, event.stream(), value);
        CloudEventHeaders.of(event).forEach(record.headers()::add);
        return Incoming.read(catalogue, record);
    }

    // A database whose collections fail at the n-th bulk write, as a process does that dies between two writes.
    private MongoDatabase crashingAt(int write) {
        AtomicInteger count = new AtomicInteger();
        return (MongoDatabase) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MongoDatabase.class}, (self, method, arguments) -> {
                    Object result = call(database, method, arguments);
                    return result instanceof MongoCollection<?> collection
                            ? Proxy.newProxyInstance(
                                    getClass().getClassLoader(),
                                    new Class<?>[] {MongoCollection.class},
                                    (proxy, called, given) -> {
                                        if (called.getName().equals("bulkWrite") && count.getAndIncrement() == write) {
                                            throw new MongoInterruptedException("the process died here", null);
                                        }
                                        return call(collection, called, given);
                                    })
                            : result;
                });
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
