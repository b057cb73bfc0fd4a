package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Indexes.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.ReturnDocument;
import fr.relais.kit.time.RelaisClock;
import fr.relais.pathway.application.Looks;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * One small document for each person and pathway, forgotten a year after the last look. It is no event: nobody but the
 * person acts on it, and a lost one marks too much and never too little.
 */
final class KeptLooks implements Looks {

    private static final long DAYS = 366;

    private final MongoCollection<Document> looks;
    private final RelaisClock clock;

    KeptLooks(MongoDatabase database, RelaisClock clock) {
        this.looks = database.getCollection("looks");
        this.clock = clock;
        looks.createIndex(ascending("at"), new IndexOptions().expireAfter(DAYS, TimeUnit.DAYS));
    }

    @Override
    public Optional<Look> look(String who, String pathway, long seen) {
        Document before = looks.findOneAndUpdate(
                eq(who + " " + pathway),
                combine(max("seen", seen), set("at", Date.from(clock.instant()))),
                new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.BEFORE));
        return before == null
                ? Optional.empty()
                : Optional.of(
                        new Look(before.getLong("seen"), before.getDate("at").toInstant()));
    }
}
