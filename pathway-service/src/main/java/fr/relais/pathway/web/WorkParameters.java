package fr.relais.pathway.web;

import fr.relais.events.Party;
import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.ProblemException;
import fr.relais.kit.problem.Problems;
import fr.relais.pathway.view.WorkQuery;
import fr.relais.pathway.view.WorkRow;
import fr.relais.pathway.view.WorkRow.Filter;
import fr.relais.pathway.view.WorkRow.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which list is asked for, from query parameters.
 *
 * @param kind kind of list; {@code open} where it is left out
 * @param template key of the template
 * @param commune INSEE code (COG) of where care is given
 * @param role role of the template
 * @param status where the step or pathway stands
 * @param person RPPS number of the person who answers for it
 * @param structure FINESS number of the structure that answers for it
 * @param from not before, by what the list is sorted by
 * @param until before
 * @param within for {@code due-soon}: due within, as {@code PT24H}; at most 31 days
 * @param order {@code pressing}, or {@code newest} for the last first
 */
record WorkParameters(
        @Nullable String kind,
        @Nullable String template,
        @Nullable String commune,
        @Nullable String role,
        @Nullable String status,
        @Nullable String person,
        @Nullable String structure,
        @Nullable String from,
        @Nullable String until,
        @Nullable String within,
        @Nullable String order) {

    static final Duration SOON = Duration.ofHours(24);
    private static final Duration FARTHEST = Duration.ofDays(31);

    WorkQuery query(Set<String> parties, Instant now) {
        Kind list = kind(kind);
        Map<Filter, String> filters = filters();
        if (!list.filters().containsAll(filters.keySet())) {
            throw Problems.of(Problem.of(
                            400,
                            "filter-not-here",
                            "This kind of list can be narrowed by those listed, by nothing else.")
                    .with(
                            "filters",
                            list.filters().stream()
                                    .map(WorkParameters::word)
                                    .sorted()
                                    .toList()));
        }
        if (order != null && !Set.of("pressing", "newest").contains(order)) {
            throw Problems.badRequest("order-unknown", "order is pressing or newest.");
        }
        Instant after = instant(from);
        Instant before = instant(until);
        if (list == Kind.DUE_SOON) {
            after = now;
            before = now.plus(soon(within));
        }
        if (list == Kind.ESCALATED) {
            // Late steps stand in one list: those that cannot be escalated yet need not be looked at.
            Instant latest = now.minus(WorkRow.ESCALATED_AFTER);
            before = before == null || before.isAfter(latest) ? latest : before;
        }
        return new WorkQuery(parties, list, filters, after, before, "newest".equals(order));
    }

    private Map<Filter, String> filters() {
        Map<Filter, String> filters = new EnumMap<>(Filter.class);
        put(filters, Filter.TEMPLATE, template);
        put(filters, Filter.COMMUNE, commune);
        put(filters, Filter.ROLE, role);
        put(filters, Filter.STATUS, status);
        put(
                filters,
                Filter.PERSON,
                person == null || person.isBlank() ? null : Party.person(person).key());
        put(filters, Filter.STRUCTURE, structure);
        return filters;
    }

    private static void put(Map<Filter, String> filters, Filter filter, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            filters.put(filter, value);
        }
    }

    /** How soon is soon. */
    static Duration soon(@Nullable String text) {
        try {
            Duration asked = text == null ? SOON : Duration.parse(text);
            if (asked.isPositive() && asked.compareTo(FARTHEST) <= 0) {
                return asked;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw Problems.badRequest("within-unreadable", "within is a duration of at most 31 days, as PT24H or P7D.");
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw Problems.badRequest("time-unreadable", "from and until are times as 2026-11-02T08:00:00Z.");
        }
    }

    private static Kind kind(@Nullable String word) {
        if (word == null) {
            return Kind.OPEN;
        }
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(WorkParameters::kindUnknown);
    }

    private static ProblemException kindUnknown() {
        List<String> kinds = Arrays.stream(Kind.values()).map(Kind::word).toList();
        return Problems.badRequest("kind-unknown", "kind is one of " + kinds + ".");
    }

    private static String word(Filter filter) {
        return filter.name().toLowerCase(Locale.ROOT);
    }
}
