package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.Boards;
import fr.relais.console.api.Names;
import fr.relais.console.api.Page;
import fr.relais.console.api.Weeks;
import fr.relais.console.api.Weeks.Week;
import fr.relais.console.web.LastWeeks.Cell;
import fr.relais.console.web.LastWeeks.Line;
import fr.relais.console.web.LastWeeks.Plot;
import fr.relais.console.web.Texts.Reader;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws the last weeks: one call for the figures, one for names. */
@Component
class WeeksPage {

    private static final String STRUCTURE = "structure:";
    private static final Cell HIDDEN = new Cell(null, "–", "");

    private final Boards boards;
    private final Names names;
    private final Texts texts;

    WeeksPage(Boards boards, Names names, Texts texts) {
        this.boards = boards;
        this.names = names;
        this.texts = texts;
    }

    LastWeeks of(Visitor visitor, String by, @Nullable String collective, @Nullable String after) {
        Reader reader = texts.in(visitor.language());
        Page<Weeks> page = boards.weeks(visitor, by, collective, after);
        boolean structures = by.equals("structures");
        Map<String, String> called = structures
                ? names.of(
                        visitor,
                        page.items().stream()
                                .map(weeks -> structure(weeks.key()))
                                .toList())
                : Map.of();
        Function<Weeks, String> name = weeks -> structures
                ? called.getOrDefault(structure(weeks.key()), weeks.key())
                : reader.code("profession", weeks.key());
        // Whose numbers are all hidden has no line.
        List<Weeks> accepting = some(page, Week::hoursToAccept);
        List<Weeks> doing = some(page, Week::doneOnTime);
        boolean hidden = page.items().stream()
                .flatMap(weeks -> weeks.weeks().stream())
                .anyMatch(week -> week.hoursToAccept() == null);
        return new LastWeeks(
                by,
                collective,
                BoardPage.collective(visitor, collective, "/board/weeks?by=" + by, names, reader),
                List.of(
                        plot("accept", accepting, name, week -> toAccept(week, reader), reader),
                        plot("on-time", doing, name, week -> onTime(week, reader), reader)),
                page.next(),
                hidden);
    }

    private static String structure(String key) {
        return key.startsWith(STRUCTURE) ? key : STRUCTURE + key;
    }

    private static List<Weeks> some(Page<Weeks> page, Function<Week, @Nullable Object> shown) {
        return page.items().stream()
                .filter(weeks -> weeks.weeks().stream().anyMatch(week -> shown.apply(week) != null))
                .toList();
    }

    private static Plot plot(
            String kind, List<Weeks> all, Function<Weeks, String> name, Function<Week, Cell> cell, Reader reader) {
        return new Plot(
                kind,
                all.isEmpty()
                        ? List.of()
                        : all.getFirst().weeks().stream()
                                .map(week -> monday(week.week(), reader))
                                .toList(),
                all.stream()
                        .map(weeks -> new Line(
                                name.apply(weeks),
                                weeks.weeks().stream().map(cell).toList()))
                        .toList());
    }

    private static Cell toAccept(Week week, Reader reader) {
        Weeks.Timing hours = week.hoursToAccept();
        if (hours == null) {
            return HIDDEN;
        }
        return new Cell(
                Double.toString(hours.median()),
                hours(hours.median(), reader),
                reader.text("weeks.p90", hours(hours.p90(), reader)));
    }

    private static Cell onTime(Week week, Reader reader) {
        Long done = week.done();
        Long onTime = week.doneOnTime();
        if (done == null || onTime == null || done == 0) {
            return HIDDEN;
        }
        double share = (double) onTime / done;
        return new Cell(
                Double.toString(Math.round(share * 1000) / 10.0),
                NumberFormat.getPercentInstance(reader.language()).format(share),
                reader.text("weeks.of", reader.number(onTime), reader.number(done)));
    }

    private static String hours(double hours, Reader reader) {
        NumberFormat format = NumberFormat.getInstance(reader.language());
        format.setMaximumFractionDigits(1);
        return reader.text("weeks.hours", format.format(hours));
    }

    /** 2026-W47 begins on 16 November. */
    private static String monday(String week, Reader reader) {
        LocalDate monday = LocalDate.parse(week + "-1", DateTimeFormatter.ISO_WEEK_DATE);
        return DateTimeFormatter.ofPattern("d MMM", reader.language()).format(monday);
    }
}
