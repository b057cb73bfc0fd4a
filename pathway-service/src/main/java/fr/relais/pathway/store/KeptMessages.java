package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import fr.relais.kit.page.Cursor;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.time.Ids;
import fr.relais.kit.time.RelaisClock;
import fr.relais.pathway.application.HospitalMessages;
import fr.relais.pathway.application.MessageWork;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.SecretKey;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hospital messages in MongoDB, their bodies sealed each under its own key.
 *
 * <p>A claim writes the message's lane into {@code claimed}, which is unique: so one message of a lane is held at a time,
 * by whichever instance, without a lock of its own to write and to clean up.
 */
final class KeptMessages implements HospitalMessages, MessageWork, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeptMessages.class);
    private static final int DUPLICATE_KEY = 11000;
    private static final int LONGEST_CONTROL = 200;
    private static final String BODY = "body";
    private static final String CLAIMED = "claimed";

    private final MongoCollection<Document> messages;
    private final MessageInserts inserts;
    private final Sealing sealing;
    private final RelaisClock clock;
    private final Duration lease;
    private final Duration keepFor;
    private final AtomicLong lastArrival = new AtomicLong();

    /**
     * Makes its indexes first.
     *
     * @param lease how long a claim holds before another instance may take the message over
     * @param keepFor how long a message is kept once nothing more is to be done about it
     */
    KeptMessages(MongoDatabase database, Sealing sealing, RelaisClock clock, Duration lease, Duration keepFor) {
        this.messages =
                database.getCollection("hospital_messages").withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        this.sealing = sealing;
        this.clock = clock;
        this.lease = lease;
        this.keepFor = keepFor;
        messages.createIndex(Indexes.ascending("facility", "control", "fingerprint"), new IndexOptions().unique(true));
        messages.createIndex(
                Indexes.ascending(CLAIMED), new IndexOptions().unique(true).sparse(true));
        messages.createIndex(Indexes.ascending("status", "arrival", "_id"));
        messages.createIndex(Indexes.ascending("lane", "status", "arrival", "_id"));
        messages.createIndex(Indexes.ascending("patient"), new IndexOptions().sparse(true));
        messages.createIndex(Indexes.ascending("deleteAt"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
        this.inserts = new MessageInserts(messages);
    }

    @Override
    public Kept keep(Arrival arrival) {
        String id = Ids.random("message");
        Instant now = clock.instant();
        String control = arrival.control().length() > LONGEST_CONTROL
                ? arrival.control().substring(0, LONGEST_CONTROL)
                : arrival.control();
        SecretKey key = sealing.newKey();
        Sealing.Wrapped wrapped = sealing.wrap(key, id);
        Document document = new Document("_id", id)
                .append("format", arrival.format())
                .append("facility", arrival.facility())
                .append("control", control)
                .append("trigger", arrival.trigger())
                .append("fingerprint", arrival.fingerprint())
                .append("lane", arrival.lane() == null ? id : arrival.lane())
                .append("arrival", nextArrival(now))
                .append("receivedAt", Date.from(now))
                .append("status", arrival.status().word())
                .append("charset", arrival.charset())
                .append("size", arrival.body().length)
                .append("crashes", 0)
                .append("repeats", 0)
                .append("key", new Document("master", wrapped.master()).append("wrapped", new Binary(wrapped.key())))
                .append(BODY, new Binary(sealing.seal(key, arrival.body(), id, BODY)));
        if (arrival.reason() != null) {
            document.append("reason", arrival.reason());
        }
        if (arrival.status() == Status.NOT_USED_YET) {
            document.append("deleteAt", Date.from(now.plus(keepFor)));
        }
        if (inserts.insert(document, arrival.body().length)) {
            return Kept.NEW;
        }
        countRepeat(arrival, control);
        return Kept.REPEAT;
    }

    /** Messages of one connection are kept one after the other; this keeps them apart within one millisecond. */
    private long nextArrival(Instant now) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        return lastArrival.updateAndGet(last -> Math.max(last + 1, micros));
    }

    private void countRepeat(Arrival arrival, String control) {
        try {
            messages.updateOne(
                    and(
                            eq("facility", arrival.facility()),
                            eq("control", control),
                            eq("fingerprint", arrival.fingerprint())),
                    inc("repeats", 1));
        } catch (MongoException e) {
            // The message itself is safe, and the sender may know it: the count is for the sender's quality only.
            log.info("a repeat of {} from {} was not counted: {}", arrival.trigger(), arrival.facility(), e.getCode());
        }
    }

    @Override
    public List<Next> waiting(int limit) {
        Date now = Date.from(clock.real());
        Set<String> seen = new HashSet<>();
        List<Next> next = new ArrayList<>();
        // One look at the oldest: the first of each lane counts, whether it is free or not, as it holds up the others.
        for (Document document : messages.find(eq("status", Status.RECEIVED.word()))
                .sort(ascending("status", "arrival", "_id"))
                .projection(include("lane", CLAIMED, "until"))
                .limit(limit)) {
            if (seen.add(document.getString("lane")) && isFree(document, now)) {
                next.add(new Next(document.getString("_id"), document.getString("lane")));
            }
        }
        return next;
    }

    @Override
    public Optional<Next> waitingIn(String lane) {
        Document first = messages.find(and(eq("lane", lane), eq("status", Status.RECEIVED.word())))
                .sort(ascending("lane", "status", "arrival", "_id"))
                .projection(include("lane", CLAIMED, "until"))
                .first();
        return first != null && isFree(first, Date.from(clock.real()))
                ? Optional.of(new Next(first.getString("_id"), lane))
                : Optional.empty();
    }

    @SuppressWarnings("JavaUtilDate") // what the driver gives
    private static boolean isFree(Document message, Date now) {
        return message.get(CLAIMED) == null || message.getDate("until").before(now);
    }

    @Override
    public Optional<Claimed> claim(Next next) {
        Instant now = clock.real();
        String claim = Ids.random("claim");
        Bson hold = combine(set(CLAIMED, next.lane()), set("claim", claim), set("until", Date.from(now.plus(lease))));
        Bson waits = and(eq("_id", next.id()), eq("status", Status.RECEIVED.word()));
        FindOneAndUpdateOptions after = new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
        Document document;
        try {
            document = messages.findOneAndUpdate(and(waits, exists(CLAIMED, false)), hold, after);
            if (document == null) {
                // Its holder was cut off in the middle: that counts, so that a message which fells its worker is set
                // aside.
                document = messages.findOneAndUpdate(
                        and(waits, lt("until", Date.from(now))), combine(hold, inc("crashes", 1)), after);
            }
        } catch (MongoException e) {
            if (e.getCode() == DUPLICATE_KEY) {
                return Optional.empty();
            }
            throw e;
        }
        return Optional.ofNullable(document).map(found -> opened(found, claim));
    }

    private Claimed opened(Document document, String claim) {
        String id = document.getString("_id");
        Document key = document.get("key", Document.class);
        byte[] body = key == null
                ? new byte[0]
                : sealing.open(
                        sealing.unwrap(
                                new Sealing.Wrapped(
                                        key.getString("master"),
                                        key.get("wrapped", Binary.class).getData()),
                                id),
                        document.get(BODY, Binary.class).getData(),
                        id,
                        BODY);
        return new Claimed(
                id,
                document.getString("lane"),
                claim,
                document.getString("format"),
                document.getString("facility"),
                document.getString("control"),
                document.getString("trigger"),
                document.getDate("receivedAt").toInstant(),
                body,
                document.getString("charset"),
                document.getInteger("crashes", 0));
    }

    @Override
    public boolean finish(Claimed claimed, Ending ending) {
        Instant now = clock.instant();
        List<Bson> changes = new ArrayList<>(List.of(
                set("status", ending.status().word()),
                set("endedAt", Date.from(now)),
                unset(CLAIMED),
                unset("claim"),
                unset("until")));
        if (ending.outcome() != null) {
            changes.add(set("outcome", ending.outcome()));
        }
        if (ending.reason() != null) {
            changes.add(set("reason", ending.reason()));
        }
        if (ending.patient() != null) {
            changes.add(set("patient", ending.patient()));
        }
        if (ending.status() != Status.TRIAGE) {
            changes.add(set("deleteAt", Date.from(now.plus(keepFor))));
        }
        return messages.updateOne(held(claimed), combine(changes)).getMatchedCount() == 1;
    }

    @Override
    public void putBack(Claimed claimed, boolean crashed) {
        messages.updateOne(
                held(claimed),
                combine(unset(CLAIMED), unset("claim"), unset("until"), inc("crashes", crashed ? 1 : 0)));
    }

    private static Bson held(Claimed claimed) {
        return and(eq("_id", claimed.id()), eq("status", Status.RECEIVED.word()), eq("claim", claimed.claim()));
    }

    @Override
    public Page<Listed> list(Status status, Paging paging) {
        Bson filter = eq("status", status.word());
        if (paging.after() != null) {
            List<@Nullable Object> cursor = Cursor.read(paging.after(), 2);
            filter = and(
                    filter,
                    or(
                            lt("arrival", cursor.getFirst()),
                            and(eq("arrival", cursor.getFirst()), lt("_id", cursor.getLast()))));
        }
        List<Document> found = messages.find(filter)
                .sort(descending("status", "arrival", "_id"))
                .projection(exclude(BODY, "key"))
                .limit(paging.limit() + 1)
                .into(new ArrayList<>());
        boolean more = found.size() > paging.limit();
        List<Document> page = more ? found.subList(0, paging.limit()) : found;
        return new Page<>(
                page.stream().map(document -> listed(document, status)).toList(),
                more
                        ? Cursor.of(List.of(
                                page.getLast().getLong("arrival"),
                                page.getLast().getString("_id")))
                        : null);
    }

    private static Listed listed(Document document, Status status) {
        Date ended = document.getDate("endedAt");
        return new Listed(
                document.getString("_id"),
                document.getString("format"),
                document.getString("facility"),
                document.getString("control"),
                document.getString("trigger"),
                status,
                document.getString("reason"),
                document.getString("outcome"),
                document.getDate("receivedAt").toInstant(),
                ended == null ? null : ended.toInstant(),
                document.getInteger("repeats", 0),
                document.getInteger("size", 0));
    }

    /** Takes the content from every message about this patient; that they came remains. */
    void erase(String patient, Collection<String> lookups) {
        messages.updateMany(or(eq("patient", patient), in("lane", lookups)), combine(unset(BODY), unset("key")));
    }

    @Override
    public void close() throws InterruptedException {
        inserts.close();
    }
}
