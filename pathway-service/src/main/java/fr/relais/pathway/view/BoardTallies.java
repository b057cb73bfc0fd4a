package fr.relais.pathway.view;

import fr.relais.kit.view.Buckets;
import fr.relais.kit.view.Share;
import fr.relais.pathway.view.PathwayView.Status;
import fr.relais.pathway.view.PathwayView.StepView;
import fr.relais.pathway.view.WorkRow.Filter;
import fr.relais.pathway.view.WorkRow.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a pathway adds to the counters of boards. A board is that of those who watch, that of whoever opened, or that of all;
 * a counter stands in its totals, under each template, structure and commune, and under each template together with a structure
 * or a commune.
 */
final class BoardTallies {

    /** Days are those of the people who work: PAM-FR and the templates count them in this zone. */
    static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    /** Time from offer to acceptance, in hours. */
    static final Buckets HOURS_TO_ACCEPT = Buckets.of("hoursToAccept", 1, 2, 4, 8, 12, 24, 48, 72, 168);

    /** Time from discharge to a step's being done, in days begun. */
    static final Buckets DAYS_TO_DO = Buckets.of("daysToDo", 1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60, 90);

    /** People are not counted one by one but in so many drawers: as many drawers as are used, there are people at least. */
    static final int DRAWERS = 1024;

    static final String DONE_BY = "doneBy";
    static final String ACCEPTED_BY = "acceptedBy";

    private static final List<Filter> DIMENSIONS = List.of(Filter.TEMPLATE, Filter.COMMUNE, Filter.STRUCTURE);
    private static final long MILLIS_OF_A_DAY = Duration.ofDays(1).toMillis();

    private BoardTallies() {}

    // ---- keys

    static String totals(String board) {
        return board;
    }

    /** Prefix of the tallies of a board under each value of a dimension, within another value where one is given. */
    static String by(String board, @Nullable Filter within, @Nullable String value, Filter dimension) {
        return within(board, within, value) + "/by-" + word(dimension) + "/";
    }

    /** Whether something is counted under two dimensions at once. */
    static boolean isPair(Filter one, Filter other) {
        return one != other && (one == Filter.TEMPLATE || other == Filter.TEMPLATE);
    }

    static String day(String board, @Nullable Filter within, @Nullable String value, LocalDate day) {
        return within(board, within, value) + "/day/" + day;
    }

    private static String within(String board, @Nullable Filter filter, @Nullable String value) {
        return filter == null ? board : board + "/" + word(filter) + ":" + value;
    }

    /** Prefix of the tallies of steps of templates. */
    static String steps(String board) {
        return board + "/step/";
    }

    static String step(String board, String template, String step) {
        return steps(board) + template + "/" + step;
    }

    /** Prefix of the professions there are. */
    static String professions(String board) {
        return board + "/by-profession/";
    }

    static String weekOfStructure(String board, String structure, String week) {
        return board + "/week-of-structure/" + structure + "/" + week;
    }

    static String weekOfProfession(String board, String profession, String week) {
        return board + "/week-of-profession/" + profession + "/" + week;
    }

