package fr.relais.console.api;

import java.util.List;
import java.util.Map;

/** A kind of pathway: its title and those of its steps, by language. */
public record Template(String key, int version, Map<String, String> title, List<Step> steps) {

    /** A step of it. */
    public record Step(String key, Map<String, String> title, String role) {}

    /** As pathways name it. */
    public String id() {
        return key + ".v" + version;
    }
}
