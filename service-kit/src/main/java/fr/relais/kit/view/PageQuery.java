package fr.relais.kit.view;

import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What rows, in what order, from where.
 *
 * @param filter which rows
 * @param sort fields in order, a leading minus says descending; the id breaks ties and need not be named
 * @param after cursor of the page before, null for the first page
 * @param limit rows of a page, 1 to 100
 */
public record PageQuery(
        Bson filter, List<String> sort, @Nullable String after, int limit) {

    /** Rows of a page where nobody says how many. */
    public static final int USUAL = 20;

    /** Rows of a page at most. */
    public static final int MOST = 100;

    public PageQuery {
        sort = List.copyOf(sort);
        limit = Math.clamp(limit, 1, MOST);
    }

    /** Rows that match, by id, from the first. */
    public static PageQuery where(Bson filter) {
        return new PageQuery(filter, List.of(), null, USUAL);
    }

    /** All rows, by id, from the first. */
    public static PageQuery all() {
        return where(new Document());
    }

    public PageQuery sortedBy(String... fields) {
        return new PageQuery(filter, List.of(fields), after, limit);
    }

    public PageQuery after(@Nullable String cursor) {
        return new PageQuery(filter, sort, cursor, limit);
    }

    public PageQuery limit(int rows) {
        return new PageQuery(filter, sort, after, rows);
    }
}
