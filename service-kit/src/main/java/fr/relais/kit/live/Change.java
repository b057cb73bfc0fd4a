package fr.relais.kit.live;

import java.util.Map;
import java.util.Set;

/**
 * Something that open pages want to know at once. It says what changed, not how it looks now: whoever is told reads it
 * again, and sees what they may.
 *
 * @param kind what changed, for example {@code handoff}
 * @param id id of what changed
 * @param audience keys of those who may know: {@code person:…}, {@code structure:…#60}, {@code role:coordinator}
 * @param data plain ids and words, never patient data
 */
public record Change(String kind, String id, Set<String> audience, Map<String, String> data) {
    public Change {
        audience = Set.copyOf(audience);
        data = Map.copyOf(data);
    }
}
