package fr.relais.directory.register;

import fr.relais.directory.application.Line;
import java.io.InputStream;
import java.util.Iterator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads files of the directory, one line at a time, in bounded memory. */
public final class DirectoryFiles {

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonMapper inArray = JsonMapper.builder().build();

    /** A CSV file of our own layout, UTF-8, separated by semicolons or commas. */
    public Iterator<Line> csv(InputStream file) {
        return new CsvLines(file);
    }

    /** A JSON array of entries. */
    public Iterator<Line> json(InputStream file) {
        return new JsonArrayLines(inArray, file);
    }

    /** One JSON object on each line. */
    public Iterator<Line> ndjson(InputStream file) {
        return new NdjsonLines(mapper, file);
    }
}
