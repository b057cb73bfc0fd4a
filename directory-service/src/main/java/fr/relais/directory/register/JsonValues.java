package fr.relais.directory.register;

import fr.relais.directory.application.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Our own layout in JSON: an object for each entry. */
final class JsonValues {

    private JsonValues() {}

    static Line line(long number, JsonNode node) {
        if (!node.isObject()) {
            return new Line.Unusable(
                    number,
                    "no-object",
                    "An entry is an object such as {\"kind\": \"professional\", \"id\": \"…\"}: put the values in"
                            + " braces, each with its name.");
        }
        Map<String, List<String>> values = new HashMap<>();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            Optional<String> column = Layout.column(property.getKey());
            if (column.isEmpty()) {
                return new Line.Unusable(
                        number,
                        "field-unknown",
                        "No field is named '" + Layout.shown(property.getKey()) + "': fields are " + Layout.columns()
                                + ".");
            }
            Optional<List<String>> texts = texts(column.get(), property.getValue());
            if (texts.isEmpty()) {
                return new Line.Unusable(
                        number,
                        "value-no-text",
                        "The value of " + column.get() + " is no "
                                + (Layout.isList(column.get()) ? "array of texts" : "text")
                                + ": put it between quotation marks, numbers too (they may begin with 0).");
            }
            values.put(column.get(), texts.get());
        }
        return Layout.line(number, values);
    }

    private static Optional<List<String>> texts(String column, JsonNode value) {
        if (value.isNull()) {
            return Optional.of(List.of());
        }
        if (!Layout.isList(column)) {
            return value.isString() ? Optional.of(List.of(value.stringValue())) : Optional.empty();
        }
        if (!value.isArray()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode one : value) {
            if (!one.isString()) {
                return Optional.empty();
            }
            texts.add(one.stringValue());
        }
        return Optional.of(texts);
    }
}
