package fr.relais.events;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Checks JSON against the few keywords of JSON Schema that our schemas use. A keyword it does not know is an error, so
 * that it never passes over a rule.
 */
final class SchemaCheck {

    private static final Set<String> SAYS_NOTHING =
            Set.of("$schema", "$id", "$defs", "$comment", "title", "description");

    private final JsonNode root;
    private final List<String> faults = new ArrayList<>();

    private SchemaCheck(JsonNode root) {
        this.root = root;
    }

    /** What is wrong with it; empty when it is valid. */
    static List<String> faults(JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(schema);
        check.check("", schema, value);
        return check.faults;
    }

    private void check(String path, JsonNode schema, JsonNode value) {
        schema.properties().forEach(keyword -> {
            JsonNode rule = keyword.getValue();
            switch (keyword.getKey()) {
                case "$ref" -> check(path, root.at(rule.stringValue().substring(1)), value);
                case "type" -> expect(path, hasType(rule.stringValue(), value), "is no " + rule.stringValue());
                case "format" ->
                    expect(path, hasFormat(rule.stringValue(), value.stringValue("")), "is no " + rule.stringValue());
                case "pattern" ->
                    expect(path, value.stringValue("").matches(rule.stringValue()), "does not match " + rule);
                case "minLength" ->
                    expect(path, value.stringValue("").length() >= rule.intValue(), "is shorter than " + rule);
                case "enum" -> expect(path, rule.values().stream().anyMatch(value::equals), "is none of " + rule);
                case "const" -> expect(path, rule.equals(value), "is not " + rule);
                case "required" ->
                    rule.values().stream()
                            .map(JsonNode::stringValue)
                            .forEach(name -> expect(path + "/" + name, value.has(name), "is missing"));
                case "properties" ->
                    rule.properties().stream()
                            .filter(property -> value.has(property.getKey()))
                            .forEach(property -> check(
                                    path + "/" + property.getKey(), property.getValue(), value.get(property.getKey())));
                case "items" -> value.values().forEach(item -> check(path + "/*", rule, item));
                case "allOf" -> rule.values().forEach(part -> check(path, part, value));
                default ->
                    expect(
                            path,
                            SAYS_NOTHING.contains(keyword.getKey()),
                            "has a schema with " + keyword.getKey() + ", which SchemaCheck does not know: teach it");
            }
        });
    }

    private void expect(String path, boolean holds, String fault) {
        if (!holds) {
            faults.add((path.isEmpty() ? "the event" : path) + " " + fault);
        }
    }

    private static boolean hasType(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> false;
        };
    }

    private static boolean hasFormat(String format, String text) {
        try {
            return switch (format) {
                case "date-time" -> Instant.parse(text) != null;
                case "date" -> LocalDate.parse(text) != null;
                default -> false;
            };
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
