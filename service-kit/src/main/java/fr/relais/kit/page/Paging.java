package fr.relais.kit.page;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a long list is asked for, from the query parameters {@code limit} and {@code after}; an argument of
 * controller methods.
 *
 * @param limit at most so many items, 1 to 100
 * @param after cursor of the page before; null for the first page
 */
public record Paging(int limit, @Nullable String after) {

    /** Items of a page when nobody says how many. */
    public static final int DEFAULT_LIMIT = 20;

    /** Most items of a page. */
    public static final int MAX_LIMIT = 100;

    public Paging {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is " + limit + ": ask for 1 to " + MAX_LIMIT + " items");
        }
    }
}