    /** The week of a day, as {@code 2026-W47}. */
    static String week(LocalDate day) {
        return "%d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    static String word(Filter dimension) {
        return WorkRow.field(dimension);
    }

    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZONE);
    }

    // ---- shares

    static List<Share> of(PathwayView view) {
        List<Share> shares = new ArrayList<>();
        Map<Filter, String> pathway = new EnumMap<>(Filter.class);
        pathway.put(Filter.TEMPLATE, view.template());
        pathway.put(Filter.COMMUNE, view.commune());
        String owner = WorkRows.structure(view.owner(), null);
        if (owner != null) {
            pathway.put(Filter.STRUCTURE, owner);
        }
        Set<String> boards = Set.of(WorkParty.watch(view.coordinator()), WorkParty.own(view.owner()), WorkParty.ALL);
        for (String board : boards) {
            if (view.status() != Status.CLOSED) {
                count(shares, board, pathway, "openPathways");
                if (view.attention() != null) {
                    count(shares, board, pathway, "attention");
                }
            }
            countOnDay(shares, board, pathway, view.openedAt(), "opened");
            Instant closedAt = view.closedAt();
            if (view.status() == Status.CLOSED && closedAt != null) {
                countOnDay(shares, board, pathway, closedAt, "closed");
            }
            for (StepView step : view.steps()) {
                step(shares, board, view, step);
            }
            for (HandoffRow handoff : view.handoffs()) {
                answer(shares, board, handoff);
            }
        }
        return shares;
    }

    private static void step(List<Share> shares, String board, PathwayView view, StepView step) {
        HandoffRow held = WorkRows.held(view, step);
        String structure = WorkRows.structure(step.responsible(), held);
        Map<Filter, String> values = new EnumMap<>(Filter.class);
        values.put(Filter.TEMPLATE, view.template());
        values.put(Filter.COMMUNE, view.commune());
        if (structure != null) {
            values.put(Filter.STRUCTURE, structure);
        }
        String key = step(board, view.template(), step.key());
        for (Kind kind : WorkRows.kinds(view, step)) {
            String counter = counter(kind);
            if (counter != null) {
                count(shares, board, values, counter);
                shares.add(Share.one(key, counter));
            }
        }
        Instant doneAt = step.doneAt();
        if (!step.done() || doneAt == null) {
            return;
        }
        String doneBy = step.doneBy() == null ? null : drawer(DONE_BY, step.doneBy());
        Instant discharge = view.dischargedAt();
        shares.add(Share.one(key, "finished"));
        if (doneBy != null) {
            shares.add(Share.one(key, doneBy));
        }
        if (discharge != null && !doneAt.isBefore(discharge)) {
            shares.add(DAYS_TO_DO.share(key, daysBegun(discharge, doneAt)));
        }
        Instant dueAt = step.dueAt();
        if (dueAt == null) {
            return;
        }
        List<String> keys = new ArrayList<>(List.of(key, day(board, null, null, day(doneAt))));
        keys.addAll(weeks(board, structure, step.profession(), doneAt));
        for (String each : keys) {
            shares.add(Share.one(each, "done"));
            if (!doneAt.isAfter(dueAt)) {
                shares.add(Share.one(each, "doneOnTime"));
            }
            if (doneBy != null && !each.equals(key)) {
                shares.add(Share.one(each, doneBy));
            }
        }
    }

    private static long daysBegun(Instant from, Instant to) {
        return Math.ceilDiv(Duration.between(from, to).toMillis(), MILLIS_OF_A_DAY);
    }

    /** The counter of a kind of list of steps; null where there is none, as for those that change with the clock. */
    private static @Nullable String counter(Kind kind) {
        return switch (kind) {
            case OPEN -> "openSteps";
            case LATE -> "late";
            case UNASSIGNED -> "unassigned";
            case ESCALATED -> "escalated";
            case PROBABLY_DONE -> "probablyDone";
            case ATTENTION -> "attention";
            case DUE_SOON, PATHWAYS, OPENED, CLOSED -> null;
        };
    }

    private static void answer(List<Share> shares, String board, HandoffRow handoff) {
        switch (handoff.status()) {
            case ACCEPTED, COMPLETED, PASSED_ON, FAILED -> accepted(shares, board, handoff);
            case DECLINED -> shares.add(Share.one(day(board, null, null, day(handoff.when())), "declined"));
            case EXPIRED -> shares.add(Share.one(day(board, null, null, day(handoff.when())), "expired"));
            case OFFERED, WITHDRAWN -> {}
        }
    }

    private static void accepted(List<Share> shares, String board, HandoffRow handoff) {
        Instant acceptedAt = handoff.acceptedAt();
        String by = handoff.by();
        if (acceptedAt == null || by == null) {
            return;
        }
        String structure = WorkRows.structureOf(handoff);
        long hours = Math.max(
                0,
                Duration.between(handoff.offeredAt(), acceptedAt)
                        .plusHours(1)
                        .minusNanos(1)
                        .toHours());
        shares.add(Share.one(day(board, null, null, day(acceptedAt)), "accepted"));
        shares.add(Share.one(professions(board) + handoff.profession(), "accepted"));
        List<String> keys = new ArrayList<>(weeks(board, structure, handoff.profession(), acceptedAt));
        if (structure != null) {
            keys.add(by(board, null, null, Filter.STRUCTURE) + structure);
        }
        for (String key : keys) {
            shares.add(Share.one(key, "accepted"));
            shares.add(Share.one(key, drawer(ACCEPTED_BY, by)));
            shares.add(HOURS_TO_ACCEPT.share(key, hours));
        }
    }

    private static List<String> weeks(String board, @Nullable String structure, String profession, Instant at) {
        String week = week(day(at));
        String ofProfession = weekOfProfession(board, profession, week);
        return structure == null
                ? List.of(ofProfession)
                : List.of(ofProfession, weekOfStructure(board, structure, week));
    }

    private static void count(List<Share> shares, String board, Map<Filter, String> values, String counter) {
        shares.add(Share.one(totals(board), counter));
        values.forEach((dimension, value) -> {
            shares.add(Share.one(by(board, null, null, dimension) + value, counter));
            if (board.equals(WorkParty.ALL)) {
                return;
            }
            values.forEach((other, otherValue) -> {
                if (isPair(dimension, other)) {
                    shares.add(Share.one(by(board, dimension, value, other) + otherValue, counter));
                }
            });
        });
    }

    private static void countOnDay(
            List<Share> shares, String board, Map<Filter, String> values, Instant at, String counter) {
        LocalDate day = day(at);
        shares.add(Share.one(day(board, null, null, day), counter));
        for (Filter dimension : DIMENSIONS) {
            String value = values.get(dimension);
            if (value != null && !board.equals(WorkParty.ALL)) {
                shares.add(Share.one(day(board, dimension, value, day), counter));
            }
        }
    }

    private static String drawer(String what, String person) {
        CRC32C sum = new CRC32C();
        sum.update(person.getBytes(StandardCharsets.UTF_8));
        return what + sum.getValue() % DRAWERS;
    }
}
