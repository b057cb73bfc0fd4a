package fr.relais.systemtests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * One door of a service, as its own description (OpenAPI) gives it.
 *
 * @param body a body that fits its schema, or null where it takes none
 */
record Endpoint(String service, String method, String path, String type, Object body) {

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    /** All doors of a service, reading before writing, and what ends something last. */
    static List<Endpoint> of(String service, JsonNode document) {
        List<Endpoint> endpoints = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> endpoints.add(
                                of(service, operation.getKey(), path.getKey(), operation.getValue(), document))));
        endpoints.sort((a, b) -> {
            int order = Integer.compare(a.weight(), b.weight());
            return order != 0 ? order : (a.path() + a.method()).compareTo(b.path() + b.method());
        });
        return endpoints;
    }

    private static Endpoint of(String service, String method, String path, JsonNode operation, JsonNode document) {
        JsonNode content = operation.path("requestBody").path("content");
        String type = content.propertyNames().isEmpty()
                ? ""
                : content.propertyNames().iterator().next();
        Object body = type.isEmpty() || !type.contains("json")
                ? null
                : Example.of(content.path(type).path("schema"), document);
        return new Endpoint(service, method.toUpperCase(Locale.ROOT), path, type, body);
    }

    private int weight() {
        return switch (method) {
            case "GET" -> 0;
            case "DELETE" -> 2;
            default -> 1;
        };
    }

    boolean reads() {
        return method.equals("GET");
    }

    boolean streams() {
        return path.endsWith("/live");
    }

    /** The path with its variables filled in. */
    String at(Function<String, String> value) {
        Matcher variable = VARIABLE.matcher(path);
        StringBuilder filled = new StringBuilder();
        while (variable.find()) {
            variable.appendReplacement(filled, Matcher.quoteReplacement(value.apply(variable.group(1))));
        }
        return variable.appendTail(filled).toString();
    }

    /** What precedes a variable says what it is the id of. */
    boolean isAbout(String collection) {
        return path.contains("/" + collection + "/{");
    }

    boolean hasVariable() {
        return path.contains("{");
    }

    String name() {
        return method + " " + path;
    }

    /** Bodies that fit a schema, so that what is refused is refused for who asks and not for what is said. */
    private static final class Example {

        private static Object of(JsonNode schema, JsonNode document) {
            return of(schema, document, 0);
        }

        private static Object of(JsonNode schema, JsonNode document, int depth) {
            if (depth > 8) {
                return null;
            }
            String reference = schema.path("$ref").asString("");
            if (!reference.isEmpty()) {
                String name = reference.substring(reference.lastIndexOf('/') + 1);
                return of(document.path("components").path("schemas").path(name), document, depth + 1);
            }
            if (!schema.path("enum").isEmpty()) {
                return schema.path("enum").get(0).asString();
            }
            return switch (schema.path("type").asString("object")) {
                case "array" -> List.of();
                case "boolean" -> false;
                case "integer", "number" -> 1;
                case "string" ->
                    switch (schema.path("format").asString("")) {
                        case "date-time" -> "2026-11-02T09:00:00Z";
                        case "date" -> "2026-11-02";
                        default -> "other";
                    };
                default -> {
                    Map<String, Object> fields = new java.util.LinkedHashMap<>();
                    schema.path("properties").properties().forEach(property -> {
                        Object value = of(property.getValue(), document, depth + 1);
                        if (value != null) {
                            fields.put(property.getKey(), value);
                        }
                    });
                    yield fields;
                }
            };
        }
    }
}
