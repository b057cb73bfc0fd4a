package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Projections.excludeId;
import static com.mongodb.client.model.Projections.fields;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Sorts.orderBy;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.pushEach;
import static com.mongodb.client.model.Updates.setOnInsert;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import fr.relais.kit.page.Cursor;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.pathway.application.HospitalMessages.Status;
import fr.relais.pathway.application.SenderQuality;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counters of each facility, for each day and in all, gathered in memory and added in one write a moment later, so that
 * counting costs a message nothing. Nothing is ever counted by looking at all messages.
 */
final class SenderCounts implements SenderQuality, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SenderCounts.class);
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int EXAMPLES = 5;
    private static final int MOST_IN_TRIAGE = 1000;

    /** While the store is away no more than this is kept in mind. */
    private static final int MOST_GATHERED = 10_000;

    /** In place of a day, for all days together; sorts behind every day. */
    private static final String ALL_DAYS = "in-all";

    private record Key(String facility, String day) {}

    private record Control(String facility, String control) {}

    /** A message under a control id, and the day on which it came. */
    private record Named(Control control, String id, String day) {}

    private static final class Tally {
        private final Map<Count, Long> counts = new EnumMap<>(Count.class);
        private final Map<Count, List<String>> examples = new EnumMap<>(Count.class);

        private void add(Count count, String id) {
            counts.merge(count, 1L, Long::sum);
            if (count != Count.RECEIVED) {
                List<String> some = examples.computeIfAbsent(count, any -> new ArrayList<>());
                some.add(id);
                if (some.size() > EXAMPLES) {
                    some.removeFirst();
                }
            }
        }
    }

    private final MongoCollection<Document> messages;
    private final MongoCollection<Document> figures;
    private final Object lock = new Object();
    private final Semaphore closing = new Semaphore(0);
    private final Thread writer;
    private Map<Key, Tally> gathered = new HashMap<>();
    private List<Named> arrived = new ArrayList<>();

    /** Makes its indexes first. */
    SenderCounts(MongoDatabase database) {
        this.messages = database.getCollection("hospital_messages");
        this.figures = database.getCollection("hospital_sender_quality");
        figures.createIndex(Indexes.compoundIndex(Indexes.ascending("kind", "facility"), Indexes.descending("day")));
        this.writer = Thread.ofVirtual().name("hospital-sender-quality").start(this::write);
    }

    void count(Count count, String facility, Instant receivedAt, String id) {
        String day = day(receivedAt);
        synchronized (lock) {
            if (gathered.size() < MOST_GATHERED) {
                add(gathered, count, facility, day, id);
            }
        }
    }

    /** A new message bears this control id: whether another one does too is looked up later. */
    void arrived(String facility, String control, Instant receivedAt, String id) {
        if (control.isBlank()) {
            return;
        }
        synchronized (lock) {
            if (arrived.size() < MOST_GATHERED) {
                arrived.add(new Named(new Control(facility, control), id, day(receivedAt)));
            }
        }
    }

    private static void add(Map<Key, Tally> to, Count count, String facility, String day, String id) {
        to.computeIfAbsent(new Key(facility, day), any -> new Tally()).add(count, id);
        to.computeIfAbsent(new Key(facility, ALL_DAYS), any -> new Tally()).add(count, id);
    }

    private static String day(Instant at) {
        return LocalDate.ofInstant(at, PARIS).toString();
    }

    private void write() {
        try {
            boolean last;
            do {
                last = closing.tryAcquire(EVERY.toMillis(), TimeUnit.MILLISECONDS);
                flush();
            } while (!last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void flush() {
        Map<Key, Tally> counts;
        List<Named> newcomers;
        synchronized (lock) {
            counts = gathered;
            newcomers = arrived;
            gathered = new HashMap<>();
            arrived = new ArrayList<>();
        }
        try {
            for (Named twin : twins(newcomers)) {
                add(counts, Count.OTHER_CONTENT, twin.control().facility(), twin.day(), twin.id());
            }
            List<UpdateOneModel<Document>> writes = new ArrayList<>();
            counts.forEach((key, tally) -> writes.add(update(key, tally)));
            if (!writes.isEmpty()) {
                figures.bulkWrite(writes, new BulkWriteOptions().ordered(false));
            }
        } catch (RuntimeException e) {
            // Messages are safe all the same; adding it again might count twice what did arrive.
            log.warn(
                    "what {} facilities' messages are like was not counted for a moment: {}",
                    counts.size(),
                    e.getClass().getSimpleName());
        }
    }

    private static UpdateOneModel<Document> update(Key key, Tally tally) {
        boolean inAll = key.day().equals(ALL_DAYS);
        List<Bson> changes = new ArrayList<>(List.of(
                setOnInsert("kind", inAll ? "all" : "day"),
                setOnInsert("facility", key.facility()),
                setOnInsert("day", key.day())));
        tally.counts.forEach((count, n) -> changes.add(inc("counts." + count.word(), n)));
        tally.examples.forEach((count, ids) ->
                changes.add(pushEach("examples." + count.word(), ids, new PushOptions().slice(-EXAMPLES))));
        return new UpdateOneModel<>(
                eq("_id", key.facility() + "|" + key.day()), combine(changes), new UpdateOptions().upsert(true));
    }

    /** Those whose control id another message bears; read from the index alone. */
    private List<Named> twins(List<Named> newcomers) {
        Map<String, Set<String>> asked = new HashMap<>();
        newcomers.forEach(each -> asked.computeIfAbsent(each.control().facility(), any -> new HashSet<>())
                .add(each.control().control()));
        Map<Control, Integer> found = new HashMap<>();
        asked.forEach((facility, controls) -> messages.find(
                        and(eq("facility", facility), in("control", controls), regex("fingerprint", "^[^!]")))
                .projection(fields(include("facility", "control"), excludeId()))
                .forEach(document ->
                        found.merge(new Control(facility, document.getString("control")), 1, Integer::sum)));
        List<Named> twins = new ArrayList<>();
        // Of all that bear it one was the first, and it may be among the newcomers.
        for (Named each : newcomers.reversed()) {
            if (found.merge(each.control(), -1, Integer::sum) >= 1) {
                twins.add(each);
            }
        }
        return twins;
    }

    @Override
    public Page<Figures> inAll(@Nullable Set<String> facilities, Paging paging) {
        return page("all", facilities, paging);
    }

    @Override
    public Page<Figures> byDay(@Nullable Set<String> facilities, Paging paging) {
        return page("day", facilities, paging);
    }

    private Page<Figures> page(String kind, @Nullable Set<String> facilities, Paging paging) {
        List<Bson> filter = new ArrayList<>(List.of(eq("kind", kind)));
        if (facilities != null) {
            filter.add(in("facility", facilities));
        }
        if (paging.after() != null) {
            List<@Nullable Object> cursor = Cursor.read(paging.after(), 2);
            filter.add(or(
                    gt("facility", cursor.getFirst()),
                    and(eq("facility", cursor.getFirst()), lt("day", cursor.getLast()))));
        }
        List<Document> found = figures.find(and(filter))
                .sort(orderBy(ascending("kind", "facility"), descending("day")))
                .limit(paging.limit() + 1)
                .into(new ArrayList<>());
        boolean more = found.size() > paging.limit();
        List<Document> page = more ? found.subList(0, paging.limit()) : found;
        return new Page<>(
                page.stream().map(this::figures).toList(),
                more
                        ? Cursor.of(List.of(
                                page.getLast().getString("facility"),
                                page.getLast().getString("day")))
                        : null);
    }

    private Figures figures(Document document) {
        Document counted = document.get("counts", new Document());
        Document shown = document.get("examples", new Document());
        Map<Count, Long> counts = new EnumMap<>(Count.class);
        Map<Count, List<String>> examples = new EnumMap<>(Count.class);
        for (Count count : Count.values()) {
            counts.put(count, counted.get(count.word()) instanceof Number n ? n.longValue() : 0L);
            if (shown.containsKey(count.word())) {
                examples.put(count, List.copyOf(shown.getList(count.word(), String.class)));
            }
        }
        String facility = document.getString("facility");
        boolean inAll = document.getString("kind").equals("all");
        return new Figures(
                facility,
                inAll ? null : LocalDate.parse(document.getString("day")),
                counts,
                examples,
                inAll ? inTriage(facility) : null);
    }

    private int inTriage(String facility) {
        return (int) messages.countDocuments(
                and(eq("status", Status.TRIAGE.word()), eq("facility", facility)),
                new CountOptions().limit(MOST_IN_TRIAGE));
    }

    /** Writes what was counted so far. */
    @Override
    public void close() throws InterruptedException {
        closing.release();
        writer.join(Duration.ofSeconds(10));
    }
}
