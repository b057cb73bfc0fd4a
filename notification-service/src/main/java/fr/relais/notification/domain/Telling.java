package fr.relais.notification.domain;

import static java.util.Objects.requireNonNull;

import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.Party;
import org.jspecify.annotations.Nullable;

/**
 * One thing that one person, or one structure, is told by one channel. It holds ids only.
 *
 * @param recipient the person, or the structure whose common inbox or software is meant
 * @param cause id of the event that is told
 * @param step key of the step in the pathway, where one is meant
 * @param handoff id of the handoff, where one is meant
 */
public record Telling(
        Party recipient,
        Channel channel,
        Notice notice,
        String cause,
        String pathway,
        @Nullable String step,
        @Nullable String handoff) {

    public Telling {
        requireNonNull(recipient, "recipient is missing");
        requireNonNull(channel, "channel is missing");
        requireNonNull(notice, "notice is missing");
        requireNonNull(cause, "cause is missing");
        requireNonNull(pathway, "pathway is missing");
    }

    /**
     * What makes two tellings the same one: an event is told at most once to a recipient by a channel, whatever it is
     * called. The id of the delivery is made of this before the first attempt, and is the same for every repeat.
     */
    public String identity() {
        return cause + "|" + recipient.key() + "|" + channel;
    }
}
