package fr.relais.notification.application;

import static java.util.Objects.requireNonNull;

import fr.relais.events.Actor;
import fr.relais.events.NotificationEvent;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import fr.relais.notification.domain.Delivery;
import fr.relais.notification.domain.DeliveryCommand;
import fr.relais.notification.domain.Parcel;
import fr.relais.notification.domain.Payload;
import fr.relais.notification.domain.PublicNotice;
import fr.relais.notification.domain.SecureNotice;
import fr.relais.notification.domain.Telling;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
    private final Duration leavesWithin;
    private final Map<String, Attempt> underWay = new ConcurrentHashMap<>();

    /**
     * A courier.
     *
     * @param leavesWithin an attempt that waited longer for its turn is journaled once more before it leaves, so that
     *     nobody takes it for crashed while it is in the air
     */
    public Courier(
            Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries,
            Channels channels,
            Lanes lanes,
            PublicNotices publicNotices,
            InstantSource clock,
            Duration leavesWithin) {
        this.deliveries = deliveries;
        this.channels = channels;
        this.lanes = lanes;
        this.publicNotices = publicNotices;
        this.clock = clock;
        this.leavesWithin = leavesWithin;
    }

    /** Attempts a delivery, unless that is moot or somebody is at it; returns before anything that depends on others. */
    public void send(String delivery, CommandContext context) {
        if (deliveries.recent(delivery) instanceof Delivery.Known known) {
            carry(delivery, known.telling(), null, context);
        }
    }

    /** Makes the first attempt, which was journaled here and now with the delivery; returns as {@link #send} does. */
    void carry(String delivery, Delivery.Attempting begun, CommandContext context) {
        carry(delivery, begun.telling(), begun, context);
    }

    private void carry(String delivery, Telling telling, Delivery.@Nullable Attempting begun, CommandContext context) {
        Channel<?> channel = channels.of(telling.channel());
        // Asked first: it may fail with the store, and what is under way stays so until it leaves its lane.
        Optional<String> lane = channel.lane(telling.recipient());
        Attempt attempt = new Attempt(delivery, channel, context, begun);
        // Whoever is at it here still is, whatever the clock says: a clock that jumped ahead makes no attempt stall.
        if (underWay.putIfAbsent(delivery, attempt) != null) {
            return;
        }
        if (lane.isEmpty()) {
            attempt.wholly();
        } else if (!lanes.offer(lane.get(), attempt)) {
            attempt.over();
            log.warn("delivery={} waits for its deadline: the lane of its receiver is full", delivery);
        }
    }

    /**
     * Keeps here what waits for its turn.
     *
     * @return whether it did wait here, so that it has not left and never will
     */
    boolean withhold(String delivery) {
        Attempt attempt = underWay.get(delivery);
        return attempt != null && attempt.leaves.compareAndSet(false, true);
    }

    private final class Attempt implements Lanes.Errand {
        private final String delivery;
        private final Channel<?> channel;
        private final CommandContext context;
        private final AtomicBoolean leaves = new AtomicBoolean();
        private Delivery.@Nullable Attempting begun;
        private @Nullable Handover handover;

        Attempt(String delivery, Channel<?> channel, CommandContext context, Delivery.@Nullable Attempting begun) {
            this.delivery = delivery;
            this.channel = channel;
            this.context = context;
            this.begun = begun;
        }

        void wholly() {
            try {
                if (begins()) {
                    inTurn();
                    ends();
                }
            } finally {
                over();
            }
        }

        @Override
        public boolean begins() {
            if (begun == null) {
                begun = journaled(context.commandId(), DeliveryCommand.Attempt::new);
            }
            return begun != null;
        }

        // A repeated command began its attempt before, and whoever did that may still be at it.
        private Delivery.@Nullable Attempting journaled(String command, Function<Instant, DeliveryCommand> begins) {
            Instant now = clock.instant();
            return deliveries.execute(delivery, at(context, command, now), begins.apply(now))
                                    instanceof Outcome.Done<Delivery>(Delivery state, long sequence, boolean repeated)
                            && !repeated
                            && state instanceof Delivery.Attempting attempting
                    ? attempting
                    : null;
        }

        @Override
        public void inTurn() {
            Delivery.Attempting attempting = inTime(requireNonNull(begun));
            begun = attempting;
            if (attempting != null && leaves.compareAndSet(false, true)) {
                handover = hand(attempting.parcel(), channel);
            }
        }

        // What was taken back while it waited does not leave, as far as that is known here.
        private Delivery.@Nullable Attempting inTime(Delivery.Attempting waiting) {
            int attempt = waiting.attempts();
            if (waiting.since().plus(leavesWithin).isBefore(clock.instant())) {
                return journaled(
                        delivery + "/attempt-" + attempt + "/departs", now -> new DeliveryCommand.Depart(attempt, now));
            }
            return deliveries.recent(delivery) instanceof Delivery.Attempting now && now.attempts() == attempt
                    ? now
                    : null;
        }

        private <N extends Payload> Handover hand(Parcel parcel, Channel<N> by) {
            N notice = by.carries().cast(payload(parcel, by.carries()));
            return by.deliver(delivery, parcel.first().recipient(), notice);
        }

        private Payload payload(Parcel parcel, Class<? extends Payload> wanted) {
            return wanted == PublicNotice.class ? publicNotices.of(delivery, parcel) : SecureNotice.of(parcel.first());
        }

        @Override
        public void ends() {
            if (handover != null) {
                conclude(delivery, requireNonNull(begun), handover, context);
            }
        }

        @Override
        public void over() {
            underWay.remove(delivery);
        }
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
