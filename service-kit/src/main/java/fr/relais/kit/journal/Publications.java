package fr.relais.kit.journal;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import fr.relais.kit.time.RelaisClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills Kafka from the journal again, after its data was lost: every commit is marked as unsent, stream by stream, and the
 * relay sends it in order. Who has an event already drops it.
 */
public final class Publications {

    private static final Logger log = LoggerFactory.getLogger(Publications.class);
    private static final int COMMITS_A_ROUND = 5_000;
    private static final int COUNTED_UP_TO = 100_000;

    private final MongoCollection<Document> commits;
    private final Relay relay;
    private final RelaisClock clock;
    private final AtomicReference<@Nullable Publication> last = new AtomicReference<>();

    Publications(MongoDatabase database, Relay relay, RelaisClock clock) {
        this.commits = database.getCollection(Journal.COLLECTION);
        this.relay = relay;
        this.clock = clock;
    }

    /**
     * The whole journal, being published again.
     *
     * @param marked commits that were marked as unsent so far
     * @param ended when the last one was marked; what is still to be sent is in {@link State#unsent()}
     * @param failure why it stopped before its end; begin again then, nothing is harmed by it
     */
    public record Publication(
            Instant began,
            long marked,
            @Nullable Instant ended,
            @Nullable String failure) {

        boolean isUnderWay() {
            return ended == null && failure == null;
        }
    }

    /**
     * How far Kafka is behind the journal.
     *
     * @param unsent commits that Kafka has not acknowledged, counted up to 100,000
     * @param oldestUnsent when the oldest of them was written
     * @param publication the last one that was begun on this instance
     */
    public record State(
            long unsent,
            @Nullable Instant oldestUnsent,
            @Nullable Publication publication) {}

    /** How far Kafka is behind the journal. */
    public State state() {
        return new State(
                Journal.backlog(commits, COUNTED_UP_TO),
                Journal.oldestUnsent(commits).orElse(null),
                last.get());
    }

    /** Begins to publish all of it; empty when that is under way already. */
    public Optional<Publication> begin() {
        Publication begun = new Publication(clock.real(), 0, null, null);
        Publication former = last.get();
        if (former != null && former.isUnderWay() || !last.compareAndSet(former, begun)) {
            return Optional.empty();
        }
        Thread.ofVirtual().name("journal-publication").start(() -> markAll(begun));
        return Optional.of(begun);
    }

    /**
     * Publishes one stream again.
     *
     * @param from first sequence wanted
     * @return whether the journal has such a stream
     */
    public boolean publish(String stream, long from) {
        if (commits.countDocuments(eq("stream", stream), new CountOptions().limit(1)) == 0) {
            return false;
        }
        relay.sendAgain(stream, from);
        return true;
    }

    private void markAll(Publication publication) {
        log.info("journal: publishing all of it again");
        long marked = 0;
        try {
            for (Optional<Span> span = after("");
                    span.isPresent();
                    span = after(span.get().last())) {
                marked += commits.updateMany(
                                and(
                                        gte("stream", span.get().first()),
                                        lte("stream", span.get().last())),
                                set("sent", false))
                        .getMatchedCount();
                last.set(new Publication(publication.began(), marked, null, null));
            }
            last.set(new Publication(publication.began(), marked, clock.real(), null));
            log.info("journal: {} commits are to be sent again", marked);
        } catch (RuntimeException e) {
            last.set(new Publication(publication.began(), marked, null, e.toString()));
            log.warn("journal: publishing stopped after {} commits, begin it again: {}", marked, e.toString());
        }
    }

    private record Span(String first, String last) {}

    // Whole streams only: one that was marked from its midst would reach new topics with a hole.
    private Optional<Span> after(String stream) {
        List<String> streams = new ArrayList<>();
        Bson later = gt("stream", stream);
        commits.find(later)
                .projection(new Document("_id", 0).append("stream", 1))
                .sort(ascending("stream", "first"))
                .limit(COMMITS_A_ROUND)
                .forEach(commit -> streams.add(commit.getString("stream")));
        if (streams.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Span(streams.getFirst(), streams.getLast()));
    }
}
