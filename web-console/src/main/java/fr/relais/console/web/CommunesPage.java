package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.Boards;
import fr.relais.console.api.Dashboard;
import fr.relais.console.api.Dashboard.InCommune;
import fr.relais.console.api.Names;
import fr.relais.console.api.Page;
import fr.relais.console.web.Texts.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Draws the communes. The map is made here and not by a script: it is there without JavaScript, on paper too, and takes nothing
 * from another site. It shows no borders, but where things are late beside where they are not.
 */
@Component
class CommunesPage {

    /** So many communes at most; what an area of one collective has is far below. */
    private static final int PAGES = 10;

    private static final int WIDTH = 720;
    private static final int MARGIN = 70;
    private static final int LOWEST = 240;
    private static final int HIGHEST = 640;

    /** Further ones are told by their circle's title and the table. */
    private static final int NAMED = 15;

    private final Boards boards;
    private final Names names;
    private final Texts texts;

    CommunesPage(Boards boards, Names names, Texts texts) {
        this.boards = boards;
        this.names = names;
        this.texts = texts;
    }

    /**
     * All communes of a board, those with most that is late or without anybody first.
     *
     * @param collective whose alone they are; null where they are all that the visitor may count
     * @param map null where nobody said where they lie
     * @param unplaced how many are in the table alone
     */
    record Communes(
            Board.@Nullable Chip collective,
            List<Row> rows,
            @Nullable Drawing map,
            int unplaced,
            boolean cut) {}

    /**
     * A commune's numbers, each as it is read; a dash where it is hidden.
     *
     * @param tone {@code late} where something is late, {@code soon} where nobody has something, else nothing
     * @param board the board narrowed by it
     */
    record Row(
            String name, String late, String unassigned, String open, String probablyDone, String tone, String board) {}

    /** A drawing of that size. */
    record Drawing(int width, int height, List<Spot> spots) {}

    /**
     * A commune on the map.
     *
     * @param number what is late and what nobody has, as it stands in the circle
     * @param named whether its name stands beside it
     */
    record Spot(int x, int y, int radius, String number, String title, Row row, boolean named) {}

    Communes of(Visitor visitor, @Nullable String collective) {
        Reader reader = texts.in(visitor.language());
        List<InCommune> all = new ArrayList<>();
        String after = null;
        for (int page = 0; page < PAGES && (page == 0 || after != null); page++) {
            Page<InCommune> next = boards.communes(visitor, collective, after);
            all.addAll(next.items());
            after = next.next();
        }
        Map<String, Names.Commune> known = new HashMap<>();
        names.communes(visitor, all.stream().map(InCommune::key).toList())
                .forEach(commune -> known.put(commune.code(), commune));
        all.sort(Comparator.comparingLong(CommunesPage::wanting)
                .thenComparingLong(one -> zero(one.counters().openSteps()))
                .reversed()
                .thenComparing(one -> name(one, known)));
        Map<String, String> within = collective == null ? Map.of() : Map.of(BoardPage.COLLECTIVE, collective);
        List<Row> rows =
                all.stream().map(one -> row(one, within, known, reader)).toList();
        Drawing map = map(all, rows, known, reader);
        return new Communes(
                BoardPage.collective(visitor, collective, "/board/communes", names, reader),
                rows,
                map,
                rows.size() - (map == null ? 0 : map.spots().size()),
                after != null);
    }

    /** Late and without anybody may be one and the same: the larger of the two, and no sum. */
    private static long wanting(InCommune one) {
        return Math.max(zero(one.counters().late()), zero(one.counters().unassigned()));
    }

    private static long zero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    private static String name(InCommune one, Map<String, Names.Commune> known) {
        Names.Commune commune = known.get(one.key());
        return commune == null ? one.key() : commune.name();
    }

    private static Row row(InCommune one, Map<String, String> within, Map<String, Names.Commune> known, Reader reader) {
        Dashboard.Counters counters = one.counters();
        Map<String, String> filters = new LinkedHashMap<>(within);
        filters.put("commune", one.key());
        return new Row(
                name(one, known),
                number(counters.late(), reader),
                number(counters.unassigned(), reader),
                number(counters.openSteps(), reader),
                number(counters.probablyDone(), reader),
                zero(counters.late()) > 0 ? "late" : zero(counters.unassigned()) > 0 ? "soon" : "",
                BoardPage.address(
                        zero(counters.late()) > 0 || zero(counters.unassigned()) == 0 ? "late" : "unassigned",
                        filters,
                        null));
    }

    private static String number(@Nullable Long number, Reader reader) {
        return number == null ? "–" : reader.number(number);
    }

    private static @Nullable Drawing map(
            List<InCommune> all, List<Row> rows, Map<String, Names.Commune> known, Reader reader) {
        double north = -90;
        double south = 90;
        double west = 180;
        double east = -180;
        List<Integer> placed = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Names.Commune commune = known.get(all.get(i).key());
            if (commune != null && commune.latitude() != null && commune.longitude() != null) {
                placed.add(i);
                north = Math.max(north, commune.latitude());
                south = Math.min(south, commune.latitude());
                west = Math.min(west, commune.longitude());
                east = Math.max(east, commune.longitude());
            }
        }
        if (placed.isEmpty()) {
            return null;
        }
        // A degree of longitude is shorter than one of latitude, by this: near enough for an area that people drive
        // through.
        double shortened = Math.cos(Math.toRadians((north + south) / 2));
        double wide = Math.max(0.02, (east - west) * shortened);
        double high = Math.max(0.02, north - south);
        double scale = Math.min((WIDTH - 2.0 * MARGIN) / wide, (HIGHEST - 2.0 * MARGIN) / high);
        int height = (int) Math.clamp(high * scale + 2.0 * MARGIN, LOWEST, HIGHEST);
        double middleX = (east + west) / 2;
        double middleY = (north + south) / 2;
        List<Spot> spots = new ArrayList<>();
        for (int rank = 0; rank < placed.size(); rank++) {
            InCommune one = all.get(placed.get(rank));
            Row row = rows.get(placed.get(rank));
            Names.Commune commune = known.get(one.key());
            if (commune == null || commune.latitude() == null || commune.longitude() == null) {
                continue;
            }
            double open = Math.sqrt(zero(one.counters().openSteps()));
            spots.add(new Spot(
                    (int) Math.round(WIDTH / 2.0 + (commune.longitude() - middleX) * shortened * scale),
                    (int) Math.round(height / 2.0 - (commune.latitude() - middleY) * scale),
                    (int) Math.clamp(14 + 2 * open, 14, 40),
                    row.tone().equals("late") ? row.late() : row.tone().equals("soon") ? row.unassigned() : "",
                    reader.text("communes.spot", row.name(), row.late(), row.unassigned(), row.open()),
                    row,
                    rank < NAMED));
        }
        // The most pressing last, so that no other circle lies upon it.
        return new Drawing(WIDTH, height, List.copyOf(spots.reversed()));
    }
}
