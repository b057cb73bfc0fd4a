package fr.relais.kit.journal;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import fr.relais.events.DomainEvent;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.decide.Decider;
import fr.relais.kit.time.RelaisClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The event log of one service and its outbox: one document for each command that changed something. It is the legal
 * record of who did what, when and why, and the archive: Kafka can be filled from it again.
 */
public final class Journal implements AutoCloseable {

    /** The collection of every service's own database that holds its journal. */
    public static final String COLLECTION = "journal";

    private final MongoCollection<Document> commits;
    private final EventCatalogue catalogue;
    private final String service;
    private final RelaisClock clock;
    private final Relay relay;
    private final GroupCommit groups;

    Journal(MongoDatabase database, EventCatalogue catalogue, String service, RelaisClock clock, Relay relay) {
        this.commits = database.getCollection(COLLECTION);
        this.catalogue = catalogue;
        this.service = service;
        this.clock = clock;
        this.relay = relay;
        indexes(commits);
        this.groups = new GroupCommit(commits);
    }

    private static void indexes(MongoCollection<Document> commits) {
        commits.createIndex(Indexes.ascending("stream", "first"), new IndexOptions().unique(true));
        commits.createIndex(Indexes.ascending("command"), new IndexOptions().unique(true));
        // Holds the backlog only, so that the relay's look at it costs what is unsent and not what was ever written.
        for (Bson waiting :
                List.of(Indexes.ascending("sent", "stream", "first"), Indexes.ascending("sent", "written"))) {
            commits.createIndex(waiting, new IndexOptions().partialFilterExpression(eq("sent", false)));
        }
    }

    /** The streams of one kind, run by their decider. */
    public <C, S, E extends DomainEvent> Streams<C, S, E> streams(Decider<C, S, E> decider, Class<E> family) {
        return new Streams<>(this, decider, family);
    }

    /**
     * Events of a stream after a sequence, oldest first: timelines and audits read from here.
     *
     * @param limit at most so many events, give or take the rest of the last command
     */
    public List<RecordedEvent> read(String stream, long afterSequence, int limit) {
        List<RecordedEvent> events = new ArrayList<>();
        for (Commit commit : commitsOf(stream, afterSequence)) {
            for (RecordedEvent event : commit.recorded(catalogue, service)) {
                if (event.sequence() > afterSequence && events.size() < limit) {
                    events.add(event);
                }
            }
            if (events.size() >= limit) {
                break;
            }
        }
        return events;
    }

    /**
     * Events of a stream before a sequence, the newest first, out of the index of streams read backwards.
     *
     * @param beforeSequence {@link Long#MAX_VALUE} to begin with the last
     * @param limit at most so many events
     */
    public List<RecordedEvent> readBackwards(String stream, long beforeSequence, int limit) {
        List<RecordedEvent> events = new ArrayList<>();
        Bson filter = and(eq("stream", stream), lt("first", beforeSequence));
        for (Commit commit : read(commits.find(filter).sort(descending("stream", "first")))) {
            for (RecordedEvent event : commit.recorded(catalogue, service).reversed()) {
                if (event.sequence() < beforeSequence && events.size() < limit) {
                    events.add(event);
                }
            }
            if (events.size() >= limit) {
                break;
            }
        }
        return events;
    }

    /** Whether that command was carried out, and on which stream. */
    Optional<Commit> byCommand(String command) {
        return Optional.ofNullable(commits.find(eq("command", command)).first()).map(Commit::of);
    }

    Iterable<Commit> commitsOf(String stream, long afterSequence) {
        // 'last' is not in the index; a commit that ends after the sequence starts after it or bears it in its midst,
        // and streams are short, so the few documents before are passed over here.
        Bson filter = afterSequence <= 0 ? eq("stream", stream) : and(eq("stream", stream), gt("last", afterSequence));
        return read(commits.find(filter).sort(ascending("stream", "first")));
    }

    /** Commits that begin at a sequence or later. */
    Iterable<Commit> commitsFrom(String stream, long first) {
        Bson filter = first <= 1 ? eq("stream", stream) : and(eq("stream", stream), gte("first", first));
        return read(commits.find(filter).sort(ascending("stream", "first")));
    }

    private static Iterable<Commit> read(FindIterable<Document> found) {
        return found.map(Commit::of);
    }

    GroupCommit.Written append(Commit commit) {
        GroupCommit.Written written = groups.append(commit);
        if (written == GroupCommit.Written.NOW) {
            relay.offer(commit);
        }
        return written;
    }

    Instant now() {
        return clock.real();
    }

    EventCatalogue catalogue() {
        return catalogue;
    }

    String service() {
        return service;
    }

    /** Unsent commits of these streams, in order within each. */
    static List<Commit> unsent(MongoCollection<Document> commits, Collection<String> streams) {
        List<Commit> found = new ArrayList<>();
        commits.find(and(eq("sent", false), in("stream", streams)))
                .sort(ascending("stream", "first"))
                .map(Commit::of)
                .into(found);
        return found;
    }

    /** Streams with commits that have waited since before that instant. */
    static Set<String> waitingSince(MongoCollection<Document> commits, Instant before, int limit) {
        Set<String> streams = new LinkedHashSet<>();
        // Written flat: within an $and not every planner sees that the partial index holds what is looked for.
        for (Document document : commits.find(
                        new Document("sent", false).append("written", new Document("$lt", Date.from(before))))
                .projection(new Document("stream", 1))
                .sort(ascending("sent", "written"))
                .limit(limit)) {
            streams.add(document.getString("stream"));
        }
        return streams;
    }

    static Optional<Instant> oldestUnsent(MongoCollection<Document> commits) {
        return Optional.ofNullable(commits.find(eq("sent", false))
                        .projection(new Document("written", 1))
                        .sort(ascending("sent", "written"))
                        .first())
                .map(document -> document.getDate("written").toInstant());
    }

    static void markSent(MongoCollection<Document> commits, List<String> ids) {
        commits.updateMany(in("_id", ids), set("sent", true));
    }

    static long markUnsent(MongoCollection<Document> commits, String stream, long from) {
        return commits.updateMany(and(eq("stream", stream), gte("last", from)), set("sent", false))
                .getMatchedCount();
    }

    static long backlog(MongoCollection<Document> commits, int upTo) {
        return commits.countDocuments(eq("sent", false), new CountOptions().limit(upTo));
    }

    /** Finishes the commits that were handed in. */
    @Override
    public void close() throws InterruptedException {
        groups.close();
    }
}
