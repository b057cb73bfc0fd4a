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
 * that one index serves them all, each sorted. Where no number is kept for a combination, the one for its most telling part
 * finds little more. Two combinations may share a number, so whoever reads compares the fields too.
 */
final class WorkTerms {

    /** Which filters leave most rows out, the least telling first. */
    private static final List<Filter> LEAST_TELLING_FIRST =
            List.of(Filter.STATUS, Filter.TEMPLATE, Filter.ROLE, Filter.COMMUNE, Filter.STRUCTURE, Filter.PERSON);

    /** Values that many rows share. */
    private static final Set<Filter> COMMON = EnumSet.of(Filter.TEMPLATE, Filter.ROLE, Filter.STATUS);

    /** Filters that have numbers of their own in the lists of each capacity. */
    private static final Map<String, Set<Filter>> ALONE = Map.of(
            "own",
            EnumSet.of(Filter.TEMPLATE, Filter.COMMUNE, Filter.STATUS, Filter.STRUCTURE, Filter.PERSON),
            "hold",
            EnumSet.of(Filter.STATUS, Filter.PERSON),
            "diary",
            EnumSet.of(Filter.PERSON),
            "all",
            EnumSet.of(Filter.TEMPLATE, Filter.COMMUNE, Filter.STRUCTURE));

    private WorkTerms() {}

    /** The number under which the rows of a list with those filters are found. */
    static int of(String party, Kind kind, Map<Filter, String> filters) {
        Map<Filter, String> telling = new EnumMap<>(Filter.class);
        telling.putAll(filters);
        telling.values().removeIf(value -> isOfParty(party, value));
        if (telling.containsKey(Filter.PERSON)) {
            // A person works in one structure or two.
            telling.remove(Filter.STRUCTURE);
        }
        for (Filter least : LEAST_TELLING_FIRST) {
            if (!isKept(party, telling.keySet())) {
                telling.remove(least);
            }
        }
        return number(party, kind.within(), telling);
    }

    /** All numbers of a row. */
    static List<Integer> of(WorkRow row) {
        Set<Kind> lists = EnumSet.noneOf(Kind.class);
        row.kinds().forEach(kind -> lists.add(kind.within()));
        Set<Integer> terms = new LinkedHashSet<>();
        for (Kind list : lists) {
            for (String party : row.parties()) {
                if (list == Kind.OPEN || !(WorkParty.isDiary(party) || party.equals(WorkParty.ALL))) {
                    combinations(row, list, party).forEach(kept -> terms.add(number(party, list, kept)));
                }
            }
        }
        return List.copyOf(terms);
    }

    private static List<Map<Filter, String>> combinations(WorkRow row, Kind list, String party) {
        List<Map<Filter, String>> all = new ArrayList<>();
        all.add(new EnumMap<>(Filter.class));
        for (Filter filter : list.filters()) {
            String value = row.value(filter).orElse(null);
            if (value == null || isOfParty(party, value)) {
                continue;
            }
            for (Map<Filter, String> fewer : List.copyOf(all)) {
                Map<Filter, String> more = new EnumMap<>(Filter.class);
                more.putAll(fewer);
                more.put(filter, value);
                if (isKept(party, more.keySet())) {
                    all.add(more);
                }
            }
        }
        return all;
    }

    /**
     * Those who watch see a territory's pathways: of what leaves many rows, each combination is kept. Everybody else's list is
     * short enough to look through what one filter leaves.
     */
    private static boolean isKept(String party, Set<Filter> filters) {
        if (filters.isEmpty()) {
            return true;
        }
        if (WorkParty.isWatch(party)) {
            return COMMON.containsAll(filters)
                    || filters.size() == 1
                    || filters.equals(EnumSet.of(Filter.COMMUNE, Filter.TEMPLATE))
                    || filters.equals(EnumSet.of(Filter.COMMUNE, Filter.ROLE));
        }
        return filters.size() == 1
                && ALONE.getOrDefault(WorkParty.capacity(party), Set.of()).containsAll(filters);
    }

    /** Whether every row of a person's own list has that value anyway. */
    private static boolean isOfParty(String party, String value) {
        return party.equals(WorkParty.hold(value));
    }

    private static int number(String party, Kind list, Map<Filter, String> filters) {
        StringBuilder text = new StringBuilder(party).append('|').append(list.name());
        filters.forEach((filter, value) ->
                text.append('|').append(filter.name()).append('=').append(value));
        CRC32C sum = new CRC32C();
        sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue();
    }
}
