package fr.relais.kit.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Filters.or;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CountOptions;
import fr.relais.kit.page.Cursor;
import fr.relais.kit.page.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.convert.MongoConverter;

/** Reads one collection of a view. */
public final class ViewReader<D> {

    private final MongoCollection<Document> collection;
    private final MongoConverter converter;
    private final Class<D> type;

    ViewReader(MongoDatabase database, String name, MongoConverter converter, Class<D> type) {
        this.collection = database.getCollection(name);
        this.converter = converter;
        this.type = type;
    }

    /** The document of an id. */
    public Optional<Viewed<D>> byId(String id) {
        return Optional.ofNullable(collection.find(eq("_id", id)).first())
                .filter(document -> !Meta.isEmpty(document))
                .map(this::viewed);
    }

    /** Documents of several ids in one query; those that are missing are left out. */
    public List<Viewed<D>> byIds(Collection<String> ids) {
        List<Viewed<D>> found = new ArrayList<>();
        for (Document document : collection.find(in("_id", ids))) {
            if (!Meta.isEmpty(document)) {
                found.add(viewed(document));
            }
        }
        return found;
    }

    /** The sequence a document has reached, 0 where there is none: for whoever waits for their own write. */
    public long sequenceOf(String id) {
        Document document = collection
                .find(eq("_id", id))
                .projection(new Document(Meta.SEQUENCE, 1))
                .first();
        return document == null ? 0 : Meta.sequenceOf(document);
    }

    /**
     * Whether a record of this stream was set aside, so that the document stays where it is until somebody mends it:
     * whoever waits for it to come further waits in vain.
     */
    public boolean isPoisoned(String id) {
        return collection
                        .find(and(eq("_id", id), eq(Meta.STALE + ".poisoned", true)))
                        .projection(new Document("_id", 1))
                        .first()
                != null;
    }

    /**
     * A page of matching documents.
     *
     * @throws Cursor.Malformed when the cursor is none of this list
     */
    public Page<Viewed<D>> page(PageQuery query) {
        List<String> fields = new ArrayList<>(query.sort());
        fields.add(fields.isEmpty() || !fields.getFirst().startsWith("-") ? "_id" : "-_id");
        Document sort = new Document();
        fields.forEach(field -> sort.append(nameOf(field), isDescending(field) ? -1 : 1));
        Bson filter = query.after() == null
                ? query.filter()
                : and(beyond(fields, Cursor.read(query.after(), fields.size())), query.filter());
        List<Document> found = new ArrayList<>();
        collection.find(flat(filter)).sort(sort).limit(query.limit() + 1).into(found);
        boolean more = found.size() > query.limit();
        List<Document> shown = more ? found.subList(0, query.limit()) : found;
        return new Page<>(shown.stream().map(this::viewed).toList(), more ? cursor(fields, shown.getLast()) : null);
    }

    /** How many match, counted up to a limit: nobody needs to know how many more, and counting reads what it counts. */
    public long countUpTo(Bson filter, int limit) {
        return collection.countDocuments(flat(filter), new CountOptions().limit(limit));
    }

    // One document of conditions instead of nested ones: not every server looks into an AND for the index that it may
    // use.
    private BsonDocument flat(Bson filter) {
        BsonDocument flat = new BsonDocument();
        BsonArray rest = new BsonArray();
        flatten(filter.toBsonDocument(BsonDocument.class, collection.getCodecRegistry()), flat, rest);
        if (!rest.isEmpty()) {
            flat.append("$and", rest);
        }
        return flat;
    }

    private static void flatten(BsonDocument part, BsonDocument flat, BsonArray rest) {
        part.forEach((key, value) -> {
            BsonValue there = flat.get(key);
            if (key.equals("$and")) {
                value.asArray().forEach(each -> flatten(each.asDocument(), flat, rest));
            } else if (there == null) {
                flat.append(key, value);
            } else if (areRanges(there, value)) {
                BsonDocument both = there.asDocument().clone();
                both.putAll(value.asDocument());
                flat.append(key, both);
            } else {
                rest.add(new BsonDocument(key, value));
            }
        });
    }

    /** Whether both say something else of a field: from when, and until when. */
    private static boolean areRanges(BsonValue one, BsonValue other) {
        return one instanceof BsonDocument first
                && other instanceof BsonDocument second
                && first.keySet().stream().allMatch(operator -> operator.startsWith("$"))
                && second.keySet().stream().allMatch(operator -> operator.startsWith("$"))
                && Collections.disjoint(first.keySet(), second.keySet());
    }

    private Viewed<D> viewed(Document document) {
        return new Viewed<>(
                converter.read(type, Meta.contentOf(document)),
                Meta.sequenceOf(document),
                document.containsKey(Meta.STALE) || document.containsKey(Meta.MISSING));
    }

    private static String nameOf(String field) {
        return field.startsWith("-") ? field.substring(1) : field;
    }

    private static boolean isDescending(String field) {
        return field.startsWith("-");
    }

    // Rows after (a, b, c) are those with a greater a, or the same a and a greater b, or the same a and b and a greater
    // c. That none has a smaller a follows from it, but must be said for an index to be entered there and not at its
    // start.
    // A missing value sorts before all others.
    private static Bson beyond(List<String> fields, List<@Nullable Object> values) {
        List<Bson> either = new ArrayList<>();
        List<Bson> same = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            String name = nameOf(fields.get(i));
            Object value = stored(values.get(i));
            Bson further = value == null
                    ? (isDescending(fields.get(i)) ? null : ne(name, null))
                    : isDescending(fields.get(i)) ? or(lt(name, value), eq(name, null)) : gt(name, value);
            if (further != null) {
                List<Bson> branch = new ArrayList<>(same);
                branch.add(further);
                either.add(and(branch));
            }
            same.add(eq(name, value));
        }
        String first = fields.getFirst();
        Object value = stored(values.getFirst());
        if (fields.size() == 1 || value == null) {
            return or(either);
        }
        return and(isDescending(first) ? not(gt(nameOf(first), value)) : gte(nameOf(first), value), or(either));
    }

    private static @Nullable Object stored(@Nullable Object value) {
        return value instanceof Instant instant ? Date.from(instant) : value;
    }

    private static String cursor(List<String> fields, Document last) {
        List<@Nullable Object> values = new ArrayList<>();
        for (String field : fields) {
            Object value = last.get(nameOf(field));
            values.add(value instanceof Date date ? date.toInstant() : value);
        }
        return Cursor.of(values);
    }
}
