package fr.relais.pathway.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import fr.relais.pathway.view.WorkRow.Filter;
import fr.relais.pathway.view.WorkRow.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of lists are asked for.
 *
 * @param parties in whose lists, as {@link WorkParty} writes them
 * @param filters what they are narrowed by; only what the kind allows
 * @param from not before, by what lists are sorted by
 * @param until before
 * @param newestFirst otherwise the most pressing, or oldest, first
 */
public record WorkQuery(
        Set<String> parties,
        Kind kind,
        Map<Filter, String> filters,
        @Nullable Instant from,
        @Nullable Instant until,
        boolean newestFirst) {

    public WorkQuery {
        parties = Set.copyOf(parties);
        filters = Map.copyOf(filters);
        if (!kind.filters().containsAll(filters.keySet())) {
            throw new IllegalArgumentException(kind + " can be narrowed by " + kind.filters() + ", not " + filters);
        }
    }

    /** Read from the index of terms; the fields are compared because two terms may share a number. */
    Bson filter() {
        List<Bson> all = new ArrayList<>();
        all.add(in(
                "terms",
                parties.stream()
                        .map(party -> WorkTerms.of(party, kind, filters))
                        .distinct()
                        .toList()));
        String status = filters.get(Filter.STATUS);
        // Named one by one, each status is read in order and they are merged: nothing is sorted.
        all.add(status == null ? in("status", kind.statuses()) : eq("status", status));
        if (from != null) {
            all.add(gte("when", Date.from(from)));
        }
        if (until != null) {
            all.add(lt("when", Date.from(until)));
        }
        all.add(in("parties", parties));
        all.add(eq("kinds", kind.name()));
        filters.forEach((filter, value) -> {
            if (filter != Filter.STATUS) {
                all.add(eq(WorkRow.field(filter), value));
            }
        });
        return and(all);
    }
}
