package fr.relais.pathway.web;

import fr.relais.pathway.view.Boards.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a small place that could point to one person are hidden from those outside the circle of care: those from 1 to
 * 4, and where only one number of a column is hidden the next smallest too, as it would follow from the sum.
 */
final class SmallCells {

    /** Numbers below this are hidden, but for nought. */
    static final int FEWEST = 5;

    private SmallCells() {}

    /**
     * Numbers as they may be shown; null where one is hidden.
     *
     * @param moreDueSoon whether more are due soon than were counted: {@code 1000+}
     * @param hidden whether any is
     */
    record Shown(
            @Nullable Long openPathways,
            @Nullable Long openSteps,
            @Nullable Long late,
            @Nullable Long dueSoon,
            boolean moreDueSoon,
            @Nullable Long unassigned,
            @Nullable Long escalated,
            @Nullable Long probablyDone,
            @Nullable Long attention,
            boolean hidden) {}

    /** All as they are. */
    static Shown open(Counters of) {
        return new Shown(
                of.openPathways(),
                of.openSteps(),
                of.late(),
                of.dueSoon(),
                of.moreDueSoon(),
                of.unassigned(),
                of.escalated(),
                of.probablyDone(),
                of.attention(),
                false);
    }

    /** One place alone. */
    static Shown hide(Counters of) {
        return shown(
                COLUMNS.stream()
                        .<@Nullable Long>map(
                                column -> small(column.applyAsLong(of)) ? null : (Long) column.applyAsLong(of))
                        .toList(),
                of);
    }

    private static final List<ToLongFunction<Counters>> COLUMNS = List.of(
            Counters::openPathways,
            Counters::openSteps,
            Counters::late,
            Counters::dueSoon,
            Counters::unassigned,
            Counters::escalated,
            Counters::probablyDone,
            Counters::attention);

    /** Places beside each other, whose sum may be known. */
    static List<Shown> hide(List<Counters> places) {
        List<List<@Nullable Long>> rows = new ArrayList<>();
        places.forEach(place -> rows.add(new ArrayList<>()));
        for (ToLongFunction<Counters> column : COLUMNS) {
            List<@Nullable Long> numbers =
                    column(places.stream().mapToLong(column).boxed().toList());
            for (int row = 0; row < rows.size(); row++) {
                rows.get(row).add(numbers.get(row));
            }
        }
        List<Shown> shown = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            shown.add(shown(rows.get(row), places.get(row)));
        }
        return shown;
    }

    private static List<@Nullable Long> column(List<Long> numbers) {
        List<@Nullable Long> shown = new ArrayList<>(numbers);
        int hidden = 0;
        int next = -1;
        for (int row = 0; row < numbers.size(); row++) {
            long number = numbers.get(row);
            if (small(number)) {
                shown.set(row, null);
                hidden++;
            } else if (number > 0 && (next < 0 || number < numbers.get(next))) {
                next = row;
            }
        }
        if (hidden == 1 && next >= 0) {
            shown.set(next, null);
        }
        return shown;
    }

    private static boolean small(long number) {
        return number > 0 && number < FEWEST;
    }

    private static Shown shown(List<@Nullable Long> row, Counters of) {
        return new Shown(
                row.get(0),
                row.get(1),
                row.get(2),
                row.get(3),
                of.moreDueSoon(),
                row.get(4),
                row.get(5),
                row.get(6),
                row.get(7),
                row.contains(null));
    }
}
