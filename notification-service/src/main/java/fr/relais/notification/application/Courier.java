package fr.relais.notification.application;

import fr.relais.events.Actor;
import fr.relais.events.NotificationEvent;
import fr.relais.events.Party;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import fr.relais.notification.domain.Delivery;
import fr.relais.notification.domain.DeliveryCommand;
import fr.relais.notification.domain.Parcel;
import fr.relais.notification.domain.Payload;
import fr.relais.notification.domain.PublicNotice;
import fr.relais.notification.domain.SecureNotice;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts deliveries. What begins is journaled before anything leaves, what came of it after; whatever happens in
 * between, the deadline of the delivery finds it.
 */
public final class Courier {

    private static final Logger log = LoggerFactory.getLogger(Courier.class);
    private static final Actor COURIER = Actor.system("courier");

    private final Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries;
    private final Channels channels;
    private final Lanes lanes;
    private final PublicNotices publicNotices;
    private final InstantSource clock;
    private final Set<String> inTheAir = ConcurrentHashMap.newKeySet();

    public Courier(
            Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries,
            Channels channels,
            Lanes lanes,
            PublicNotices publicNotices,
            InstantSource clock) {
        this.deliveries = deliveries;
        this.channels = channels;
        this.lanes = lanes;
        this.publicNotices = publicNotices;
        this.clock = clock;
    }

    /** Attempts a delivery, unless that is moot or somebody is at it; returns before anything that depends on others. */
    public void send(String delivery, CommandContext context) {
        if (deliveries.load(delivery).state() instanceof Delivery.Known known) {
            send(delivery, known.telling().channel(), known.telling().recipient(), context);
        }
    }

    /** The same of one whose way is known: whether it is moot, the attempt finds out. */
    public void send(String delivery, NotificationEvent.Channel by, Party recipient, CommandContext context) {
        Channel<?> channel = channels.of(by);
        Optional<String> lane = channel.lane(recipient);
        if (lane.isEmpty()) {
            attempt(delivery, channel, context);
        } else if (!lanes.offer(lane.get(), () -> attempt(delivery, channel, context))) {
            log.warn("delivery={} waits for its deadline: the lane of its receiver is full", delivery);
        }
    }

    // Whoever is at it here still is, whatever the clock says: a clock that jumped ahead makes no attempt stall.
    private void attempt(String delivery, Channel<?> channel, CommandContext context) {
        if (!inTheAir.add(delivery)) {
            return;
        }
        try {
            begin(delivery, channel, context);
        } finally {
            inTheAir.remove(delivery);
        }
    }

    private void begin(String delivery, Channel<?> channel, CommandContext context) {
        Instant now = clock.instant();
        Outcome<Delivery> begun =
                deliveries.execute(delivery, at(context, context.commandId(), now), new DeliveryCommand.Attempt(now));
        // A repeated command began its attempt before, and whoever did that may still be at it.
        if (begun instanceof Outcome.Done<Delivery>(Delivery state, long sequence, boolean repeated)
                && !repeated
                && state instanceof Delivery.Attempting attempting) {
            conclude(delivery, attempting, hand(delivery, attempting.parcel(), channel), context);
        }
    }

    private <N extends Payload> Handover hand(String delivery, Parcel parcel, Channel<N> channel) {
        N notice = channel.carries().cast(payload(delivery, parcel, channel.carries()));
        return channel.deliver(delivery, parcel.first().recipient(), notice);
    }

    private Payload payload(String delivery, Parcel parcel, Class<? extends Payload> wanted) {
        return wanted == PublicNotice.class ? publicNotices.of(delivery, parcel) : SecureNotice.of(parcel.first());
    }

    private void conclude(String delivery, Delivery.Attempting attempting, Handover handover, CommandContext context) {
        int attempt = attempting.attempts();
        Instant now = clock.instant();
        DeliveryCommand result = switch (handover) {
            case Handover.Arrived() -> new DeliveryCommand.Confirm(attempt, now);
            case Handover.Failed(String why, var retryAfter) ->
                new DeliveryCommand.Fail(delivery, attempt, why, retryAfter, now);
            case Handover.Refused(String why) -> new DeliveryCommand.Abandon(attempt, why, now);
            case Handover.Moot(String why) -> new DeliveryCommand.End(why, now);
        };
        Outcome<Delivery> outcome =
                deliveries.execute(delivery, at(context, delivery + "/attempt-" + attempt + "/result", now), result);
        if (outcome.state() instanceof Delivery.GivenUp givenUp) {
            log.warn(
                    "delivery={} sequence={} given up after {} attempts: {}",
                    delivery,
                    outcome.sequence(),
                    givenUp.attempts(),
                    givenUp.why());
        }
    }

    private static CommandContext at(CommandContext context, String command, Instant now) {
        return new CommandContext(command, null, COURIER, now, context.causation(), context.traceparent());
    }
}
