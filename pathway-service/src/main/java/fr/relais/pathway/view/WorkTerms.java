package fr.relais.pathway.view;

import fr.relais.pathway.view.WorkRow.Filter;
import fr.relais.pathway.view.WorkRow.Kind;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * What a row of lists is found by. One number stands for one list of one party together with some of the filters, so that
 * one index serves them all, each sorted; the status comes after it in that index. Where no number is kept for what is asked,
 * the one for its most telling part finds little more. Two lists may share a number, so whoever reads compares the fields
 * too.
 */
final class WorkTerms {

    /** Those whose lists are a territory's: each filter, and each pair that leaves much less than one of the two. */
    private static final List<Set<Filter>> WATCHED = List.of(
            EnumSet.noneOf(Filter.class),
            EnumSet.of(Filter.TEMPLATE),
            EnumSet.of(Filter.ROLE),
            EnumSet.of(Filter.COMMUNE),
            EnumSet.of(Filter.STRUCTURE),
            EnumSet.of(Filter.TEMPLATE, Filter.COMMUNE),
            EnumSet.of(Filter.TEMPLATE, Filter.STRUCTURE),
            EnumSet.of(Filter.ROLE, Filter.COMMUNE),
            EnumSet.of(Filter.COMMUNE, Filter.STRUCTURE));

    /** Those who opened them, and everybody's together. */
    private static final List<Set<Filter>> OWN = List.of(
            EnumSet.noneOf(Filter.class),
            EnumSet.of(Filter.TEMPLATE),
            EnumSet.of(Filter.COMMUNE),
            EnumSet.of(Filter.STRUCTURE));

    /** A person's, a team's: short enough to be looked through. */
    private static final List<Set<Filter>> SHORT = List.of(EnumSet.noneOf(Filter.class));

    private static final List<Filter> LEAST_TELLING_FIRST =
            List.of(Filter.ROLE, Filter.TEMPLATE, Filter.COMMUNE, Filter.STRUCTURE);

    private WorkTerms() {}

    /** The number under which the rows of a list with those filters are found. */
    static int of(String party, Kind kind, Map<Filter, String> filters) {
        String person = filters.get(Filter.PERSON);
        if (person != null) {
            // Nobody has so much that it could not be looked through.
            return number(WorkParty.hold(person), kind.within(), Set.of(), filters);
        }
        Set<Filter> telling = EnumSet.noneOf(Filter.class);
        telling.addAll(filters.keySet());
        telling.remove(Filter.STATUS);
        for (Filter least : LEAST_TELLING_FIRST) {
            if (!kept(party).contains(telling)) {
                telling.remove(least);
            }
        }
        return number(party, kind.within(), telling, filters);
    }

    /** All numbers of a row. */
    static List<Integer> of(WorkRow row) {
        Set<String> parties = new LinkedHashSet<>(row.parties());
        if (WorkParty.isPerson(row.responsible())) {
            parties.add(WorkParty.hold(row.responsible()));
        }
        Set<Kind> lists = EnumSet.noneOf(Kind.class);
        row.kinds().forEach(kind -> lists.add(kind.within()));
        Set<Integer> terms = new LinkedHashSet<>();
        for (Kind list : lists) {
            Map<Filter, String> values = row.values(list);
            for (String party : parties) {
                if (list != Kind.OPEN && WorkParty.isOfOpenSteps(party)) {
                    continue;
                }
                for (Set<Filter> filters : kept(party)) {
                    if (values.keySet().containsAll(filters)) {
                        terms.add(number(party, list, filters, values));
                    }
                }
            }
        }
        return List.copyOf(terms);
    }

    private static List<Set<Filter>> kept(String party) {
        if (WorkParty.isWatch(party)) {
            return WATCHED;
        }
        return WorkParty.isOwn(party) || party.equals(WorkParty.ALL) ? OWN : SHORT;
    }

    private static int number(String party, Kind list, Set<Filter> filters, Map<Filter, String> values) {
        StringBuilder text = new StringBuilder(party).append('|').append(list.name());
        filters.forEach(
                filter -> text.append('|').append(filter.name()).append('=').append(values.get(filter)));
        CRC32C sum = new CRC32C();
        sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue();
    }
}
