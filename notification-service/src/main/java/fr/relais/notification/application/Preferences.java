package fr.relais.notification.application;

import static java.util.Objects.requireNonNull;

import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.Party;
import fr.relais.notification.domain.Habits;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a person wants to be told. The inbox is always there.
 *
 * @param channels by which they want to be told beside it; one without an address reaches nobody
 * @param email their mail address, given with their consent to be told by mail
 * @param consentedAt when they consented
 * @param digestAt when their digest comes, in Europe/Paris
 * @param language of what they are told
 */
public record Preferences(
        Party owner,
        Set<Channel> channels,
        @Nullable String email,
        @Nullable Instant consentedAt,
        LocalTime digestAt,
        Locale language) {

    public Preferences {
        requireNonNull(owner, "owner is missing");
        requireNonNull(digestAt, "digestAt is missing");
        requireNonNull(language, "language is missing");
        channels = Set.copyOf(channels);
    }

    /** Those of somebody who has not said anything: whatever address they gave is used. */
    public static Preferences usual(Party owner) {
        return new Preferences(owner, EnumSet.allOf(Channel.class), null, null, Habits.USUAL_DIGEST, Locale.FRENCH);
    }

    @Override
    public String toString() {
        return "Preferences[" + owner.key() + ", " + channels + "]";
    }
}
