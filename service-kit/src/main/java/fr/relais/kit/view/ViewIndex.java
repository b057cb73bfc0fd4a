package fr.relais.kit.view;

import com.mongodb.client.model.IndexOptions;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * An index, declared beside the view that needs it and made before the view's first write.
 *
 * @param keys fields in order; a leading minus says descending
 * @param unique whether two documents may not share the values
 * @param filter only documents that match are in the index; null for all
 */
public record ViewIndex(
        List<String> keys, boolean unique, @Nullable Bson filter) {

    public ViewIndex {
        keys = List.copyOf(keys);
    }

    /** An index on fields; write {@code -field} for descending. */
    public static ViewIndex on(String... keys) {
        return new ViewIndex(List.of(keys), false, null);
    }

    /** The same, no two documents alike. */
    public ViewIndex asUnique() {
        return new ViewIndex(keys, true, filter);
    }

    /** The same, over matching documents only. */
    public ViewIndex where(Bson only) {
        return new ViewIndex(keys, unique, only);
    }

    String name() {
        List<String> parts = new ArrayList<>();
        for (String key : keys) {
            parts.add(key.startsWith("-") ? key.substring(1) + "_-1" : key + "_1");
        }
        return String.join("_", parts);
    }

    Bson fields() {
        Document fields = new Document();
        for (String key : keys) {
            fields.append(key.startsWith("-") ? key.substring(1) : key, key.startsWith("-") ? -1 : 1);
        }
        return fields;
    }

    IndexOptions options() {
        IndexOptions options = new IndexOptions().name(name()).unique(unique);
        if (filter != null) {
            options.partialFilterExpression(filter);
        }
        return options;
    }
}
