package fr.relais.kit.stream;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import fr.relais.events.Actor;
import fr.relais.kit.kafka.EventSender;
import fr.relais.kit.kafka.Incoming;
import fr.relais.kit.kafka.Listeners;
import fr.relais.kit.kafka.Topics;
import fr.relais.kit.page.Cursor;
import fr.relais.kit.page.Page;
import fr.relais.kit.time.RelaisClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that a view or a reaction could not use: kept whole on a topic of their own, and by reference, with the reason,
 * where an operator sees them. Keeping the same record twice changes nothing.
 */
public final class DeadLetters {

    /** Collection that lists them by reference. */
    public static final String COLLECTION = "dead_letters";

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final MongoCollection<Document> letters;
    private final Map<String, Again> again = new ConcurrentHashMap<>();
    private final EventSender sender;
    private final Listeners listeners;
    private final String service;
    private final RelaisClock clock;

    DeadLetters(
            MongoDatabase database,
            EventSender sender,
            Listeners listeners,
            String service,
            RelaisClock clock,
            MeterRegistry metrics) {
        this.letters = database.getCollection(COLLECTION);
        this.sender = sender;
        this.listeners = listeners;
        this.service = service;
        this.clock = clock;
        letters.createIndex(Indexes.compoundIndex(Indexes.ascending("open"), Indexes.descending("keptAt", "_id")));
        letters.createIndex(Indexes.descending("keptAt", "_id"));
        Gauge.builder("relais.dead.letters", () -> letters.countDocuments(eq("open", true)))
                .description("Records set aside that nobody has looked at yet")
                .register(metrics);
    }

    /**
     * A record that was set aside.
     *
     * @param id consumer, topic, partition and offset in one word
     * @param consumer the view or reaction that could not use it
     * @param stream its stream, null where even that is unknown
     * @param reason in plain words
     * @param open whether somebody still has to look at it
     * @param closedBy who looked at it and what they did; null while it is open
     */
    public record DeadLetter(
            String id,
            String consumer,
            String topic,
            int partition,
            long offset,
            @Nullable String stream,
            String reason,
            Instant keptAt,
            boolean open,
            @Nullable String closedBy) {

        /** Where the record stands in Kafka: topic, partition and offset in one word. */
        public String reference() {
            return topic + "-" + partition + "@" + offset;
        }
    }

    /** What becomes of a set-aside record in one view or reaction. */
    public interface Again {

        /**
         * It is tried again.
         *
         * @throws IllegalStateException when it cannot be used, still: it stays set aside
         */
        void with(ConsumerRecord<String, byte[]> record);

        /**
         * Whether it could be used now, without using it.
         *
         * @return false where that cannot be known without doing it
         * @throws IllegalStateException when it could not
         */
        default boolean trial(ConsumerRecord<String, byte[]> record) {
            return false;
        }

        /** It is given up: whoever waits behind it goes on without it. */
        default void without(DeadLetter letter) {}
    }

    /**
     * What would become of it if it were tried again.
     *
     * @param works null where that cannot be known without doing it
     * @param why where it would fail, or cannot be known
     */
    public record Trial(@Nullable Boolean works, @Nullable String why) {}

    /** What would become of it if it were tried again; nothing is changed. */
    public Trial trial(DeadLetter letter) {
        Again how = again.get(letter.consumer());
        if (how == null) {
            return new Trial(false, noConsumer(letter));
        }
        ConsumerRecord<String, byte[]> record = listeners
                .recordAt(letter.topic(), letter.partition(), letter.offset())
                .orElse(null);
        if (record == null) {
            return new Trial(false, gone(letter));
        }
        try {
            return how.trial(record)
                    ? new Trial(true, null)
                    : new Trial(null, letter.consumer() + " acts on what it reads: only trying it again shows");
        } catch (IllegalStateException e) {
            return new Trial(false, e.getMessage());
        }
    }

    private static String noConsumer(DeadLetter letter) {
        return "this build has no view or reaction called " + letter.consumer() + ": dismiss it with a reason";
    }

    private static String gone(DeadLetter letter) {
        return "Kafka no longer has " + letter.reference()
                + ": have its stream sent again from the journal, then dismiss this";
    }

