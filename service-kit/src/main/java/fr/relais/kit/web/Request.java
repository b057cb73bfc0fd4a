package fr.relais.kit.web;

import fr.relais.events.EventJson;
import fr.relais.kit.access.Caller;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.time.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a request says beside its body; an argument of controller methods that run commands.
 *
 * @param caller who asks
 * @param method {@code POST}
 * @param path path and query
 * @param idempotencyKey header {@code Idempotency-Key}
 * @param ifMatch sequence in the header {@code If-Match}
 * @param traceparent W3C trace context, the caller's or a fresh one
 * @param at now, by the business clock
 */
public record Request(
        Caller caller,
        String method,
        String path,
        @Nullable String idempotencyKey,
        @Nullable Long ifMatch,
        String traceparent,
        Instant at) {

    private static final JsonMapper CANONICAL = EventJson.mapper()
            .rebuild()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /**
     * The context of the one command that this request asks for. Its id is made of the actor and their {@code
     * Idempotency-Key}, so that a repeat gets the first answer; its fingerprint of everything that was asked.
     *
     * @param body the body as it was read; null where there is none
     */
    public CommandContext command(@Nullable Object body) {
        var actor = caller.actor();
        String key = idempotencyKey;
        String id = key == null ? Ids.random("http") : "http/" + escaped(actor.id()) + "/" + key;
        return new CommandContext(id, fingerprint(actor.structure(), body), actor, at, null, traceparent);
    }

    /** The context of a command whose request has no body. */
    public CommandContext command() {
        return command(null);
    }

    // An id may hold a slash; without this, one person's id and key could read as another's.
    private static String escaped(String id) {
        return id.replace("%", "%25").replace("/", "%2F");
    }

    private String fingerprint(@Nullable String structure, @Nullable Object body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new @Nullable String[] {method, path, structure}) {
                digest.update((part + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(CANONICAL.writeValueAsBytes(body)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
