package fr.relais.notification.application;

import fr.relais.events.NotificationEvent;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** The channels of this service, one for each kind that events know. */
public final class Channels {

    private final Map<NotificationEvent.Channel, Channel<?>> byKind = new EnumMap<>(NotificationEvent.Channel.class);

    public Channels(Collection<? extends Channel<?>> channels) {
        for (Channel<?> channel : channels) {
            if (byKind.put(channel.kind(), channel) != null) {
                throw new IllegalStateException("two channels are called " + channel.kind() + ": keep one");
            }
        }
        for (NotificationEvent.Channel kind : NotificationEvent.Channel.values()) {
            if (!byKind.containsKey(kind)) {
                throw new IllegalStateException("no channel is called " + kind
                        + ": write a class that implements Channel in the channel room and make it a bean");
            }
        }
    }

    Collection<Channel<?>> all() {
        return byKind.values();
    }

    Channel<?> of(NotificationEvent.Channel kind) {
        Channel<?> channel = byKind.get(kind);
        if (channel == null) {
            throw new IllegalStateException("no channel is called " + kind);
        }
        return channel;
    }
}
