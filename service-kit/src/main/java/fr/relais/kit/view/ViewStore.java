package fr.relais.kit.view;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.core.convert.MongoConverter;

/** One collection of a view and its mapping: how records become documents and back. */
final class ViewStore<D> {

    private static final Logger log = LoggerFactory.getLogger(ViewStore.class);
    private static final List<Integer> DIFFERING_INDEX = List.of(85, 86);

    private final MongoCollection<Document> collection;
    private final MongoConverter converter;
    private final Class<D> type;

    ViewStore(MongoDatabase database, String name, MongoConverter converter, Class<D> type, List<ViewIndex> indexes) {
        this.collection = database.getCollection(name);
        this.converter = converter;
        this.type = type;
        List<ViewIndex> all = new ArrayList<>(indexes);
        for (ViewIndex index : all) {
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
        log.debug("view collection {} has its {} indexes", name, all.size());
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
}