    /** Says how a consumer tries its records again. */
    public void triedAgainBy(String consumer, Again how) {
        again.put(consumer, how);
    }

    /** Those that are open, or all, newest first. */
    public Page<DeadLetter> page(boolean onlyOpen, @Nullable String cursor, int limit) {
        Bson filter = onlyOpen ? eq("open", true) : new Document();
        if (cursor != null) {
            List<@Nullable Object> after = Cursor.read(cursor, 2);
            if (!(after.get(0) instanceof Instant keptAt)) {
                throw new IllegalArgumentException("this cursor is none of this list: begin again without it");
            }
            Date kept = Date.from(keptAt);
            filter = and(filter, or(lt("keptAt", kept), and(eq("keptAt", kept), lt("_id", after.get(1)))));
        }
        List<DeadLetter> found = new ArrayList<>();
        letters.find(filter)
                .sort(Sorts.descending("keptAt", "_id"))
                .limit(limit + 1)
                .map(DeadLetters::letter)
                .into(found);
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        DeadLetter last = found.get(limit - 1);
        return new Page<>(found.subList(0, limit), Cursor.of(List.of(last.keptAt(), last.id())));
    }

    /** The one of that id. */
    public Optional<DeadLetter> byId(String id) {
        return Optional.ofNullable(letters.find(eq("_id", id)).first()).map(DeadLetters::letter);
    }

    /**
     * Has its consumer try it again, after a mend, and closes it when that went well; what fails again stays open.
     * Whatever the consumer did before is known as done, so that nobody is told twice.
     *
     * @throws IllegalStateException when Kafka no longer has the record, this build no longer has the consumer, or the
     *     consumer can use it no more than before
     */
    public void tryAgain(DeadLetter letter, Actor by) {
        Again how = again.get(letter.consumer());
        if (how == null) {
            throw new IllegalStateException(noConsumer(letter));
        }
        how.with(listeners
                .recordAt(letter.topic(), letter.partition(), letter.offset())
                .orElseThrow(() -> new IllegalStateException(gone(letter))));
        close(letter, "tried again by " + by.id());
    }

    /** Closes it without using it; a view goes on behind it, and says that it misses it. */
    public void dismiss(DeadLetter letter, Actor by, String why) {
        Again how = again.get(letter.consumer());
        if (how != null) {
            how.without(letter);
        }
        close(letter, "dismissed by " + by.id() + ": " + why);
    }

    private void close(DeadLetter letter, String how) {
        letters.updateOne(
                eq("_id", letter.id()), new Document("$set", new Document("open", false).append("closedBy", how)));
        log.info("dead letter {} {}", letter.id(), how);
    }

    private static DeadLetter letter(Document document) {
        return new DeadLetter(
                document.getString("_id"),
                document.getString("consumer"),
                document.getString("topic"),
                document.getInteger("partition"),
                document.getLong("offset"),
                document.getString("stream"),
                document.getString("reason"),
                document.getDate("keptAt").toInstant(),
                document.getBoolean("open", true),
                document.getString("closedBy"));
    }

    /**
     * Sets a record aside.
     *
     * @param consumer the view or reaction that could not use it
     * @param why in plain words
     */
    public void keep(String consumer, ConsumerRecord<String, byte[]> record, String why) {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value());
        }
        headers.put("relais-consumer", consumer.getBytes(StandardCharsets.UTF_8));
        headers.put("relais-reason", why.getBytes(StandardCharsets.UTF_8));
        headers.put("relais-from", Incoming.reference(record).getBytes(StandardCharsets.UTF_8));
        sender.send(Topics.deadLettersOf(record.topic(), service), record.key(), record.value(), headers)
                .join();
        letters.updateOne(
                eq("_id", consumer + "/" + Incoming.reference(record)),
                new Document(
                                "$setOnInsert",
                                new Document("consumer", consumer)
                                        .append("topic", record.topic())
                                        .append("partition", record.partition())
                                        .append("offset", record.offset())
                                        .append("stream", record.key())
                                        .append("keptAt", Date.from(clock.real())))
                        .append("$set", new Document("open", true).append("reason", why)),
                new UpdateOptions().upsert(true));
        log.error(
                "{} could not use {} of stream {} and set it aside: {}",
                consumer,
                Incoming.reference(record),
                record.key(),
                why);
    }
}
