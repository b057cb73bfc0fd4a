package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import fr.relais.pathway.application.MasterKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.types.Binary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wraps data keys anew, one document at a time, each guarded by the wrapped key that was read: what another instance did
 * first is left as it is. What was done shows in the documents themselves, so there is no progress to lose.
 */
final class MasterKeyRotation implements MasterKeys {

    private static final Logger log = LoggerFactory.getLogger(MasterKeyRotation.class);
    private static final String MASTER = "key.master";
    private static final String WRAPPED = "key.wrapped";

    private final List<MongoCollection<Document>> collections;
    private final PatientKeys patientKeys;
    private final VaultKeys keys;
    private final Sealing sealing;

    MasterKeyRotation(MongoDatabase database, PatientKeys patientKeys, VaultKeys keys, Sealing sealing) {
        WriteConcern durable = WriteConcern.MAJORITY.withJournal(true);
        this.collections = List.of(
                database.getCollection(PatientKeys.COLLECTION).withWriteConcern(durable),
                database.getCollection(MessageText.COLLECTION).withWriteConcern(durable));
        this.patientKeys = patientKeys;
        this.keys = keys;
        this.sealing = sealing;
        collections.forEach(each -> each.createIndex(Indexes.ascending(MASTER), new IndexOptions().sparse(true)));
    }

    @Override
    public Rotation rotate(int limit) {
        List<String> former =
                keys.ids().stream().filter(id -> !id.equals(keys.current())).toList();
        long rewrapped = 0;
        int left = limit;
        for (MongoCollection<Document> collection : collections) {
            if (left > 0 && !former.isEmpty()) {
                List<Document> batch = collection
                        .find(in(MASTER, former))
                        .projection(include("key"))
                        .limit(left)
                        .into(new ArrayList<>());
                for (Document document : batch) {
                    rewrapped += rewrap(collection, document);
                }
                left -= batch.size();
            }
        }
        List<Use> uses = uses();
        boolean done = uses.stream().allMatch(use -> use.current() || use.wrapped() == 0);
        log.info(
                "{} data keys were wrapped anew by master key {}; {}",
                rewrapped,
                keys.current(),
                done ? "done" : "more remain");
        return new Rotation(rewrapped, done, uses);
    }

    private long rewrap(MongoCollection<Document> collection, Document document) {
        String id = document.getString("_id");
        Document key = document.get("key", Document.class);
        Sealing.Wrapped anew = sealing.wrap(patientKeys.in(document), id);
        return collection
                .updateOne(
                        and(
                                eq("_id", id),
                                eq(MASTER, key.getString("master")),
                                eq(WRAPPED, key.get("wrapped", Binary.class))),
                        set("key", PatientKeys.written(anew)))
                .getModifiedCount();
    }

    @Override
    public List<Use> uses() {
        TreeSet<String> ids = new TreeSet<>(keys.ids());
        collections.forEach(each -> each.distinct(MASTER, String.class).into(ids));
        return ids.stream()
                .map(id -> new Use(id, id.equals(keys.current()), keys.ids().contains(id), wrapped(id)))
                .toList();
    }

    private long wrapped(String master) {
        long wrapped = 0;
        for (MongoCollection<Document> collection : collections) {
            wrapped += collection.countDocuments(eq(MASTER, master), new CountOptions().limit(COUNTED_UP_TO));
        }
        return Math.min(wrapped, COUNTED_UP_TO);
    }
}
