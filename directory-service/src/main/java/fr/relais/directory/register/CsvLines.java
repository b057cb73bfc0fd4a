package fr.relais.directory.register;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import fr.relais.directory.application.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Our own CSV layout; the separator is the one that the header line uses. */
final class CsvLines extends Lines {

    private static final int LONGEST_HEADER = 8_192;
    private static final int LONGEST_LINE = 64 * 1_024;

    private final Iterator<CsvRecord> records;
    private List<String> columns = List.of();
    private long last = 0;

    CsvLines(InputStream file) {
        // A broken character must spoil its line and no other: it is replaced here and found by the layout.
        BufferedReader text = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8), LONGEST_HEADER);
        this.records = CsvReader.builder()
                .fieldSeparator(separator(text))
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(LONGEST_LINE)
                .build(
                        CsvRecordHandler.builder()
                                .maxFieldSize(LONGEST_LINE)
                                .maxRecordSize(LONGEST_LINE)
                                .build(),
                        text)
                .iterator();
    }

    private static char separator(BufferedReader text) {
        try {
            text.mark(LONGEST_HEADER);
            if (text.read() != '\uFEFF') {
                text.reset();
            }
            text.mark(LONGEST_HEADER);
            int semicolons = 0;
            int commas = 0;
            for (int i = 0, c = text.read(); i < LONGEST_HEADER - 1 && c >= 0 && c != '\n' && c != '\r'; i++) {
                semicolons += c == ';' ? 1 : 0;
                commas += c == ',' ? 1 : 0;
                c = text.read();
            }
            text.reset();
            return commas > semicolons ? ',' : ';';
        } catch (IOException e) {
            throw new UncheckedIOException("the file broke off: send it again", e);
        }
    }

    @Override
    @Nullable
    Line read() {
        try {
            if (columns.isEmpty()) {
                Optional<Line> fault = readHeader();
                if (fault.isPresent()) {
                    return fault.get();
                }
            }
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord next = records.next();
            last = next.getStartingLineNumber();
            return line(next);
        } catch (CsvParseException e) {
            if (e.getCause() instanceof IOException broken) {
                throw new UncheckedIOException("the file broke off: send it again", broken);
            }
            return stop(
                    last + 1,
                    "csv-unreadable",
                    "The file could not be read from here on, and nothing after this line was loaded: look for a"
                            + " quotation mark that is never closed.");
        }
    }

    private Optional<Line> readHeader() {
        if (!records.hasNext()) {
            return Optional.of(
                    stop(1, "file-empty", "The file is empty: send a header line and one line for each entry."));
        }
        CsvRecord header = records.next();
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : header.getFields()) {
            Optional<String> column = Layout.column(name);
            if (column.isEmpty()) {
                return Optional.of(stop(
                        header.getStartingLineNumber(),
                        "column-unknown",
                        "No column is named '" + Layout.shown(name) + "': the first line names the columns, which may"
                                + " be " + Layout.columns() + "."));
            }
            if (!seen.add(column.get())) {
                return Optional.of(stop(
                        header.getStartingLineNumber(),
                        "column-twice",
                        "Column " + column.get() + " is there twice: keep one of them."));
            }
            names.add(column.get());
        }
        for (String needed : List.of("kind", "id", "name")) {
            if (!seen.contains(needed)) {
                return Optional.of(stop(
                        header.getStartingLineNumber(),
                        "column-missing",
                        "Column " + needed + " is missing: the first line names the columns, separated by ; or ,"));
            }
        }
        columns = List.copyOf(names);
        return Optional.empty();
    }

    private Line line(CsvRecord record) {
        if (record.getFieldCount() != columns.size()) {
            return new Line.Unusable(
                    record.getStartingLineNumber(),
                    "fields-miscounted",
                    "The line has " + record.getFieldCount() + " fields and the header " + columns.size()
                            + ": check the separators, and put a value that holds one between quotation marks.");
        }
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            String value = record.getField(i).strip();
            values.put(column, Layout.isList(column) ? List.of(value.split("\\s+")) : List.of(value));
        }
        return Layout.line(record.getStartingLineNumber(), values);
    }
}
