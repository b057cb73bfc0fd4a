package fr.relais.pathway.view;

import fr.relais.pathway.view.WorkRow.Filter;
import fr.relais.pathway.view.WorkRow.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * What a row of lists is found by. One number stands for one list of one party together with one combination of filters, so
 * that one index serves them all, each sorted. Two combinations may share a number: whoever reads compares the fields too.
 */
final class WorkTerms {

    private WorkTerms() {}

    /** The number of a list with those filters; a person's filter makes that of a structure superfluous. */
    static int of(String party, Kind kind, Map<Filter, String> filters) {
        StringBuilder text = new StringBuilder(party).append('|').append(kind.name());
        narrowing(party, filters)
                .forEach((filter, value) ->
                        text.append('|').append(filter.name()).append('=').append(value));
        CRC32C sum = new CRC32C();
        sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue();
    }

    /** All numbers of a row. */
    static List<Integer> of(WorkRow row) {
        Set<Integer> terms = new LinkedHashSet<>();
        for (Kind kind : row.kinds()) {
            for (String party : row.parties()) {
                if (lists(party, kind)) {
                    combinations(row, kind, party).forEach(combination -> terms.add(of(party, kind, combination)));
                }
            }
        }
        return List.copyOf(terms);
    }

    private static boolean lists(String party, Kind kind) {
        if (party.equals(WorkParty.ALL)) {
            return kind == Kind.DUE_SOON;
        }
        return kind == Kind.OPEN || !WorkParty.isDiary(party);
    }

    private static Set<Filter> filters(String party, Kind kind) {
        if (party.equals(WorkParty.ALL)) {
            return EnumSet.of(Filter.TEMPLATE, Filter.COMMUNE, Filter.STRUCTURE);
        }
        return WorkParty.isDiary(party) ? EnumSet.of(Filter.PERSON) : kind.filters();
    }

    private static List<Map<Filter, String>> combinations(WorkRow row, Kind kind, String party) {
        List<Map<Filter, String>> all = new ArrayList<>();
        all.add(new EnumMap<>(Filter.class));
        for (Filter filter : filters(party, kind)) {
            String value = row.value(filter).orElse(null);
            if (value == null || isOfParty(party, value)) {
                continue;
            }
            for (Map<Filter, String> fewer : List.copyOf(all)) {
                if (filter == Filter.STRUCTURE && fewer.containsKey(Filter.PERSON)) {
                    continue;
                }
                Map<Filter, String> more = new EnumMap<>(Filter.class);
                more.putAll(fewer);
                more.put(filter, value);
                all.add(more);
            }
        }
        return all;
    }

    private static Map<Filter, String> narrowing(String party, Map<Filter, String> filters) {
        Map<Filter, String> narrowing = new EnumMap<>(Filter.class);
        filters.forEach((filter, value) -> {
            boolean superfluous = isOfParty(party, value)
                    || (filter == Filter.STRUCTURE
                            && filters.containsKey(Filter.PERSON)
                            && !isOfParty(party, filters.get(Filter.PERSON)));
            if (!superfluous) {
                narrowing.put(filter, value);
            }
        });
        return narrowing;
    }

    /** Whether every row of a person's own list has that value anyway. */
    private static boolean isOfParty(String party, String value) {
        return party.equals(WorkParty.hold(value));
    }
}
