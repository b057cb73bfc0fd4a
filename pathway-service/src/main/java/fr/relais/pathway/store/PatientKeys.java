package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.bson.Document;
import org.bson.types.Binary;

/** The data keys of patients, wrapped in their documents. Without the document there is no key any more. */
final class PatientKeys {

    static final String COLLECTION = "vault_patients";
    private static final String KEY = "key";

    private final MongoCollection<Document> patients;
    private final Sealing sealing;

    PatientKeys(MongoDatabase database, Sealing sealing) {
        this.patients = database.getCollection(COLLECTION);
        this.sealing = sealing;
    }

    /** The key of a patient; empty when they are not known, or were erased. */
    Optional<SecretKey> of(String patient) {
        return Optional.ofNullable(patients.find(eq("_id", patient))
                        .projection(include(KEY))
                        .first())
                .map(this::in);
    }

    /** The key that a document bears, of a patient or a message. */
    SecretKey in(Document document) {
        Document key = document.get(KEY, Document.class);
        return sealing.unwrap(
                new Sealing.Wrapped(
                        key.getString("master"),
                        key.get("wrapped", Binary.class).getData()),
                document.getString("_id"));
    }

    /** A key as a document bears it. */
    static Document written(Sealing.Wrapped wrapped) {
        return new Document("master", wrapped.master()).append("wrapped", new Binary(wrapped.key()));
    }
}
