package fr.relais.pathway.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import fr.relais.kit.access.Caller;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.view.Viewed;
import fr.relais.pathway.view.PathwayViews;
import fr.relais.pathway.view.WorkQuery;
import fr.relais.pathway.view.WorkRow;
import fr.relais.pathway.web.WorklistController.Item;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** A list as a file for a spreadsheet (RFC 4180), sent page by page as it is read. It says no more than the list does. */
@RestController
class WorkExport {

    private static final List<String> HEADER = List.of(
            "id",
            "pathway",
            "template",
            "commune",
            "step",
            "role",
            "status",
            "responsible",
            "structure",
            "since",
            "dueAt",
            "late",
            "level",
            "unassigned",
            "why",
            "reportedBy",
            "restsUntil",
            "calledBy");

    private final WorklistController lists;
    private final PathwayViews views;

    WorkExport(WorklistController lists, PathwayViews views) {
        this.lists = lists;
        this.views = views;
    }

    /** How far the export has come. */
    private record Place(@Nullable String after, boolean begun, boolean over) {}

    /** The whole list, whatever its length. */
    @GetMapping(path = "/api/v1/worklist.csv", produces = "text/csv")
    ResponseEntity<Flux<String>> export(@ModelAttribute WorkParameters asked, Caller caller) {
        WorkQuery query = lists.query(asked, caller);
        Flux<String> lines = Flux.<String, Place>generate(() -> new Place(null, false, false), (place, sink) -> {
                    if (place.over()) {
                        sink.complete();
                        return place;
                    }
                    Page<Viewed<WorkRow>> page = views.work(query, new Paging(Paging.MAX_LIMIT, place.after()));
                    sink.next(text(page, caller, !place.begun()));
                    return new Place(page.next(), true, page.next() == null);
                })
                // A page is read when the one before has left, and never on the event loop.
                .subscribeOn(Schedulers.boundedElastic(), true);
        return ResponseEntity.ok()
                .header("Content-Disposition", "attachment; filename=\"worklist.csv\"")
                .body(lines);
    }

    private static String text(Page<Viewed<WorkRow>> page, Caller caller, boolean first) {
        StringWriter text = new StringWriter();
        try (CsvWriter csv =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            if (first) {
                csv.writeRecord(HEADER);
            }
            page.items().forEach(row -> csv.writeRecord(cells(Item.of(row.document(), caller))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static List<String> cells(Item item) {
        return Stream.of(
                        item.id(),
                        item.pathway(),
                        item.template(),
                        item.commune(),
                        item.step(),
                        item.role(),
                        item.status(),
                        item.responsible(),
                        item.structure(),
                        item.since(),
                        item.dueAt(),
                        item.late(),
                        item.level(),
                        item.unassigned(),
                        item.why(),
                        item.reportedBy(),
                        item.restsUntil(),
                        item.calledBy())
                .map(value -> cell(Objects.toString(value, "")))
                .toList();
    }

    /** A spreadsheet takes a cell that begins like this for a formula, and runs it. */
    static String cell(String text) {
        return !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
