package fr.relais.kit.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.data.mongodb.core.convert.MongoConverter;

/** Leases on rows that are due, so that of several instances one handles each. The lease is the kit's, not the view's. */
public final class Claims<R> {

    private static final String BY = Meta.CLAIM + ".by";
    private static final String UNTIL = Meta.CLAIM + ".until";

    private final MongoCollection<Document> collection;
    private final MongoConverter converter;
    private final Class<R> type;

    Claims(MongoDatabase database, Rows<?, R> rows, MongoConverter converter) {
        this.collection = database.getCollection(Projection.collection(rows));
        this.converter = converter;
        this.type = rows.document();
    }

    /**
     * Claims rows that are open and due.
     *
     * @param dueBy by the business clock
     * @param token says whose claim it is, unique for each call
     * @param realNow by the real clock, which leases run on
     * @param until end of the lease
     */
    public List<R> claim(Instant dueBy, String token, Instant realNow, Instant until, int most) {
        Bson free = or(exists(Meta.CLAIM, false), lt(UNTIL, Date.from(realNow)));
        Bson due = and(eq("open", true), lte("dueAt", Date.from(dueBy)));
        List<String> ids = new ArrayList<>();
        collection
                .find(and(due, free))
                .sort(Sorts.ascending("open", "dueAt"))
                .projection(new Document("_id", 1))
                .limit(most)
                .forEach(document -> ids.add(document.getString("_id")));
        if (ids.isEmpty()) {
            return List.of();
        }
        // Asked again what is due: a row that was put off since it was found would be handled too early, and then keep
        // its lease past the time it was put off to.
        collection.updateMany(
                and(in("_id", ids), due, free),
                set(Meta.CLAIM, new Document("by", token).append("until", Date.from(until))));
        List<R> claimed = new ArrayList<>();
        for (Document document : collection.find(and(in("_id", ids), due, eq(BY, token)))) {
            claimed.add(converter.read(type, Meta.contentOf(document)));
        }
        return claimed;
    }

    /** Gives rows back, to be claimed again after a pause. */
    public void giveBack(Collection<String> ids, String token, Instant notBefore) {
        if (!ids.isEmpty()) {
            collection.updateMany(and(in("_id", ids), eq(BY, token)), set(UNTIL, Date.from(notBefore)));
        }
    }
}
