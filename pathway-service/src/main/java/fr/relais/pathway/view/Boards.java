package fr.relais.pathway.view;

import static fr.relais.pathway.view.BoardTallies.DAYS_TO_DO;
import static fr.relais.pathway.view.BoardTallies.HOURS_TO_ACCEPT;

import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.view.Buckets;
import fr.relais.kit.view.Histogram;
import fr.relais.kit.view.Tally;
import fr.relais.kit.view.TallyReader;
import fr.relais.kit.view.Views;
import fr.relais.pathway.view.WorkRow.Filter;
import fr.relais.pathway.view.WorkRow.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the counters of boards. Nothing here scans: each number is kept, but for those a clock changes, which are bounded. */
public final class Boards {

    /** Nobody's times are shown where fewer handoffs or people stand behind them. */
    private static final int FEWEST_HANDOFFS = 5;

    private static final int FEWEST_PEOPLE = 3;

    /** Up to so many steps are counted that are due soon. */
    public static final int MOST_DUE_SOON = 1000;

    /** By so many of template, commune and structure may a board be narrowed at once; by two, template is one of them. */
    public static final int MOST_NARROWED = 2;

    private static final int MOST_STEPS = 100;

    private final TallyReader tallies;
    private final PathwayViews views;

    public Boards(Views views, PathwayViews pathways) {
        this.tallies = views.reader(PathwayProjector.BOARDS);
        this.views = pathways;
    }

    /**
     * How things stand.
     *
     * @param dueSoon steps due within the time asked for, at most {@link #MOST_DUE_SOON}
     * @param moreDueSoon whether there are more of them
     */
    public record Counters(
            long openPathways,
            long openSteps,
            long late,
            long dueSoon,
            boolean moreDueSoon,
            long unassigned,
            long escalated,
            long probablyDone,
            long attention) {}

    /** How things stand under one value of a dimension, and how long it took to accept there. */
    public record Cell(
            String key, Counters counters, @Nullable Timing hoursToAccept) {}

    /**
     * How long it took; shown from five handoffs and three people up.
     *
     * @param count how many stand behind it
     * @param median in the unit of what is timed
     * @param p90 nine of ten took no longer
     */
    public record Timing(long count, double median, double p90) {}

    /**
     * How a step of a template goes.
     *
     * @param done those that had a delay and were done
     * @param daysToDo from discharge, days begun
     */
    public record StepFigures(
            String template,
            String step,
            long open,
            long late,
            long probablyDone,
            long done,
            long doneOnTime,
            @Nullable Timing daysToDo) {}

    /** What happened on a day. */
    public record Day(
            LocalDate day,
            long opened,
            long closed,
            long accepted,
            long declined,
            long expired,
            long done,
            long doneOnTime) {}

    /**
     * What happened in a week.
     *
     * @param week {@code 2026-W47}
     * @param accepted null where too few handoffs or people stand behind it
     * @param done null likewise
     * @param doneOnTime null likewise
     */
    public record Week(
            String week,
            @Nullable Long accepted,
            @Nullable Timing hoursToAccept,
            @Nullable Long done,
            @Nullable Long doneOnTime) {}

    /** The weeks of one structure or profession. */
    public record Series(String key, List<Week> weeks) {}

    /** Whether a board has counters under these, together. */
    public static boolean counts(String board, Set<Filter> together) {
        return switch (together.size()) {
            case 0, 1 -> true;
            case MOST_NARROWED -> !board.equals(WorkParty.ALL) && together.contains(Filter.TEMPLATE);
            default -> false;
        };
    }

    /**
     * How things stand now.
     *
     * @param narrowed template, commune, structure, as far as {@link #counts} says so
     */
    public Counters now(String board, Map<Filter, String> narrowed, Instant now, Duration soon) {
        return counters(tallies.of(key(board, narrowed)), board, narrowed, now, soon);
    }

    private static String key(String board, Map<Filter, String> narrowed) {
        if (!counts(board, narrowed.keySet())) {
            throw new IllegalArgumentException(board + " has no counters by " + narrowed.keySet());
        }
        String template = narrowed.get(Filter.TEMPLATE);
        Filter within = narrowed.size() == MOST_NARROWED ? Filter.TEMPLATE : null;
        return narrowed.entrySet().stream()
                .filter(one -> one.getKey() != within)
                .findFirst()
                .map(one ->
                        BoardTallies.by(board, within, within == null ? null : template, one.getKey()) + one.getValue())
                .orElse(BoardTallies.totals(board));
    }

    /**
     * How things stand under each value of a dimension, in the order of their keys.
     *
     * @param narrowed at most one other dimension, as far as {@link #counts} says so
     */
    public Page<Cell> by(
            String board, Filter dimension, Map<Filter, String> narrowed, Instant now, Duration soon, Paging paging) {
        Filter within = narrowed.keySet().stream().findFirst().orElse(null);
        String prefix = BoardTallies.by(board, within, within == null ? null : narrowed.get(within), dimension);
        return tallies.page(prefix, paging.after(), paging.limit()).map(tally -> {
            String key = tally.key().substring(prefix.length());
            Map<Filter, String> filters = new HashMap<>(narrowed);
            filters.put(dimension, key);
            return new Cell(
                    key,
                    counters(tally, board, filters, now, soon),
                    timing(tally, HOURS_TO_ACCEPT, BoardTallies.ACCEPTED_BY));
        });
    }

