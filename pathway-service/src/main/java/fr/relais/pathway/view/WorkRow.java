package fr.relais.pathway.view;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A step of a pathway, or a pathway, as it stands in lists. It is in every list of {@link #kinds} of each of {@link
 * #parties}; once it is in none, it is found no more.
 *
 * @param parties in whose lists, as {@link WorkParty} writes them
 * @param kinds in which lists
 * @param terms what it is found by: a number for each list together with each combination of filters that finds it there;
 *     null while it is in no list, and where nobody looks for it
 * @param when what lists are sorted by: for a step when it is due, or since when it waits while no delay runs; for a pathway
 *     when it was opened or closed
 * @param since since when it is as it is
 * @param step null for what concerns the whole pathway
 * @param status of a step: {@code waiting}, {@code offered}, {@code unassigned}, {@code accepted}; or that of the pathway;
 *     in a list only those that its kind says
 * @param responsible key of who answers for it
 * @param structure FINESS number of the structure that answers for it, or that of the person who does
 * @param handoff under which somebody has the step
 * @param level how far it was escalated
 * @param why plain words, where somebody is asked to look
 * @param reportedBy key of who says that it was done, where it is probably done
 * @param unansweredWeeks how many weeks in a row nobody answered for
 * @param restsUntil until when nobody need look, because {@code calledBy} called and will call again
 * @param appointment of whoever has the step
 */
public record WorkRow(
        String id,
        String pathway,
        String patient,
        List<String> parties,
        List<Kind> kinds,
        @Nullable List<Integer> terms,
        Instant when,
        Instant since,
        String template,
        String commune,
        @Nullable String step,
        @Nullable String role,
        @Nullable String profession,
        String status,
        String responsible,
        @Nullable String structure,
        @Nullable String handoff,
        @Nullable Instant dueAt,
        int level,
        @Nullable String unassigned,
        @Nullable String why,
        @Nullable String reportedBy,
        int unansweredWeeks,
        @Nullable Instant restsUntil,
        @Nullable String calledBy,
        HandoffRow.@Nullable Appointment appointment) {

    /** A step is escalated so long after it was due, and no sooner. */
    public static final Duration ESCALATED_AFTER = Duration.ofHours(24);

    /** What a list may be narrowed by; the name in lower case is that of the query parameter. */
    public enum Filter {
        TEMPLATE,
        COMMUNE,
        ROLE,
        STATUS,
        /** Key of the person who answers for it. */
        PERSON,
        STRUCTURE
    }

    private static final List<String> OF_STEPS = List.of("waiting", "offered", "unassigned", "accepted");
    private static final List<String> OF_PATHWAYS_NOT_OVER = List.of("waiting-for-discharge", "running", "paused");
    private static final String OVER = "closed";

    /** Kinds of lists. */
    public enum Kind {
        /** Steps that are still to be done. */
        OPEN(EnumSet.allOf(Filter.class), OF_STEPS),
        /** Steps that are said to be late. */
        LATE(EnumSet.allOf(Filter.class), OF_STEPS),
        /** Steps whose delay runs and that nobody said to be late or done; which of them are due soon, a clock says. */
        DUE_SOON(EnumSet.allOf(Filter.class), OF_STEPS),
        /** Steps that nobody has and nobody is asked for. */
        UNASSIGNED(EnumSet.allOf(Filter.class), OF_STEPS),
        /** Late steps of which the next one up was told. */
        ESCALATED(EnumSet.allOf(Filter.class), OF_STEPS),
        /** Steps that others say were done; never counted as late. */
        PROBABLY_DONE(EnumSet.allOf(Filter.class), OF_STEPS),
        /** Pathways, and steps of silent weeks, that no rule acts upon. */
        ATTENTION(EnumSet.allOf(Filter.class), and(OF_STEPS, OF_PATHWAYS_NOT_OVER)),
        /** Pathways that are not over. */
        PATHWAYS(EnumSet.of(Filter.TEMPLATE, Filter.COMMUNE, Filter.STATUS), OF_PATHWAYS_NOT_OVER),
        /** All pathways, by when they were opened. */
        OPENED(EnumSet.of(Filter.TEMPLATE, Filter.COMMUNE), and(OF_PATHWAYS_NOT_OVER, List.of(OVER))),
        /** Pathways that are over, by when they were closed. */
        CLOSED(EnumSet.of(Filter.TEMPLATE, Filter.COMMUNE), List.of(OVER));

        private final EnumSet<Filter> filters;
        private final List<String> statuses;

        Kind(EnumSet<Filter> filters, List<String> statuses) {
            this.filters = filters;
            this.statuses = statuses;
        }

        /** The kind in whose list these rows are found, by their status or within a time. */
        Kind within() {
            return switch (this) {
                case DUE_SOON -> OPEN;
                case ESCALATED -> LATE;
                case PATHWAYS -> OPENED;
                case OPEN, LATE, UNASSIGNED, PROBABLY_DONE, ATTENTION, OPENED, CLOSED -> this;
            };
        }

        /** Every status that a row of this kind may have. */
        List<String> statuses() {
            return statuses;
        }

        /** What this kind of list may be narrowed by. */
        public Set<Filter> filters() {
            return EnumSet.copyOf(filters);
        }

        /** The word for it in addresses: {@code due-soon}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public WorkRow {
        parties = List.copyOf(parties);
        kinds = List.copyOf(kinds);
        terms = terms == null ? null : List.copyOf(terms);
    }

    private static List<String> and(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** The same, to be found in its lists. */
    WorkRow findable() {
        List<Integer> found = WorkTerms.of(this);
        return new WorkRow(
                id,
                pathway,
                patient,
                parties,
                kinds,
                found.isEmpty() ? null : found,
                when,
                since,
                template,
                commune,
                step,
                role,
                profession,
                status,
                responsible,
                structure,
                handoff,
                dueAt,
                level,
                unassigned,
                why,
                reportedBy,
                unansweredWeeks,
                restsUntil,
                calledBy,
                appointment);
    }

    /** What it says to the filters of a list, as far as it says anything. */
    Map<Filter, String> values(Kind list) {
        Map<Filter, String> values = new EnumMap<>(Filter.class);
        for (Filter filter : list.filters) {
            String value = switch (filter) {
                case TEMPLATE -> template;
                case COMMUNE -> commune;
                case ROLE -> role;
                case STATUS -> status;
                case PERSON -> responsible;
                case STRUCTURE -> structure;
            };
            if (value != null) {
                values.put(filter, value);
            }
        }
        return values;
    }

    /** The field behind a filter. */
    static String field(Filter filter) {
        return filter == Filter.PERSON ? "responsible" : filter.name().toLowerCase(Locale.ROOT);
    }
}
