package fr.relais.systemtests.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The figures of two runs side by side. */
final class Comparison {

    /** What names an element of a list, so that it is found again when the list has grown. */
    private static final List<String> NAMES =
            List.of("what", "view", "rows", "pathways", "instances", "events", "perSecondAsked");

    private static final Set<String> NO_FIGURES = Set.of("machine", "runs");

    private Comparison() {}

    /** A line for each figure that both have and that differs: its place, before, now, now as a share of before. */
    static List<String> lines(JsonNode before, JsonNode now) {
        Map<String, Double> earlier = figures(before);
        return figures(now).entrySet().stream()
                .filter(each -> earlier.containsKey(each.getKey()))
                .filter(each -> !each.getValue().equals(earlier.get(each.getKey())))
                .map(each -> line(each.getKey(), earlier.getOrDefault(each.getKey(), 0.0), each.getValue()))
                .toList();
    }

    private static String line(String where, double before, double now) {
        String share = before == 0 ? "" : String.format(Locale.ROOT, "%.2f", now / before);
        return String.format(Locale.ROOT, "| %s | %.2f | %.2f | %s |", where, before, now, share);
    }

    /** Every number by its place. */
    static Map<String, Double> figures(JsonNode data) {
        Map<String, Double> all = new LinkedHashMap<>();
        collect("", data, all);
        return all;
    }

    private static void collect(String where, JsonNode node, Map<String, Double> all) {
        if (node.isNumber()) {
            all.put(where, node.asDouble());
        } else if (node.isObject()) {
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                if (!(where.isEmpty() && NO_FIGURES.contains(each.getKey()))) {
                    collect(where.isEmpty() ? each.getKey() : where + "." + each.getKey(), each.getValue(), all);
                }
            }
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(where + "[" + name(node.get(i), i) + "]", node.get(i), all);
            }
        }
    }

    private static String name(JsonNode element, int place) {
        String name = String.join(
                ", ",
                NAMES.stream()
                        .filter(element::has)
                        .filter(each -> element.path(each).isValueNode())
                        .map(each -> element.path(each).asString())
                        .toList());
        return name.isEmpty() ? Integer.toString(place) : name;
    }
}
