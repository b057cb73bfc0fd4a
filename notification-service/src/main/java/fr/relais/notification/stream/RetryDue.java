package fr.relais.notification.stream;

import fr.relais.kit.deadline.DueHandler;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.view.Rows;
import fr.relais.notification.application.Courier;
import fr.relais.notification.view.DeliveryDeadline;
import fr.relais.notification.view.DeliveryProjector;
import org.springframework.stereotype.Component;

/** A delivery whose retry is due, whose attempt crashed, or which was never attempted, is attempted again. */
@Component
final class RetryDue implements DueHandler<DeliveryDeadline> {

    private final DeliveryProjector projector;
    private final Courier courier;

    RetryDue(DeliveryProjector projector, Courier courier) {
        this.projector = projector;
        this.courier = courier;
    }

    @Override
    public String name() {
        return "delivery-retry";
    }

    @Override
    public Rows<?, DeliveryDeadline> rows() {
        return projector.deadlines();
    }

    @Override
    public void due(DeliveryDeadline deadline, CommandContext context) {
        courier.send(deadline.id(), context);
    }
}
