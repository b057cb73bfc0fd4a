package fr.relais.notification.application;

import fr.relais.events.NotificationEvent;
import fr.relais.events.Party;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import fr.relais.notification.domain.Delivery;
import fr.relais.notification.domain.DeliveryCommand;
import java.util.Set;

/** What people do with their notices. */
public final class Inboxes {

    private final Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries;

    public Inboxes(Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries) {
        this.deliveries = deliveries;
    }

    /**
     * Marks a notice as read; read again, or taken back meanwhile, it stays as it is.
     *
     * @param readsFor whose notices they may read: themselves, and structures whose common inbox is theirs
     */
    public Outcome<Delivery> read(String delivery, Party by, Set<Party> readsFor, CommandContext context) {
        return deliveries.execute(delivery, context, new DeliveryCommand.MarkRead(by, readsFor, context.at()));
    }
}
