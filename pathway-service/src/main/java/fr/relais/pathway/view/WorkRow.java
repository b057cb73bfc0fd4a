package fr.relais.pathway.view;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A step of a pathway, or a pathway, as it stands in lists. It is in every list of {@link #kinds} of each of {@link
 * #parties}; once it is in none, it is found no more.
 *
 * @param parties in whose lists, as {@link WorkParty} writes them
 * @param kinds in which lists
 * @param terms what it is found by: a number for each list together with each combination of filters that finds it there
 * @param when what lists are sorted by: for a step when it is due, or since when it waits while no delay runs; for a pathway
 *     when it was opened or closed
 * @param since since when it is as it is
 * @param step null for what concerns the whole pathway
 * @param status of a step: {@code waiting}, {@code offered}, {@code unassigned}, {@code accepted}; or that of the pathway
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
        List<Integer> terms,
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

    /** Kinds of lists. */
    public enum Kind {
        /** Steps that are still to be done. */
        OPEN(EnumSet.allOf(Filter.class)),
        /** Steps that are said to be late. */
        LATE(EnumSet.allOf(Filter.class)),
        /** Steps whose delay runs and that nobody said to be late or done; which of them are due soon, a clock says. */
        DUE_SOON(EnumSet.allOf(Filter.class)),
        /** Steps that nobody has and nobody is asked for. */
        UNASSIGNED(EnumSet.allOf(Filter.class)),
        /** Late steps of which the next one up was told. */
        ESCALATED(EnumSet.allOf(Filter.class)),
        /** Steps that others say were done; never counted as late. */
        PROBABLY_DONE(EnumSet.allOf(Filter.class)),
        /** Pathways, and steps of silent weeks, that no rule acts upon. */
        ATTENTION(EnumSet.allOf(Filter.class)),
        /** Pathways that are not over. */
        PATHWAYS(EnumSet.of(Filter.TEMPLATE, Filter.COMMUNE, Filter.STATUS)),
        /** All pathways, by when they were opened. */
        OPENED(EnumSet.of(Filter.TEMPLATE, Filter.COMMUNE)),
        /** Pathways that are over, by when they were closed. */
        CLOSED(EnumSet.of(Filter.TEMPLATE, Filter.COMMUNE));

        private final EnumSet<Filter> filters;

        Kind(EnumSet<Filter> filters) {
            this.filters = filters;
        }

        /** The kind in whose list these rows are found; there they come first, or within the time that is asked for. */
        Kind within() {
            return switch (this) {
                case DUE_SOON -> OPEN;
                case ESCALATED -> LATE;
                case OPEN, LATE, UNASSIGNED, PROBABLY_DONE, ATTENTION, PATHWAYS, OPENED, CLOSED -> this;
            };
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
        terms = List.copyOf(terms);
    }

    /** What it says to a filter, if anything. */
    Optional<String> value(Filter filter) {
        return Optional.ofNullable(
                switch (filter) {
                    case TEMPLATE -> template;
                    case COMMUNE -> commune;
                    case ROLE -> role;
                    case STATUS -> status;
                    case PERSON -> responsible;
                    case STRUCTURE -> structure;
                });
    }

    /** The field behind a filter. */
    static String field(Filter filter) {
        return filter == Filter.PERSON ? "responsible" : filter.name().toLowerCase(Locale.ROOT);
    }
}
