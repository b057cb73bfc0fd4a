package fr.relais.kit.live;

import java.util.Map;

/**
 * What an open page is told.
 *
 * @param kind what changed, also the name of the SSE event; {@code ready} when following begins, {@code reset} when what
 *     was missed cannot be told any more and the page must load anew
 * @param id id of what changed
 * @param data plain ids and words
 */
public record LiveMessage(String kind, String id, Map<String, String> data) {

    static final LiveMessage READY = new LiveMessage("ready", "", Map.of());
    static final LiveMessage RESET = new LiveMessage("reset", "", Map.of());
}
