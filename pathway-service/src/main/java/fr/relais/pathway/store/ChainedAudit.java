package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import fr.relais.events.Actor;
import fr.relais.kit.failure.MachineFailure;
import fr.relais.kit.page.Cursor;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.time.Ids;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.Ground;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The audit in MongoDB: one chain for each patient, so that instances meet only where they read the same patient at the
 * same instant. A record's id is its chain and number, which makes it unique, orders it, and lets the id's own index serve
 * the chain's head, the patient's list and the check. Its seal is an HMAC over its content and the seal before it: whoever
 * can write to the database and has no key can neither change nor remove a record between others unseen. Where a chain
 * ends is marked apart, under the same key, so that the newest records, or all of a chain, cannot be removed unseen either.
 */
final class ChainedAudit implements Audit {

    private static final int ATTEMPTS = 100;
    private static final int DELETED_AT_ONCE = 1_000;
    private static final byte[] NOTHING_BEFORE = new byte[0];
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MongoCollection<Document> entries;
    private final MongoCollection<Document> ends;
    private final SecretKey key;
    private final Clock clock;
    private final Duration keepFor;

    /** What a record says of its own place. */
    private record Place(
            String chain, long number, Instant at, Instant keepUntil, Instant beforeKeptUntil, byte[] before) {

        private String id() {
            return id(chain, number);
        }

        private static String id(String chain, long number) {
            return chain + ":" + String.format(Locale.ROOT, "%012d", number);
        }

        private static Place of(Document document) {
            return new Place(
                    document.getString("chain"),
                    document.getLong("number"),
                    document.getDate("at").toInstant(),
                    document.getDate("keepUntil").toInstant(),
                    document.getDate("beforeKeptUntil").toInstant(),
                    document.get("before", Binary.class).getData());
        }
    }

    ChainedAudit(MongoDatabase database, VaultKeys keys, Clock clock, Duration keepFor) {
        this.entries = database.getCollection("audit").withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        this.ends = database.getCollection("audit_ends").withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        this.key = keys.derived("audit");
        this.clock = clock;
        this.keepFor = keepFor;
        entries.createIndex(Indexes.compoundIndex(Indexes.ascending("pathway"), Indexes.descending("_id")));
        entries.createIndex(Indexes.ascending("keepUntil"));
        ends.createIndex(Indexes.ascending("keepUntil"));
    }

