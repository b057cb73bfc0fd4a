package fr.relais.kit.view;

import static org.bson.codecs.configuration.CodecRegistries.fromProviders;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import fr.relais.kit.failure.Failures;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DocumentCodec;
import org.bson.codecs.DocumentCodecProvider;
import org.bson.codecs.IterableCodecProvider;
import org.bson.codecs.ValueCodecProvider;
import org.bson.codecs.jsr310.Jsr310CodecProvider;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;

/** One collection of a view and its mapping: how records become documents and back. */
final class ViewStore<D> {

    private static final Logger log = LoggerFactory.getLogger(ViewStore.class);
    private static final List<Integer> DIFFERING_INDEX = List.of(85, 86);

    private static final int LARGEST = 16 * 1024 * 1024;
    private static final DocumentCodec DOCUMENTS = new DocumentCodec(fromProviders(
            new ValueCodecProvider(),
            new DocumentCodecProvider(),
            new IterableCodecProvider(),
            new Jsr310CodecProvider()));

    private final MongoCollection<Document> collection;
    private final MongoConverter converter;
    private final Class<D> type;

    ViewStore(MongoDatabase database, String name, MongoConverter converter, Class<D> type, List<ViewIndex> indexes) {
        this.collection = database.getCollection(name);
        this.converter = converter;
        this.type = type;
        ensureIndexes(collection, indexes);
    }

    static void ensureIndexes(MongoCollection<Document> collection, List<ViewIndex> indexes) {
        String name = collection.getNamespace().getCollectionName();
        for (ViewIndex index : indexes) {
            try {
                collection.createIndex(index.fields(), index.options());
            } catch (com.mongodb.MongoCommandException e) {
                if (!DIFFERING_INDEX.contains(e.getErrorCode())) {
                    throw e;
                }
                throw new IllegalStateException(
                        "index " + index.name() + " of " + name + " differs from what this build declares ("
                                + e.getErrorMessage() + "): give the view a new version, or drop that index",
                        e);
            }
        }
        log.debug("view collection {} has its {} indexes", name, indexes.size());
    }

    MongoCollection<Document> collection() {
        return collection;
    }

    Document write(String id, D content) {
        Document document = new Document();
        converter.write(content, document);
        document.remove("_class");
        document.put("_id", id);
        return document;
    }

    D read(Document document) {
        return converter.read(type, Meta.contentOf(document));
    }

    /**
     * Refuses what MongoDB would refuse, before anything of it is written.
     *
     * @throws IllegalStateException when the document is above what MongoDB takes
     */
    static void refuseTooLarge(Document document) {
        if (atMost(document) <= LARGEST) {
            return;
        }
        int size = new RawBsonDocument(document, DOCUMENTS).getByteBuffer().remaining();
        if (size > LARGEST) {
            throw new IllegalStateException("its document would have " + size + " bytes, MongoDB takes " + LARGEST
                    + ": give the view rows instead of ever longer lists");
        }
    }

    // An upper bound that costs far less than encoding: nearly every document is far below.
    private static long atMost(@Nullable Object value) {
        return switch (value) {
            case Document document -> {
                long size = 5;
                for (Map.Entry<String, Object> each : document.entrySet()) {
                    size += 2 + 3L * each.getKey().length() + atMost(each.getValue());
                }
                yield size;
            }
            case List<?> list -> {
                long size = 5;
                for (Object each : list) {
                    size += 12 + atMost(each);
                }
                yield size;
            }
            case String text -> 5 + 3L * text.length();
            case byte[] bytes -> 5L + bytes.length;
            case Binary binary -> 5L + binary.length();
            case null, default -> 64;
        };
    }

    /** A refusal in words that hold nothing of the document. */
    static String refusal(RuntimeException failure) {
        return switch (failure) {
            case MongoBulkWriteException bulk ->
                "MongoDB refuses its document: code "
                        + bulk.getWriteErrors().stream()
                                .map(error -> Integer.toString(error.getCode()))
                                .distinct()
                                .collect(Collectors.joining(", "));
            case MongoException mongo -> "MongoDB refuses its document: code " + mongo.getCode();
            default -> Failures.inWords(failure);
        };
    }
}
