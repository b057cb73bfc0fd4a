package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** A collection of texts about patients, each sealed under its patient's key and deleted when its time is over. */
final class SealedTexts implements PatientText {

    private static final String BODY = "body";
    private static final String SEARCHABLE = "searchable";
    private static final String KEEP_UNTIL = "keepUntil";

    private final MongoCollection<Document> texts;
    private final PatientKeys keys;
    private final Sealing sealing;
    private final Clock clock;

    SealedTexts(MongoDatabase database, String collection, PatientKeys keys, Sealing sealing, Clock clock) {
        this.texts = database.getCollection(collection).withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        this.keys = keys;
        this.sealing = sealing;
        this.clock = clock;
        texts.createIndex(Indexes.ascending("patient"));
        texts.createIndex(Indexes.ascending(KEEP_UNTIL));
    }

    MongoCollection<Document> collection() {
        return texts;
    }

    /**
     * Keeps a text; false when there is one under that id.
     *
     * @param head with id and patient
     * @param searchable whether an INS would stand in the body as characters
     */
    boolean insert(Document head, byte @Nullable [] body, boolean searchable, Instant keepUntil) {
        String id = head.getString("_id");
        String patient = head.getString("patient");
        SecretKey key = keys.of(patient)
                .orElseThrow(() -> new IllegalStateException(
                        patient + " is not in the vault, or was erased: nothing about them can be kept"));
        Document document = new Document(head).append(KEEP_UNTIL, Date.from(keepUntil));
        if (body != null) {
            document.append(SEARCHABLE, searchable).append(BODY, new Binary(sealing.seal(key, body, id, BODY)));
        }
        try {
            texts.insertOne(document);
            return true;
        } catch (MongoException e) {
            if (ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    /** Whether its time is not over: what is due is no longer shown, also before it is deleted. */
    Optional<Document> find(String id) {
        return Optional.ofNullable(texts.find(eq("_id", id)).first())
                .filter(found -> found.getDate(KEEP_UNTIL).toInstant().isAfter(clock.instant()));
    }

    /** What it says; empty when it has no body, or its patient was erased. */
    Optional<byte[]> body(Document text) {
        Binary body = text.get(BODY, Binary.class);
        return body == null
                ? Optional.empty()
                : keys.of(text.getString("patient"))
                        .map(key -> sealing.open(key, body.getData(), text.getString("_id"), BODY));
    }

    @Override
    public void erase(Collection<String> patients, Collection<String> lookups) {
        texts.deleteMany(in("patient", patients));
    }

    /** A body in which nobody can search, such as a PDF, is deleted: its sender has the original. */
    @Override
    public void withdraw(InsTraces ins, Collection<String> patients, Collection<String> lookups) {
        for (Document text :
                texts.find(and(in("patient", patients), exists(BODY))).batchSize(20)) {
            String id = text.getString("_id");
            if (!text.getBoolean(SEARCHABLE, false)) {
                texts.updateOne(eq("_id", id), combine(unset(BODY), set("withdrawn", true)));
                continue;
            }
            SecretKey key = keys.of(text.getString("patient")).orElse(null);
            if (key != null) {
                byte[] body = sealing.open(key, text.get(BODY, Binary.class).getData(), id, BODY);
                byte[] without = ins.removedFrom(body);
                if (without != body) {
                    texts.updateOne(
                            and(eq("_id", id), exists(BODY)),
                            set(BODY, new Binary(sealing.seal(key, without, id, BODY))));
                }
            }
        }
    }

    /** Deletes what is due; how many. */
    long deleteExpired() {
        return texts.deleteMany(lte(KEEP_UNTIL, Date.from(clock.instant()))).getDeletedCount();
    }
}
