package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import fr.relais.pathway.application.HospitalMessages.Status;
import java.util.Collection;
import javax.crypto.SecretKey;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/** What hospitals' messages say, seen from the patients it is about. That the messages came remains. */
final class MessageText implements PatientText {

    static final String COLLECTION = "hospital_messages";
    private static final String BODY = "body";

    private final MongoCollection<Document> messages;
    private final PatientKeys keys;
    private final Sealing sealing;

    MessageText(MongoDatabase database, PatientKeys keys, Sealing sealing) {
        this.messages = database.getCollection(COLLECTION).withWriteConcern(WriteConcern.MAJORITY.withJournal(true));
        this.keys = keys;
        this.sealing = sealing;
    }

    @Override
    public void erase(Collection<String> patients, Collection<String> lookups) {
        messages.updateMany(about(patients, lookups), combine(unset(BODY), unset("key")));
    }

    /**
     * Also of messages whose turn is still to come: they are worked without it. A message that was kept under the INS alone
     * keeps its lane until it was worked, as order counts until then.
     */
    @Override
    public void withdraw(InsTraces ins, Collection<String> patients, Collection<String> lookups) {
        for (Document message : messages.find(and(about(patients, lookups), exists(BODY)))
                .projection(include(BODY, "key"))
                .batchSize(20)) {
            String id = message.getString("_id");
            SecretKey key = keys.in(message);
            byte[] body = sealing.open(key, message.get(BODY, Binary.class).getData(), id, BODY);
            byte[] without = ins.removedFrom(body);
            if (without != body) {
                messages.updateOne(
                        and(eq("_id", id), exists(BODY)), set(BODY, new Binary(sealing.seal(key, without, id, BODY))));
            }
        }
        for (String lookup : lookups) {
            if (lookup.startsWith("ins:")) {
                for (Document message : messages.find(and(eq("lane", lookup), ne("status", Status.RECEIVED.word())))
                        .projection(include("lane"))) {
                    messages.updateOne(eq("_id", message.getString("_id")), set("lane", message.getString("_id")));
                }
            }
        }
    }

    private static Bson about(Collection<String> patients, Collection<String> lookups) {
        return or(in("patient", patients), in("lane", lookups));
    }
}
