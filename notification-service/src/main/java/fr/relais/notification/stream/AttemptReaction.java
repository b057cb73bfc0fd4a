package fr.relais.notification.stream;

import fr.relais.events.DomainEvent;
import fr.relais.events.NotificationEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.stream.Reaction;
import fr.relais.notification.application.Courier;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What was queued to leave at once is attempted, and what an operator has sent again; the rest waits for its deadline. What
 * was queued for the inbox is there already.
 */
@Component
final class AttemptReaction implements Reaction {

    private final Courier courier;

    AttemptReaction(Courier courier) {
        this.courier = courier;
    }

    @Override
    public String name() {
        return "attempt";
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(NotificationEvent.class);
    }

    @Override
    public void on(RecordedEvent recorded, CommandContext context) {
        switch (recorded.event().orElse(null)) {
            case NotificationEvent.Queued queued
            when queued.notBefore() == null && queued.channel() != NotificationEvent.Channel.INBOX ->
                courier.send(recorded.stream(), queued.channel(), queued.recipient(), context);
            case NotificationEvent.Resent resent -> courier.send(recorded.stream(), context);
            case null, default -> {}
        }
    }
}
