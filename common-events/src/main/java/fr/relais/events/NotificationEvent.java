package fr.relais.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of each telling. One stream per delivery: one event, one person, one channel. */
@EventFamily(topic = "relais.notification", owner = "notification-service")
public sealed interface NotificationEvent extends DomainEvent {

    /** By which way a person is told. */
    enum Channel {
        INBOX,
        WEBHOOK
    }

    /** What a person is told. */
    enum Notice {
        OFFER,
        TAKEN_BY_ANOTHER,
        WITHDRAWN,
        CORRECTED,
        REMINDER,
        OVERDUE,
        ESCALATED,
        UNASSIGNED,
        ACCEPTED,
        DECLINED,
        COMPLETED,
        ATTENTION
    }

    /**
     * A telling was decided, under a delivery id that it keeps whatever happens.
     *
     * @param recipient the person, or the structure whose common inbox is meant
     * @param cause id of the event that is told
     * @param pathway the pathway it is about
     * @param step the step, where one is meant
     * @param handoff the handoff, where one is meant
     */
    @EventType(name = "notification.queued")
    record Queued(
            Party recipient,
            Channel channel,
            Notice notice,
            String cause,
            String pathway,
            @Nullable String step,
            @Nullable String handoff,
            Instant at)
            implements NotificationEvent {
        public Queued {
            requireNonNull(recipient, "recipient is missing");
            requireNonNull(channel, "channel is missing");
            requireNonNull(notice, "notice is missing");
            requireNonNull(cause, "cause is missing");
            requireNonNull(pathway, "pathway is missing");
            requireNonNull(at, "at is missing");
        }
    }

    /** An attempt begins; written before anything leaves, so that a crash is seen as an attempt. */
    @EventType(name = "notification.attempted")
    record Attempted(int attempt, Instant at) implements NotificationEvent {
        public Attempted {
            requireNonNull(at, "at is missing");
        }
    }

    /** The channel took it. */
    @EventType(name = "notification.delivered")
    record Delivered(int attempt, Instant at) implements NotificationEvent {
        public Delivered {
            requireNonNull(at, "at is missing");
        }
    }

    /**
     * An attempt failed.
     *
     * @param why plain words for operators, without patient data
     * @param retryAt when it is tried again
     */
    @EventType(name = "notification.failed")
    record Failed(int attempt, String why, Instant at, Instant retryAt) implements NotificationEvent {
        public Failed {
            requireNonNull(why, "why is missing");
            requireNonNull(at, "at is missing");
            requireNonNull(retryAt, "retryAt is missing");
        }
    }

    /** No more attempts; operators see it. */
    @EventType(name = "notification.given-up")
    record GivenUp(int attempts, String why, Instant at) implements NotificationEvent {
        public GivenUp {
            requireNonNull(why, "why is missing");
            requireNonNull(at, "at is missing");
        }
    }

    /** The person opened it. */
    @EventType(name = "notification.read")
    record Read(Party by, Instant at) implements NotificationEvent {
        public Read {
            requireNonNull(by, "by is missing");
            requireNonNull(at, "at is missing");
        }
    }

    /** What was told does not hold any more: it is taken back, and no attempt follows. */
    @EventType(name = "notification.recalled")
    record Recalled(String cause, Instant at) implements NotificationEvent {
        public Recalled {
            requireNonNull(cause, "cause is missing");
            requireNonNull(at, "at is missing");
        }
    }
}
