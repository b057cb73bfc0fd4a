package fr.relais.directory.register;

import fr.relais.directory.application.Line;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON array of entries, read one entry at a time. */
final class JsonArrayLines extends Lines {

    private final JsonParser parser;
    private boolean opened;

    JsonArrayLines(JsonMapper mapper, InputStream file) {
        this.parser = mapper.createParser(file);
    }

    @Override
    @Nullable
    Line read() {
        try {
            if (!opened) {
                opened = true;
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    return stop(
                            1,
                            "no-array",
                            "The file is no array of entries: begin it with [, or send one object on each line as"
                                    + " application/x-ndjson.");
                }
            }
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                return null;
            }
            long number = parser.currentTokenLocation().getLineNr();
            if (token == null) {
                return broken(number);
            }
            JsonNode node = parser.readValueAsTree();
            return JsonValues.line(number, node);
        } catch (JacksonIOException e) {
            throw e;
        } catch (JacksonException e) {
            return broken(e.getLocation() == null ? 1 : e.getLocation().getLineNr());
        }
    }

    private Line broken(long number) {
        return stop(
                number,
                "json-unreadable",
                "The file is no JSON from here on, and nothing after this line was loaded: look for a missing comma,"
                        + " bracket or quotation mark.");
    }
}
