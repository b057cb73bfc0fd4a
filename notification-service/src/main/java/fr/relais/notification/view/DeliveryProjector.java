package fr.relais.notification.view;

import fr.relais.events.DomainEvent;
import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.live.Change;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.Rows;
import fr.relais.kit.view.ViewIndex;
import fr.relais.notification.view.DeliveryView.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deliveries: inboxes, the operators' lists, and when each is attempted next. */
public final class DeliveryProjector implements Projector<DeliveryView> {

    private final Duration stalledAfter;
    private final Rows<DeliveryView, DeliveryDeadline> deadlines = new Rows<>(
            "delivery_deadlines",
            1,
            DeliveryDeadline.class,
            DeliveryDeadline::id,
            DeliveryProjector::deadline,
            List.of(ViewIndex.on("open", "dueAt")));

    /**
     * A projector.
     *
     * @param stalledAfter an attempt without a result for so long is taken for crashed, and so is one that never began
     */
    public DeliveryProjector(Duration stalledAfter) {
        this.stalledAfter = stalledAfter;
    }

    @Override
    public String name() {
        return "deliveries";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Class<DeliveryView> document() {
        return DeliveryView.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(NotificationEvent.class);
    }

    @Override
    public @Nullable DeliveryView fold(@Nullable DeliveryView delivery, RecordedEvent recorded) {
        if (!(recorded.event().orElse(null) instanceof NotificationEvent event)) {
            return delivery;
        }
        if (event instanceof NotificationEvent.Queued queued) {
            return queued(recorded.stream(), queued);
        }
        return delivery == null ? null : after(delivery, event);
    }

    private DeliveryView queued(String id, NotificationEvent.Queued queued) {
        boolean inbox = queued.channel() == Channel.INBOX;
        return new DeliveryView(
                id,
                queued.recipient().key(),
                queued.channel(),
                queued.notice(),
                queued.cause(),
                queued.pathway(),
                queued.step(),
                queued.handoff(),
                queued.at(),
                Status.QUEUED,
                0,
                null,
                queued.at(),
                queued.at().plus(stalledAfter),
                inbox,
                inbox,
                null);
    }

    private DeliveryView after(DeliveryView delivery, NotificationEvent event) {
        int tried = delivery.attempts();
        return switch (event) {
            case NotificationEvent.Queued queued -> delivery;
            case NotificationEvent.Attempted(int attempt, Instant at) ->
                delivery.now(Status.ATTEMPTED, attempt, delivery.why(), at, at.plus(stalledAfter));
            case NotificationEvent.Failed(int attempt, String why, Instant at, Instant retryAt) ->
                delivery.now(Status.FAILED, tried, why, at, retryAt);
            case NotificationEvent.Delivered(int attempt, Instant at) ->
                delivery.now(Status.DELIVERED, tried, null, at, null);
            case NotificationEvent.GivenUp(int attempts, String why, Instant at) ->
                delivery.now(Status.GIVEN_UP, tried, why, at, null);
            case NotificationEvent.Read(var by, Instant at) -> delivery.now(Status.READ, tried, null, at, null);
            case NotificationEvent.Recalled(String cause, Instant at) ->
                delivery.now(Status.RECALLED, tried, delivery.why(), at, null);
        };
    }

    private static List<DeliveryDeadline> deadline(DeliveryView delivery) {
        Instant due = delivery.dueAt();
        return List.of(new DeliveryDeadline(delivery.id(), due == null ? delivery.changedAt() : due, due != null));
    }

    @Override
    public List<ViewIndex> indexes() {
        return List.of(
                ViewIndex.on("recipient", "shown", "-unread", "-queuedAt", "-_id"),
                ViewIndex.on("trouble", "-changedAt", "-_id"));
    }

    /** When each delivery is attempted next. */
    public Rows<DeliveryView, DeliveryDeadline> deadlines() {
        return deadlines;
    }

    @Override
    public List<Rows<DeliveryView, ?>> rows() {
        return List.of(deadlines);
    }

    @Override
    public List<Change> changes(@Nullable DeliveryView before, DeliveryView after, RecordedEvent cause) {
        List<Change> changes = new ArrayList<>();
        boolean shownOtherwise =
                before == null ? after.shown() : before.shown() != after.shown() || before.unread() != after.unread();
        if (shownOtherwise) {
            String state = !after.shown() ? "recalled" : after.unread() ? "unread" : "read";
            changes.add(new Change(
                    "inbox",
                    after.id(),
                    Set.of(after.recipient()),
                    Map.of("notice", after.notice().name(), "state", state)));
        }
        String trouble = after.trouble();
        if (!Objects.equals(before == null ? null : before.trouble(), trouble)) {
            changes.add(new Change(
                    "delivery",
                    after.id(),
                    Set.of("role:operator"),
                    Map.of("status", trouble == null ? "well" : trouble)));
        }
        return changes;
    }
}
