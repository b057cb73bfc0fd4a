package fr.relais.kit.page;

import fr.relais.events.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Where a page ended, as an opaque word: the values it was sorted by, of its last row. */
public final class Cursor {

    private Cursor() {}

    /** A cursor that a caller sent cannot be read: an error of the request. */
    public static final class Malformed extends RuntimeException {
        Malformed() {
            super("this cursor is none that a page ended with: begin again without it");
        }
    }

    /** Writes values: strings, whole numbers, instants, booleans, nulls. */
    public static String of(List<@Nullable Object> values) {
        ArrayNode array = EventJson.mapper().createArrayNode();
        for (Object value : values) {
            switch (value) {
                case null -> array.addNull();
                case String text -> array.add(text);
                case Boolean bool -> array.add(bool);
                case Instant instant -> array.addObject().put("t", instant.toEpochMilli());
                case Number number -> array.add(number.longValue());
                default -> throw new IllegalArgumentException("a page cannot be sorted by a " + value.getClass());
            }
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(array.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the values of a cursor.
     *
     * @param count how many there must be
     * @throws Malformed when it is no cursor of such a list
     */
    public static List<@Nullable Object> read(String cursor, int count) {
        try {
            JsonNode array = EventJson.mapper().readTree(Base64.getUrlDecoder().decode(cursor));
            if (!array.isArray() || array.size() != count) {
                throw new Malformed();
            }
            List<@Nullable Object> values = new ArrayList<>();
            for (JsonNode node : array) {
                values.add(value(node));
            }
            return values;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new Malformed();
        }
    }

    private static @Nullable Object value(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        if (node.isString()) {
            return node.asString();
        }
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        if (node.isIntegralNumber()) {
            return node.asLong();
        }
        if (node.isObject() && node.size() == 1 && node.path("t").isIntegralNumber()) {
            return Instant.ofEpochMilli(node.path("t").asLong());
        }
        throw new Malformed();
    }
}
