package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static fr.relais.pathway.store.StoredMessage.BODY;
import static fr.relais.pathway.store.StoredMessage.WITHOUT_CONTENT;
import static fr.relais.pathway.store.StoredMessage.bounded;

import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.FindIterable;
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
import fr.relais.pathway.application.Reason;
import fr.relais.pathway.application.SenderQuality.Count;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.bson.conversions.Bson;
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
    private static final int SWEPT_AT_ONCE = 1000;
    private static final String CLAIMED = "claimed";
    private static final String REPEATED = "repeated";

    private final MongoCollection<Document> messages;
    private final MessageInserts inserts;
    private final Sealing sealing;
    private final SenderCounts counts;
    private final RelaisClock clock;
    private final HospitalMessagesConfiguration configuration;
    private final AtomicLong lastArrival = new AtomicLong();

    /** Makes its indexes first. */
    KeptMessages(
            MongoDatabase database,
            Sealing sealing,
            SenderCounts counts,
            RelaisClock clock,
            HospitalMessagesConfiguration configuration) {
        this.messages =
                database.getCollection("hospital_messages").withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        this.sealing = sealing;
        this.counts = counts;
        this.clock = clock;
        this.configuration = configuration;
        messages.createIndex(Indexes.ascending("facility", "control", "fingerprint"), new IndexOptions().unique(true));
        messages.createIndex(
                Indexes.ascending(CLAIMED), new IndexOptions().unique(true).sparse(true));
        messages.createIndex(Indexes.ascending("status", "arrival", "_id"));
        for (String filter : List.of("facility", "trigger", "code")) {
            messages.createIndex(Indexes.ascending("status", filter, "arrival", "_id"));
        }
        for (String filter : List.of("trigger", "code")) {
            messages.createIndex(Indexes.ascending("status", "facility", filter, "arrival", "_id"));
        }
        IndexOptions fewOnly = new IndexOptions().partialFilterExpression(eq(REPEATED, true));
        messages.createIndex(Indexes.ascending(REPEATED, "status", "arrival", "_id"), fewOnly);
        messages.createIndex(Indexes.ascending(REPEATED, "status", "facility", "arrival", "_id"), fewOnly);
        messages.createIndex(Indexes.ascending("lane", "status", "arrival", "_id"));
        messages.createIndex(Indexes.ascending("patient"), new IndexOptions().sparse(true));
        messages.createIndex(Indexes.ascending("contentUntil"), new IndexOptions().sparse(true));
        messages.createIndex(Indexes.ascending("deleteAt"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
        this.inserts = new MessageInserts(messages);
    }

    @Override
    public Kept keep(Arrival arrival) {
        String id = Ids.random("message");
        Instant now = clock.instant();
        Document document = StoredMessage.of(id, arrival, nextArrival(now), now, sealing);
        if (arrival.status() == Status.IGNORED) {
            document.putAll(over(now, configuration.keepUnfollowedFor()));
        } else if (arrival.status() == Status.REJECTED) {
            document.putAll(over(now, configuration.keepFor()));
        }
        if (inserts.insert(document, arrival.body().length)) {
            countNew(arrival, now, id);
            return new Kept(id, true);
        }
        String first = countRepeat(arrival);
        counts.count(Count.REPEATED, bounded(arrival.facility()), now, first);
        return new Kept(first, false);
    }

    void countNew(Arrival arrival, Instant now, String id) {
        String facility = bounded(arrival.facility());
        counts.count(arrival.status() == Status.REJECTED ? Count.REJECTED : Count.RECEIVED, facility, now, id);
        if (arrival.status() != Status.REJECTED) {
            counts.arrived(facility, bounded(arrival.control()), now, id);
        }
        countEnd(arrival.status(), facility, now, id);
        for (Sign sign : arrival.signs()) {
            switch (sign) {
                case LATE -> counts.count(Count.LATE, facility, now, id);
                case WITHOUT_ZFM -> counts.count(Count.WITHOUT_ZFM, facility, now, id);
            }
        }
    }

    private void countEnd(Status status, String facility, Instant receivedAt, String id) {
        switch (status) {
            case PROCESSED -> counts.count(Count.UNDERSTOOD, facility, receivedAt, id);
            case IGNORED -> counts.count(Count.IGNORED, facility, receivedAt, id);
            case TRIAGE -> counts.count(Count.TRIAGED, facility, receivedAt, id);
            // Not ended yet, or by a person: that says nothing of the sender.
            case RECEIVED, CORRECTED, DISMISSED, REJECTED -> {}
        }
    }

    /** When the content and then the record of a message goes about which nothing more is to be done. */
    private Document over(Instant now, Duration contentFor) {
        return new Document("contentUntil", Date.from(now.plus(contentFor)))
                .append("deleteAt", Date.from(now.plus(configuration.keepRecordFor())));
    }

    /** Messages of one connection are kept one after the other; this keeps them apart within one millisecond. */
    long nextArrival(Instant now) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        return lastArrival.updateAndGet(last -> Math.max(last + 1, micros));
    }

    private String countRepeat(Arrival arrival) {
        try {
            Document found = messages.findOneAndUpdate(
                    same(arrival),
                    combine(inc("repeats", 1), set(REPEATED, true)),
                    new FindOneAndUpdateOptions().projection(include("_id")));
            return found == null ? "" : found.getString("_id");
        } catch (MongoException e) {
            // The message itself is safe, and the sender may know it: the count is for the sender's quality only.
            log.info("a repeat of {} from {} was not counted: {}", arrival.trigger(), arrival.facility(), e.getCode());
            return "";
        }
    }

    static Bson same(Arrival arrival) {
        return and(
                eq("facility", bounded(arrival.facility())),
                eq("control", bounded(arrival.control())),
                eq("fingerprint", arrival.fingerprint()));
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
        Bson hold = combine(
                set(CLAIMED, next.lane()),
                set("claim", claim),
                set("until", Date.from(now.plus(configuration.lease()))));
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
        return new Claimed(
                document.getString("_id"),
                document.getString("lane"),
                claim,
                document.getString("format"),
                document.getString("facility"),
                document.getString("control"),
                document.getString("trigger"),
                document.getDate("receivedAt").toInstant(),
                StoredMessage.body(document, sealing),
                document.getString("charset"),
                document.getInteger("crashes", 0),
                document.getInteger("retries", 0));
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
        Reason reason = ending.reason();
        if (reason != null) {
            changes.add(set("code", reason.code()));
            changes.add(set("reason", reason.words()));
        }
        if (ending.patient() != null) {
            changes.add(set("patient", ending.patient()));
        }
        if (ending.status() != Status.TRIAGE) {
            over(now, ending.followed() ? configuration.keepFor() : configuration.keepUnfollowedFor())
                    .forEach((field, value) -> changes.add(set(field, value)));
        }
        if (messages.updateOne(held(claimed), combine(changes)).getMatchedCount() == 0) {
            return false;
        }
        countEnd(ending.status(), claimed.facility(), claimed.receivedAt(), claimed.id());
        return true;
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
    public Page<Listed> list(Search search, Paging paging) {
        List<Document> found = query(search, paging).into(new ArrayList<>());
        boolean more = found.size() > paging.limit();
        List<Document> page = more ? found.subList(0, paging.limit()) : found;
        return new Page<>(
                page.stream().map(StoredMessage::listed).toList(),
                more
                        ? Cursor.of(List.of(
                                page.getLast().getLong("arrival"),
                                page.getLast().getString("_id")))
                        : null);
    }

    /** One more than the page holds. */
    FindIterable<Document> query(Search search, Paging paging) {
        Document filter = new Document("status", search.status().word());
        Set<String> facilities = search.facilities();
        if (facilities != null) {
            filter.append("facility", new Document("$in", List.copyOf(facilities)));
        }
        if (search.trigger() != null) {
            filter.append("trigger", search.trigger());
        }
        if (search.reason() != null) {
            filter.append("code", search.reason());
        }
        if (search.repeated()) {
            filter.append(REPEATED, true);
        }
        if (paging.after() != null) {
            List<@Nullable Object> cursor = Cursor.read(paging.after(), 2);
            // The first bound is for the index, which does not see through the other.
            filter.append("arrival", new Document("$lte", cursor.getFirst()));
            filter.append(
                    "$or",
                    List.of(
                            new Document("arrival", new Document("$lt", cursor.getFirst())),
                            new Document("arrival", cursor.getFirst())
                                    .append("_id", new Document("$lt", cursor.getLast()))));
        }
        return messages.find(filter)
                .sort(descending("arrival", "_id"))
                .projection(WITHOUT_CONTENT)
                .limit(paging.limit() + 1);
    }

    @Override
    public Optional<Listed> find(String id) {
        return Optional.ofNullable(
                        messages.find(eq("_id", id)).projection(WITHOUT_CONTENT).first())
                .map(StoredMessage::listed);
    }

    /** Takes the content from every message whose time is over, by the business clock. Doing it twice changes nothing. */
    long deleteOverdueContents() {
        Bson overdue = lt("contentUntil", Date.from(clock.instant()));
        long deleted = 0;
        while (true) {
            List<String> some = messages.find(overdue)
                    .projection(include("_id"))
                    .limit(SWEPT_AT_ONCE)
                    .map(document -> document.getString("_id"))
                    .into(new ArrayList<>());
            if (some.isEmpty()) {
                return deleted;
            }
            // Asked again: somebody may have put one of them back to work in the meantime.
            deleted += messages.updateMany(
                            and(in("_id", some), overdue), combine(unset(BODY), unset("key"), unset("contentUntil")))
                    .getModifiedCount();
        }
    }

    @Override
    public void close() throws InterruptedException {
        inserts.close();
    }
}
