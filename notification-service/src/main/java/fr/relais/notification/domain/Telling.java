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
 * @param pathway id of the pathway; empty where no pathway follows the patient
 * @param patient internal id of the patient, where no pathway follows them
 */
public record Telling(
        Party recipient,
        Channel channel,
        Notice notice,
        String cause,
        String pathway,
        @Nullable String step,
        @Nullable String handoff,
        @Nullable String patient) {

    public Telling {
        requireNonNull(recipient, "recipient is missing");
        requireNonNull(channel, "channel is missing");
        requireNonNull(notice, "notice is missing");
        requireNonNull(cause, "cause is missing");
        requireNonNull(pathway, "pathway is missing");
    }

    /** A telling about a pathway. */
    public Telling(
            Party recipient,
            Channel channel,
            Notice notice,
            String cause,
            String pathway,
            @Nullable String step,
            @Nullable String handoff) {
        this(recipient, channel, notice, cause, pathway, step, handoff, null);
    }

    /** The same by another channel. */
    public Telling by(Channel other) {
        return new Telling(recipient, other, notice, cause, pathway, step, handoff, patient);
    }

    /** The same to another recipient. */
    public Telling to(Party other) {
        return new Telling(other, channel, notice, cause, pathway, step, handoff, patient);
    }

    /**
     * What makes two tellings the same one: an event is told at most once to a recipient by a channel, whatever it is
     * called. The id of the delivery is made of this before the first attempt, and is the same for every repeat.
     */
    public String identity() {
        return cause + "|" + recipient.key() + "|" + channel;
    }
}
