package fr.relais.kit.journal;

import static java.util.Objects.requireNonNull;

import fr.relais.events.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What comes with every command, beside what it asks for.
 *
 * @param commandId unique for ever; a repeat of the same id gets the first answer. For people it is made of the actor and
 *     their {@code Idempotency-Key}, for a reaction of the event's id and the reaction's name
 * @param fingerprint digest of what was asked, where the same id with another body must be refused; null where the id is
 *     made of the request itself
 * @param actor who asks
 * @param at now, by the kit's clock; deciders take their time from here
 * @param causation id of the event that caused it, where one did
 * @param traceparent W3C trace context, carried into the journal and Kafka
 */
public record CommandContext(
        String commandId,
        @Nullable String fingerprint,
        Actor actor,
        Instant at,
        @Nullable String causation,
        @Nullable String traceparent) {

    public CommandContext {
        requireNonNull(commandId, "commandId is missing");
        requireNonNull(actor, "actor is missing");
        requireNonNull(at, "at is missing");
    }

    /** The same, under another command id: for one cause that asks several streams. */
    public CommandContext forStream(String stream) {
        return new CommandContext(commandId + "/" + stream, fingerprint, actor, at, causation, traceparent);
    }
}
