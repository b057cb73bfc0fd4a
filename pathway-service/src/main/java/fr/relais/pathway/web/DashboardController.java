package fr.relais.pathway.web;

import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.ProblemException;
import fr.relais.kit.problem.Problems;
import fr.relais.pathway.view.Boards;
import fr.relais.pathway.view.Boards.Cell;
import fr.relais.pathway.view.Boards.Day;
import fr.relais.pathway.view.Boards.Series;
import fr.relais.pathway.view.Boards.StepFigures;
import fr.relais.pathway.view.Boards.Timing;
import fr.relais.pathway.view.WorkParty;
import fr.relais.pathway.view.WorkRow.Filter;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The counters of a board: for a coordinator those of what their structure watches, for a ward those of what it opened, for
 * an operator those of all. Late and probably done are never added up; nobody's times are shown where fewer than five
 * handoffs or three people stand behind them.
 */
@RestController
@RequestMapping("/api/v1/dashboard")
class DashboardController {

    private static final int MOST_DAYS = 92;
    private static final int MOST_WEEKS = 26;

    private final Boards boards;
    private final Clock clock;

    DashboardController(Boards boards, Clock clock) {
        this.boards = boards;
        this.clock = clock;
    }

    /**
     * How things stand.
     *
     * @param at when these numbers were read
     * @param dueSoonUpTo so many steps are counted at most that are due soon; {@code moreDueSoon} says that there are more
     * @param opened pathways opened today (Europe/Paris); null where the number is hidden, and on a board narrowed by two
     * @param closed pathways closed today, likewise
     */
    record Dashboard(
            Instant at,
            SmallCells.Shown counters,
            int dueSoonUpTo,
            @Nullable Long opened,
            @Nullable Long closed) {}

    /** How things stand under one template, commune or structure. */
    record Row(
            String key, SmallCells.Shown counters, @Nullable Timing hoursToAccept) {}

    /**
     * How things stand now; narrowed by template, commune or structure, or by template and one of the others. The board of
     * all is narrowed by one, or to that of the collective (the FINESS number of the structure whose coordinators watch).
     * What stands under a person, a role or a status, the worklist says.
     */
    @GetMapping
    Dashboard dashboard(
            @RequestParam(required = false) @Nullable String template,
            @RequestParam(required = false) @Nullable String commune,
            @RequestParam(required = false) @Nullable String structure,
            @RequestParam(required = false) @Nullable String collective,
            @RequestParam(required = false) @Nullable String within,
            Caller caller) {
        String board = board(collective, caller);
        Map<Filter, String> narrowed = narrowed(template, commune, structure);
        if (!Boards.counts(board, narrowed.keySet())) {
            throw tooMany();
        }
        Instant now = clock.instant();
        Boards.Counters counters = boards.now(board, narrowed, now, WorkParameters.soon(within));
        boolean small = narrowed.containsKey(Filter.COMMUNE) && !inCircle(caller);
        boolean known = board.equals(WorkParty.ALL) ? narrowed.isEmpty() : narrowed.size() < Boards.MOST_NARROWED;
        Day today = known ? boards.days(board, narrowed, Boards.today(now), 1).getFirst() : null;
        return new Dashboard(
                now,
                small ? SmallCells.hide(counters) : SmallCells.open(counters),
                Boards.MOST_DUE_SOON,
                today == null || (small && isSmall(today.opened())) ? null : (Long) today.opened(),
                today == null || (small && isSmall(today.closed())) ? null : (Long) today.closed());
    }

