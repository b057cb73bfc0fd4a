package fr.relais.notification.application;

import fr.relais.events.NotificationEvent;
import fr.relais.events.Party;
import fr.relais.notification.domain.Payload;
import java.util.Optional;

/**
 * One way of telling somebody something. To add one, write a class in the {@code channel} room whose test extends
 * {@code ChannelContract}.
 *
 * @param <N> what the channel may carry: public notices leave the house, secure ones are shown after a login
 */
public interface Channel<N extends Payload> {

    /** Its name in events. */
    NotificationEvent.Channel kind();

    /** What it may carry. */
    Class<N> carries();

    /**
     * Whether it interrupts whoever it reaches: such a channel is kept within the interruption budget of a person. The list
     * in Relais does not.
     */
    boolean interrupts();

    /** Whether it can reach them: nothing is queued for those it cannot reach. */
    boolean reaches(Party recipient);

    /**
     * The queue in which an attempt waits its turn, for channels that depend on others: one slow receiver holds up its own
     * lane and nobody else's. Empty for a channel that answers at once; it is attempted where the event is handled.
     */
    Optional<String> lane(Party recipient);

    /**
     * Makes one attempt. It comes to an end by itself, within the configured time, and answers instead of throwing.
     *
     * @param delivery id of the delivery, the same at each repeat; the other end may drop what it has seen
     */
    Handover deliver(String delivery, Party recipient, N notice);
}
