package fr.relais.kit.view;

import java.util.List;
import java.util.function.Function;

/**
 * A collection with one document for each row that a stream's document holds, such as one for each handoff of a pathway,
 * so that lists over many streams are read from an index.
 *
 * <p>A row once derived is derived for ever: it is closed by a field, never dropped, because a removed row that an older
 * writer brings back could not be told from a new one.
 *
 * @param name name of the collection, a plural; the version is appended
 * @param version counts from 1
 * @param document the record that is stored, with a component {@code id}
 * @param id the row's id, unique over all streams
 * @param derive the rows of a document
 * @param indexes indexes of the collection
 */
public record Rows<S, R>(
        String name,
        int version,
        Class<R> document,
        Function<R, String> id,
        Function<S, List<R>> derive,
        List<ViewIndex> indexes) {
    public Rows {
        indexes = List.copyOf(indexes);
    }
}
