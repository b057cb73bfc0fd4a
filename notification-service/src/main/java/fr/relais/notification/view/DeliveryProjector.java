package fr.relais.notification.view;

import fr.relais.events.DomainEvent;
import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Priority;
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
            4,
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
        return 4;
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
    public boolean wants(String stream) {
        return stream.startsWith("delivery-");
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
        boolean digest = Boolean.TRUE.equals(queued.digest());
        Priority priority = digest ? Priority.ACT_TODAY : queued.priority();
        Instant notBefore = queued.notBefore();
        boolean arrives = queued.arrives();
        return new DeliveryView(
                id,
                queued.recipient().key(),
                queued.channel(),
                queued.notice(),
                // What was queued before classes were said in events.
                priority == null ? Priority.KNOW : priority,
                queued.cause(),
                queued.pathway(),
                queued.step(),
                queued.handoff(),
                queued.patient(),
                digest,
                1,
                queued.at(),
                notBefore,
                arrives ? Status.DELIVERED : Status.QUEUED,
                arrives ? 1 : 0,
                null,
                queued.at(),
                arrives ? null : notBefore == null ? queued.at().plus(stalledAfter) : notBefore,
                arrives,
                arrives,
                null);
    }

    private DeliveryView after(DeliveryView delivery, NotificationEvent event) {
        int tried = delivery.attempts();
        return switch (event) {
            case NotificationEvent.Queued queued -> delivery;
            case NotificationEvent.Weighed weighed -> delivery;
            case NotificationEvent.Added added ->
                delivery.counting(delivery.status() == Status.RECALLED ? 1 : delivery.count() + 1)
                        .now(Status.QUEUED, tried, null, added.at(), added.notBefore());
            case NotificationEvent.Dropped dropped -> delivery.counting(delivery.count() - 1);
            case NotificationEvent.Attempted(int attempt, Instant at) ->
                delivery.now(Status.ATTEMPTED, attempt, delivery.why(), at, at.plus(stalledAfter));
            case NotificationEvent.Failed(int attempt, String why, Instant at, Instant retryAt) ->
                delivery.now(Status.FAILED, tried, why, at, retryAt);
            case NotificationEvent.Delivered(int attempt, Instant at) ->
                delivery.now(Status.DELIVERED, Math.max(tried, attempt), null, at, null);
            case NotificationEvent.GivenUp(int attempts, String why, Instant at) ->
                delivery.now(Status.GIVEN_UP, tried, why, at, null);
            case NotificationEvent.Resent(Instant at) -> delivery.now(Status.FAILED, tried, delivery.why(), at, at);
            case NotificationEvent.Ended(String why, Instant at) -> delivery.now(Status.ENDED, tried, why, at, null);
            case NotificationEvent.Read(var by, Instant at) -> delivery.now(Status.READ, tried, null, at, null);
            case NotificationEvent.Recalled(String cause, Instant at) ->
                delivery.now(Status.RECALLED, tried, delivery.why(), at, null);
        };
    }

    private static List<DeliveryDeadline> deadline(DeliveryView delivery) {
        if (delivery.channel() == Channel.INBOX && delivery.notBefore() == null) {
            return List.of(); // it arrives with the event that queues it
        }
        Instant due = delivery.dueAt();
        return List.of(new DeliveryDeadline(delivery.id(), due == null ? delivery.queuedAt() : due, due != null));
    }

    @Override
    public List<ViewIndex> indexes() {
        return List.of(
                ViewIndex.on("recipient", "shown", "-unread", "-queuedAt", "-_id"),
                ViewIndex.on("recipient", "shown", "priority", "-unread", "-queuedAt", "-_id"),
                ViewIndex.on("recipient", "channel", "trouble", "_id"),
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
        boolean shownOtherwise = before == null || !before.shown() && !after.shown()
                ? after.shown()
                : before.shown() != after.shown() || before.unread() != after.unread();
        if (shownOtherwise) {
            String state = !after.shown() ? "recalled" : after.unread() ? "unread" : "read";
            changes.add(new Change(
                    "inbox",
                    after.id(),
                    Set.of(after.recipient()),
                    Map.of(
                            "notice",
                            after.notice().name(),
                            "priority",
                            after.priority().name(),
                            "state",
                            state)));
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