    /**
     * The same under each template, commune or structure; templates narrowed by commune or structure, and these by template.
     *
     * @param by {@code templates}, {@code communes} or {@code structures}
     */
    @GetMapping("/by/{by}")
    Page<Row> by(
            @PathVariable String by,
            @RequestParam(required = false) @Nullable String template,
            @RequestParam(required = false) @Nullable String commune,
            @RequestParam(required = false) @Nullable String structure,
            @RequestParam(required = false) @Nullable String collective,
            @RequestParam(required = false) @Nullable String within,
            Paging paging,
            Caller caller) {
        String board = board(collective, caller);
        Filter dimension = switch (by) {
            case "templates" -> Filter.TEMPLATE;
            case "communes" -> Filter.COMMUNE;
            case "structures" -> Filter.STRUCTURE;
            default ->
                throw Problems.notFound("dashboard-not-found", "There is by/templates, by/communes and by/structures.");
        };
        Map<Filter, String> narrowed = narrowed(template, commune, structure);
        Set<Filter> together = EnumSet.of(dimension);
        together.addAll(narrowed.keySet());
        if (narrowed.containsKey(dimension) || !Boards.counts(board, together)) {
            throw Problems.badRequest(
                    "filter-not-here", "These rows cannot be narrowed by that: leave it out, or narrow by another.");
        }
        Page<Cell> cells = boards.by(board, dimension, narrowed, clock.instant(), WorkParameters.soon(within), paging);
        boolean small = together.contains(Filter.COMMUNE) && !inCircle(caller);
        List<SmallCells.Shown> shown = small
                ? SmallCells.hide(cells.items().stream().map(Cell::counters).toList())
                : cells.items().stream()
                        .map(Cell::counters)
                        .map(SmallCells::open)
                        .toList();
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < shown.size(); row++) {
            Cell cell = cells.items().get(row);
            rows.add(new Row(cell.key(), shown.get(row), cell.hoursToAccept()));
        }
        return new Page<>(rows, cells.next());
    }

    /** How each step of each template goes: done on time, and how long after discharge. */
    @GetMapping("/steps")
    List<StepFigures> steps(@RequestParam(required = false) @Nullable String collective, Caller caller) {
        return boards.steps(board(collective, caller));
    }

    /** What happened on each of the last days, the oldest first. */
    @GetMapping("/days")
    List<Day> days(
            @RequestParam(defaultValue = "28") int days,
            @RequestParam(required = false) @Nullable String collective,
            Caller caller) {
        if (days < 1 || days > MOST_DAYS) {
            throw Problems.badRequest("days-unreadable", "days is a number from 1 to " + MOST_DAYS + ".");
        }
        return boards.days(board(collective, caller), Map.of(), Boards.today(clock.instant()), days);
    }

    /**
     * What happened in each of the last weeks, the oldest first, of each structure or profession.
     *
     * @param by {@code structures} or {@code professions}
     */
    @GetMapping("/weeks/{by}")
    Page<Series> weeks(
            @PathVariable String by,
            @RequestParam(defaultValue = "8") int weeks,
            @RequestParam(required = false) @Nullable String collective,
            Paging paging,
            Caller caller) {
        String board = board(collective, caller);
        if (weeks < 1 || weeks > MOST_WEEKS) {
            throw Problems.badRequest("weeks-unreadable", "weeks is a number from 1 to " + MOST_WEEKS + ".");
        }
        var today = Boards.today(clock.instant());
        return switch (by) {
            case "structures" -> boards.weeksOfStructures(board, today, weeks, paging);
            case "professions" -> boards.weeksOfProfessions(board, today, weeks, paging);
            default ->
                throw Problems.notFound("dashboard-not-found", "There is weeks/structures and weeks/professions.");
        };
    }

    /** The board of all can be narrowed to what one collective watches over; everybody else's is within one already. */
    private static String board(@Nullable String collective, Caller caller) {
        String board = board(caller);
        if (collective == null || collective.isBlank()) {
            return board;
        }
        String watched = WorkParty.watch(Party.structure(collective).key());
        if (board.equals(WorkParty.ALL) || board.equals(watched)) {
            return watched;
        }
        throw Problems.badRequest(
                "collective-not-here",
                "collective narrows the counters of those who look at all; leave it out to see your own board.");
    }

    private static String board(Caller caller) {
        caller.require(Role.COORDINATOR, Role.WARD, Role.OPERATOR);
        String structure = caller.structure();
        if (structure != null && caller.has(Role.COORDINATOR)) {
            return WorkParty.watch(Party.structure(structure).key());
        }
        if (structure != null && caller.has(Role.WARD)) {
            return WorkParty.own(Party.structure(structure).key());
        }
        if (caller.has(Role.OPERATOR)) {
            return WorkParty.ALL;
        }
        // Whoever works in several structures is told to say for which of them they look.
        caller.actor();
        throw Problems.notFound("dashboard-not-found", "You act for no structure: there is no board of yours.");
    }

    /** A ward knows whom it sent home. */
    private static boolean inCircle(Caller caller) {
        return caller.has(Role.WARD) && !caller.has(Role.COORDINATOR);
    }

    private static boolean isSmall(long number) {
        return number > 0 && number < SmallCells.FEWEST;
    }

    private static Map<Filter, String> narrowed(
            @Nullable String template, @Nullable String commune, @Nullable String structure) {
        Map<Filter, String> all = new EnumMap<>(Filter.class);
        if (template != null) {
            all.put(Filter.TEMPLATE, template);
        }
        if (commune != null) {
            all.put(Filter.COMMUNE, commune);
        }
        if (structure != null) {
            all.put(Filter.STRUCTURE, structure);
        }
        return all;
    }

    private static ProblemException tooMany() {
        return Problems.badRequest(
                "too-many-filters",
                "Counters are narrowed by one of template, commune and structure, or by template and one of the others;"
                        + " those of all by one. The worklist takes every combination.");
    }
}
