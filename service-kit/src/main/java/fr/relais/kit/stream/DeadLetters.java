package fr.relais.kit.stream;

import static com.mongodb.client.model.Filters.eq;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import fr.relais.kit.kafka.EventSender;
import fr.relais.kit.kafka.Incoming;
import fr.relais.kit.kafka.Topics;
import fr.relais.kit.time.RelaisClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.bson.Document;
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
    private final EventSender sender;
    private final String service;
    private final RelaisClock clock;

    DeadLetters(MongoDatabase database, EventSender sender, String service, RelaisClock clock, MeterRegistry metrics) {
        this.letters = database.getCollection(COLLECTION);
        this.sender = sender;
        this.service = service;
        this.clock = clock;
        letters.createIndex(
                Indexes.compoundIndex(Indexes.ascending("open"), Indexes.descending("keptAt")), new IndexOptions());
        Gauge.builder("relais.dead.letters", () -> letters.countDocuments(eq("open", true)))
                .description("Records set aside that nobody has looked at yet")
                .register(metrics);
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
                        new Document("open", true)
                                .append("consumer", consumer)
                                .append("topic", record.topic())
                                .append("partition", record.partition())
                                .append("offset", record.offset())
                                .append("stream", record.key())
                                .append("reason", why)
                                .append("keptAt", Date.from(clock.real()))),
                new UpdateOptions().upsert(true));
        log.error(
                "{} could not use {} of stream {} and set it aside: {}",
                consumer,
                Incoming.reference(record),
                record.key(),
                why);
    }
}