    private Counters counters(Tally tally, String board, Map<Filter, String> filters, Instant now, Duration soon) {
        // What is due soon changes with the clock: it is counted when asked for, and no further than anybody needs.
        long dueSoon = views.count(
                new WorkQuery(Set.of(board), Kind.DUE_SOON, filters, now, now.plus(soon), false), MOST_DUE_SOON + 1);
        return new Counters(
                tally.count("openPathways"),
                tally.count("openSteps"),
                tally.count("late"),
                Math.min(dueSoon, MOST_DUE_SOON),
                dueSoon > MOST_DUE_SOON,
                tally.count("unassigned"),
                tally.count("escalated"),
                tally.count("probablyDone"),
                tally.count("attention"));
    }

    /** How each step of each template goes. */
    public List<StepFigures> steps(String board) {
        String prefix = BoardTallies.steps(board);
        return tallies.page(prefix, null, MOST_STEPS).items().stream()
                .map(tally -> {
                    String key = tally.key().substring(prefix.length());
                    int slash = key.indexOf('/');
                    return new StepFigures(
                            key.substring(0, slash),
                            key.substring(slash + 1),
                            tally.count("openSteps"),
                            tally.count("late"),
                            tally.count("probablyDone"),
                            tally.count("done"),
                            tally.count("doneOnTime"),
                            timing(tally, DAYS_TO_DO, BoardTallies.DONE_BY));
                })
                .toList();
    }

    /** The day that somebody who works here calls today. */
    public static LocalDate today(Instant now) {
        return BoardTallies.day(now);
    }

    /**
     * What happened on each of the days that end with this one.
     *
     * @param narrowed at most one of template, commune and structure; none on the board of all
     */
    public List<Day> days(String board, Map<Filter, String> narrowed, LocalDate last, int count) {
        Filter within = narrowed.keySet().stream().findFirst().orElse(null);
        String value = within == null ? null : narrowed.get(within);
        Map<String, LocalDate> days = new LinkedHashMap<>();
        for (LocalDate day = last.minusDays(count - 1L); !day.isAfter(last); day = day.plusDays(1)) {
            days.put(BoardTallies.day(board, within, value, day), day);
        }
        Map<String, Tally> read = tallies.of(days.keySet());
        List<Day> all = new ArrayList<>();
        read.forEach((key, tally) -> all.add(new Day(
                days.getOrDefault(key, last),
                tally.count("opened"),
                tally.count("closed"),
                tally.count("accepted"),
                tally.count("declined"),
                tally.count("expired"),
                tally.count("done"),
                tally.count("doneOnTime"))));
        return all;
    }

    /** The weeks that end with that of this day, of each structure of a page. */
    public Page<Series> weeksOfStructures(String board, LocalDate last, int count, Paging paging) {
        return weeks(
                BoardTallies.by(board, null, null, Filter.STRUCTURE),
                last,
                count,
                paging,
                (structure, week) -> BoardTallies.weekOfStructure(board, structure, week));
    }

    /** The weeks that end with that of this day, of each profession. */
    public Page<Series> weeksOfProfessions(String board, LocalDate last, int count, Paging paging) {
        return weeks(
                BoardTallies.professions(board),
                last,
                count,
                paging,
                (profession, week) -> BoardTallies.weekOfProfession(board, profession, week));
    }

    private interface KeyOfWeek {
        String of(String value, String week);
    }

    private Page<Series> weeks(String prefix, LocalDate last, int count, Paging paging, KeyOfWeek key) {
        List<String> weeks = new ArrayList<>();
        for (int back = count - 1; back >= 0; back--) {
            weeks.add(BoardTallies.week(last.minusWeeks(back)));
        }
        Page<Tally> values = tallies.page(prefix, paging.after(), paging.limit());
        List<String> keys = new ArrayList<>();
        for (Tally value : values.items()) {
            weeks.forEach(week -> keys.add(key.of(value.key().substring(prefix.length()), week)));
        }
        Map<String, Tally> read = tallies.of(keys);
        return values.map(value -> {
            String of = value.key().substring(prefix.length());
            List<Week> series = new ArrayList<>();
            for (String week : weeks) {
                Tally tally = read.get(key.of(of, week));
                series.add(tally == null ? new Week(week, null, null, null, null) : week(week, tally));
            }
            return new Series(of, series);
        });
    }

    private static Week week(String week, Tally tally) {
        boolean done = enough(tally, tally.count("done"), BoardTallies.DONE_BY);
        boolean accepted = enough(tally, tally.count("accepted"), BoardTallies.ACCEPTED_BY);
        return new Week(
                week,
                accepted ? tally.count("accepted") : null,
                timing(tally, HOURS_TO_ACCEPT, BoardTallies.ACCEPTED_BY),
                done ? tally.count("done") : null,
                done ? tally.count("doneOnTime") : null);
    }

    private static @Nullable Timing timing(Tally tally, Buckets buckets, String drawers) {
        Histogram histogram = tally.histogram(buckets);
        OptionalDouble median = histogram.median();
        OptionalDouble p90 = histogram.quantile(0.9);
        return median.isEmpty() || p90.isEmpty() || !enough(tally, histogram.total(), drawers)
                ? null
                : new Timing(histogram.total(), median.getAsDouble(), p90.getAsDouble());
    }

    private static boolean enough(Tally tally, long handoffs, String drawers) {
        return handoffs >= FEWEST_HANDOFFS
                && tally.counters().keySet().stream()
                                .filter(counter -> counter.startsWith(drawers))
                                .count()
                        >= FEWEST_PEOPLE;
    }
}
