package fr.relais.directory.register;

import fr.relais.directory.application.FileFormat;
import fr.relais.directory.application.Line;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The formats of files that the directory reads, one line at a time, in bounded memory. */
public final class DirectoryFiles {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private DirectoryFiles() {}

    /** Our own layout in each of its formats. */
    public static List<FileFormat> formats() {
        return List.of(new Csv(), new JsonArray(), new Ndjson());
    }

    /** A CSV file, UTF-8, separated by semicolons or commas. */
    record Csv() implements FileFormat {

        @Override
        public String mediaType() {
            return "text/csv";
        }

        @Override
        public Iterator<Line> lines(InputStream file) {
            return new CsvLines(file);
        }
    }

    /** A JSON array of entries. */
    record JsonArray() implements FileFormat {

        @Override
        public String mediaType() {
            return "application/json";
        }

        @Override
        public Iterator<Line> lines(InputStream file) {
            // What follows an entry of an array is the next entry.
            return new JsonArrayLines(
                    MAPPER.rebuild()
                            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                            .build(),
                    file);
        }
    }

    /** One JSON object on each line. */
    record Ndjson() implements FileFormat {

        @Override
        public String mediaType() {
            return "application/x-ndjson";
        }

        @Override
        public Iterator<Line> lines(InputStream file) {
            return new NdjsonLines(MAPPER, file);
        }
    }
}