    @Override
    public void write(Access access) {
        String chain = chain(access);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                Document record = document(next(chain), access);
                entries.insertOne(record);
                markEnd(record);
                return;
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                // Another read something of the same patient in the same instant: theirs is the one before.
            }
        }
        throw new MachineFailure("the audit of one patient is written too often at once; nothing was answered");
    }

    /** After the record: a crash in between leaves a mark that says too little, never one that misses what never was. */
    private void markEnd(Document record) {
        String chain = record.getString("chain");
        long number = record.getLong("number");
        Date keepUntil = record.getDate("keepUntil");
        Binary seal = record.get("seal", Binary.class);
        try {
            ends.updateOne(
                    and(eq("_id", chain + ":"), or(lt("number", number), lte("keepUntil", Date.from(clock.instant())))),
                    combine(
                            set("number", number),
                            set("keepUntil", keepUntil),
                            set("last", seal),
                            set("seal", new Binary(seal(chain, number, keepUntil, seal.getData())))),
                    new UpdateOptions().upsert(true));
        } catch (MongoWriteException e) {
            if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw e;
            }
            // Another, later record of the chain has marked its end already.
        }
    }

    private byte[] seal(String chain, long number, Date keepUntil, byte[] last) {
        return sealed(last, List.of("end", chain, number, keepUntil.getTime()));
    }

    private static String chain(Access access) {
        if (access.patient() != null) {
            return access.patient();
        }
        // A person's search belongs to nobody yet; a message that nobody understood is its own chain.
        return access.what() == What.SEARCH
                ? Ids.from("searches-of", access.actor().id())
                : access.subject();
    }

    private Place next(String chain) {
        Instant now = clock.instant();
        Document last =
                entries.find(ofChain(chain)).sort(descending("_id")).limit(1).first();
        if (last == null) {
            return new Place(chain, 1, now, now.plus(keepFor), Instant.EPOCH, NOTHING_BEFORE);
        }
        Place before = Place.of(last);
        // Clocks of instances differ: within a chain nothing is older, or goes earlier, than what stands before it.
        Instant at = later(now, before.at());
        return new Place(
                chain,
                before.number() + 1,
                at,
                later(at.plus(keepFor), before.keepUntil()),
                before.keepUntil(),
                last.get("seal", Binary.class).getData());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static Bson ofChain(String chain) {
        return and(gt("_id", chain + ":"), lt("_id", chain + ";"));
    }

    private Document document(Place place, Access access) {
        return new Document("_id", place.id())
                .append("chain", place.chain())
                .append("number", place.number())
                .append("at", Date.from(place.at()))
                .append("keepUntil", Date.from(place.keepUntil()))
                .append("beforeKeptUntil", Date.from(place.beforeKeptUntil()))
                .append("person", access.actor().id())
                .append("structure", access.actor().structure())
                .append("patient", access.patient())
                .append("pathway", access.pathway())
                .append("what", access.what().name())
                .append("subject", access.subject())
                .append("ground", access.ground().name())
                .append("reason", access.reason())
                .append("before", new Binary(place.before()))
                .append("seal", new Binary(seal(place, access)));
    }

    private byte[] seal(Place place, Access access) {
        List<@Nullable Object> content = Arrays.asList(
                place.chain(),
                place.number(),
                place.at().toEpochMilli(),
                place.keepUntil().toEpochMilli(),
                place.beforeKeptUntil().toEpochMilli(),
                access.actor().id(),
                access.actor().structure(),
                access.patient(),
                access.pathway(),
                access.what().name(),
                access.subject(),
                access.ground().name(),
                access.reason());
        return sealed(place.before(), content);
    }

    private byte[] sealed(byte[] before, List<? extends @Nullable Object> content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(before);
            return mac.doFinal(JSON.writeValueAsBytes(content));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static Access access(Document document) {
        return new Access(
                new Actor(document.getString("person"), document.getString("structure")),
                document.getString("patient"),
                document.getString("pathway"),
                What.valueOf(document.getString("what")),
                document.getString("subject"),
                Ground.valueOf(document.getString("ground")),
                document.getString("reason"));
    }

    @Override
    public Page<Entry> ofPatient(String patient, Paging paging) {
        return page(ofChain(patient), descending("_id"), paging);
    }

    @Override
    public Page<Entry> ofPatients(Collection<String> names, Paging paging) {
        String after = paging.after() == null
                ? null
                : (String) Cursor.read(paging.after(), 1).getFirst();
        // Each file's range ends where the page before did, or the index would be read from there to the other file.
        List<Bson> ranges = names.stream()
                .filter(name -> after == null || after.compareTo(name + ":") > 0)
                .map(name -> and(
                        gt("_id", name + ":"),
                        lt("_id", after == null || after.compareTo(name + ";") > 0 ? name + ";" : after)))
                .toList();
        return ranges.isEmpty()
                ? new Page<>(List.of(), null)
                : page(or(ranges), descending("_id"), new Paging(paging.limit(), null));
    }

    @Override
    public Page<Entry> underPathway(String pathway, Paging paging) {
        return page(eq("pathway", pathway), descending("pathway", "_id"), paging);
    }

    private Page<Entry> page(Bson filter, Bson sort, Paging paging) {
        Bson wanted = paging.after() == null
                ? filter
                : and(filter, lt("_id", Cursor.read(paging.after(), 1).getFirst()));
        List<Entry> found = entries.find(wanted)
                .sort(sort)
                .limit(paging.limit() + 1)
                .map(document -> new Entry(
                        document.getString("_id"), document.getDate("at").toInstant(), access(document)))
                .into(new ArrayList<>());
        boolean more = found.size() > paging.limit();
        List<Entry> shown = more ? found.subList(0, paging.limit()) : found;
        return new Page<>(shown, more ? Cursor.of(List.of(shown.getLast().id())) : null);
    }

    @Override
    public Checked check(@Nullable String after, int limit) {
        Object ended = after == null ? null : Cursor.read(after, 1).getFirst();
        // The record where the look before ended is read again: what follows must be bound to it.
        Bson from = ended == null ? new Document() : gte("_id", ended);
        Document before = null;
        long looked = 0;
        Map<String, Document> lasts = new HashMap<>();
        for (Document document : entries.find(from).sort(ascending("_id")).limit(ended == null ? limit : limit + 1)) {
            boolean again = document.getString("_id").equals(ended);
            String why = again ? altered(document) : broken(before, document);
            if (why != null) {
                return new Checked(looked, null, new Break(document.getString("_id"), why));
            }
            before = document;
            lasts.put(document.getString("chain"), document);
            looked += again ? 0 : 1;
        }
        // Where the look ends in the midst of a chain, the next one sees its end.
        String last = before != null && looked >= limit ? before.getString("_id") : null;
        String until = last == null ? null : chainOf(last);
        lasts.remove(until);
        Break cut = cutOff(ended == null ? "" : chainOf((String) ended), until, lasts);
        return new Checked(looked, cut == null && last != null ? Cursor.of(List.of(last)) : null, cut);
    }

    private static String chainOf(String entry) {
        return entry.substring(0, entry.lastIndexOf(':'));
    }

    /** The first chain, of those between two, that does not end where it was marked to end. */
    private @Nullable Break cutOff(String from, @Nullable String until, Map<String, Document> lasts) {
        Bson range = until == null
                ? gte("_id", from.isEmpty() ? "" : from + ":")
                : and(gte("_id", from.isEmpty() ? "" : from + ":"), lt("_id", until + ":"));
        Set<String> marked = new HashSet<>();
        for (Document end : ends.find(range).sort(ascending("_id"))) {
            String chain = chainOf(end.getString("_id"));
            marked.add(chain);
            Break cut = cutOff(chain, end, lasts.get(chain));
            if (cut != null) {
                return cut;
            }
        }
        return lasts.entrySet().stream()
                .filter(last -> !marked.contains(last.getKey()))
                // Marked since, by whoever wrote it just now.
                .filter(last -> ends.find(eq("_id", last.getKey() + ":")).first() == null)
                .map(last -> new Break(
                        last.getValue().getString("_id"),
                        "where its chain ends is not marked: later ones may be missing"))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Break cutOff(String chain, Document end, @Nullable Document last) {
        long number = end.getLong("number");
        Date keepUntil = end.getDate("keepUntil");
        Binary seal = end.get("last", Binary.class);
        String entry = Place.id(chain, number);
        if (!MessageDigest.isEqual(
                seal(chain, number, keepUntil, seal.getData()),
                end.get("seal", Binary.class).getData())) {
            return new Break(entry, "the mark that its chain ends with it was altered");
        }
        if (last != null && last.getLong("number") > number) {
            return null;
        }
        // Written while the others were looked at, perhaps.
        Document marked = last != null && last.getLong("number") == number
                ? last
                : entries.find(eq("_id", entry)).first();
        if (marked == null) {
            return keepUntil.toInstant().isAfter(clock.instant())
                    ? new Break(entry, "it and those just before it, the newest of the chain, are missing")
                    : null;
        }
        return marked.get("seal", Binary.class).equals(seal)
                ? null
                : new Break(entry, "its chain was marked to end with another record");
    }

    private @Nullable String broken(@Nullable Document before, Document document) {
        String why = altered(document);
        if (why != null) {
            return why;
        }
        Place place = Place.of(document);
        if (before != null && before.getString("chain").equals(place.chain())) {
            if (before.getLong("number") + 1 != place.number()) {
                return "records before it are missing";
            }
            return Arrays.equals(before.get("seal", Binary.class).getData(), place.before())
                    ? null
                    : "it is not bound to the record before it, which is another";
        }
        boolean beginsWhereItMay =
                place.number() == 1 || !place.beforeKeptUntil().isAfter(clock.instant());
        return beginsWhereItMay ? null : "records before it are missing whose time is not over";
    }

    private @Nullable String altered(Document document) {
        try {
            Place place = Place.of(document);
            boolean asWritten = document.getString("_id").equals(place.id())
                    && MessageDigest.isEqual(
                            seal(place, access(document)),
                            document.get("seal", Binary.class).getData());
            return asWritten ? null : "it was altered";
        } catch (IllegalArgumentException | NullPointerException | ClassCastException e) {
            return "it was altered: fields are missing or unreadable";
        }
    }

    /** Deletes records whose time is over, the oldest of each chain first; how many. */
    long deleteExpired() {
        long deleted = 0;
        while (true) {
            List<String> expired = entries.find(lte("keepUntil", Date.from(clock.instant())))
                    .sort(ascending("keepUntil"))
                    .projection(include("_id"))
                    .limit(DELETED_AT_ONCE)
                    .map(document -> document.getString("_id"))
                    .into(new ArrayList<>());
            if (expired.isEmpty()) {
                ends.deleteMany(lte("keepUntil", Date.from(clock.instant())));
                return deleted;
            }
            deleted += entries.deleteMany(in("_id", expired)).getDeletedCount();
        }
    }
}
