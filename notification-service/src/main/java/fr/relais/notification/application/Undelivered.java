package fr.relais.notification.application;

import fr.relais.events.NotificationEvent;
import fr.relais.events.Party;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import fr.relais.notification.domain.Delivery;
import fr.relais.notification.domain.DeliveryCommand;
import java.util.List;

/** What did not arrive: sent again by an operator, or ended because its address was taken away. */
public final class Undelivered {

    /** Which deliveries to somebody by a channel failed or were given up, as far as is known. */
    @FunctionalInterface
    public interface Known {
        List<String> deliveries(Party recipient, NotificationEvent.Channel channel);
    }

    private final Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries;
    private final Known known;

    public Undelivered(Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries, Known known) {
        this.deliveries = deliveries;
        this.known = known;
    }

    /** Has it sent again, under the same id. */
    public Outcome<Delivery> resend(String delivery, CommandContext context) {
        return deliveries.execute(delivery, context, new DeliveryCommand.Resend(context.at()));
    }

    /** Ends what waits for an address that is no more. What still waits for its turn ends when it comes. */
    public void end(Party recipient, NotificationEvent.Channel channel, CommandContext context) {
        for (String delivery : known.deliveries(recipient, channel)) {
            deliveries.execute(
                    delivery,
                    context.forStream(delivery),
                    new DeliveryCommand.End("the recipient took the address away", context.at()));
        }
    }
}
