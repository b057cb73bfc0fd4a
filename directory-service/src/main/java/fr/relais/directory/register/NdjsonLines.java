package fr.relais.directory.register;

import fr.relais.directory.application.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object on each line; a broken line spoils no other. */
final class NdjsonLines extends Lines {

    private static final int LONGEST_LINE = 64 * 1_024;

    private final JsonMapper mapper;
    private final BufferedReader text;
    private long number;

    NdjsonLines(JsonMapper mapper, InputStream file) {
        this.mapper = mapper;
        this.text = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
    }

    @Override
    @Nullable
    Line read() {
        try {
            StringBuilder line = new StringBuilder();
            while (true) {
                int c = text.read();
                if (c == '\n' || c < 0) {
                    number++;
                    String entry = line.toString().strip();
                    if (!entry.isEmpty() && !"\uFEFF".equals(entry)) {
                        return line(number == 1 && entry.charAt(0) == '\uFEFF' ? entry.substring(1) : entry);
                    }
                    if (c < 0) {
                        return null;
                    }
                    line.setLength(0);
                } else if (line.length() >= LONGEST_LINE) {
                    return stop(
                            number + 1,
                            "line-too-long",
                            "The line is longer than " + LONGEST_LINE + " characters, and nothing after it was loaded:"
                                    + " write one entry on each line.");
                } else {
                    line.append((char) c);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the file broke off: send it again", e);
        }
    }

    private Line line(String entry) {
        try {
            return JsonValues.line(number, mapper.readTree(entry));
        } catch (JacksonException e) {
            return new Line.Unusable(
                    number,
                    "json-unreadable",
                    "The line is no JSON object: look for a missing comma, brace or quotation mark.");
        }
    }
}
