package fr.relais.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What became of each telling. One stream per delivery ({@code delivery-…}): one event told to one person by one channel, or
 * a digest of several. Beside these one stream per person and day ({@code day-…}) that says how much they were interrupted.
 */
@EventFamily(topic = "relais.notification", owner = "notification-service")
public sealed interface NotificationEvent extends DomainEvent {

    /** By which way a person is told. */
    enum Channel {
        /** The list in Relais itself. It interrupts nobody. */
        INBOX,
        /** Somebody's software. */
        WEBHOOK,
        /** A mail without anything of a patient. */
        EMAIL
    }

    /** What a person is told. */
    enum Notice {
        OFFER,
        TAKEN_BY_ANOTHER,
        WITHDRAWN,
        /** What was accepted is not to be done any more: open before you leave. */
        VISIT_CANCELLED,
        CORRECTED,
        REMINDER,
        OVERDUE,
        ESCALATED,
        UNASSIGNED,
        ACCEPTED,
        DECLINED,
        COMPLETED,
        ATTENTION,
        /** Somebody could not do what they had accepted. */
        HANDOFF_FAILED,
        /** At the emergency room: call before you go. */
        EMERGENCY,
        /** The emergency visit ended without a stay. */
        EMERGENCY_OVER,
        /** Away from hospital for a time, and still its patient. */
        ON_LEAVE,
        /** Something else that a hospital says. */
        HOSPITAL_NEWS,
        /** Somebody says that your step was done: confirm or correct it. */
        REPORTED_DONE,
        /** Whoever holds the step says that it was not done. */
        NOT_DONE,
        /** Nobody answered for two weeks of a recurring step. */
        WEEK_UNANSWERED,
        URGENT_NOTE,
        LETTER_ARRIVED,
        LETTER_MISSING,
        /** The pathway is over, and whoever took part is told once. */
        ENDED,
        /** It was closed by a mistake and goes on. */
        REOPENED,
        /** A patient whom no pathway follows was admitted. */
        ADMITTED,
        /** A patient whom no pathway follows went home. */
        DISCHARGED,
        /** The admission of which one was told was none. */
        ADMISSION_TAKEN_BACK,
        /** The discharge of which one was told was none. */
        DISCHARGE_TAKEN_BACK,
        /** A patient of yours left hospital against medical advice. */
        LEFT_AGAINST_ADVICE,
        /** Somebody tries whether a channel reaches them. */
        TEST
    }

    /** How much a notice may interrupt. */
    enum Priority {
        /** Somebody must act now. */
        ACT_NOW,
        /** Somebody must act today. */
        ACT_TODAY,
        /** Good to know; stands in the list and is never chased. */
        KNOW
    }

    /** How a notice comes to a person, beside standing in their list. */
    enum Manner {
        /** By itself. */
        PUSH,
        /** With others, in the digest of a day. */
        DIGEST,
        /** Not at all. */
        LIST
    }

    /**
     * A telling was decided, under a delivery id that it keeps whatever happens.
     *
     * @param recipient the person, or the structure whose common inbox is meant
     * @param cause id of the event that is told
     * @param pathway the pathway it is about; empty where no pathway follows the patient
     * @param step the step, where one is meant
     * @param handoff the handoff, where one is meant
     * @param priority how much it may interrupt
     * @param notBefore nothing leaves earlier: the end of a quiet time, the hour of a digest, the end of the time to undo;
     *     null for at once
     * @param digest whether further tellings may be added until then
     * @param patient internal id of the patient, where no pathway follows them
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
            Instant at,
            @Nullable Priority priority,
            @Nullable Instant notBefore,
            @Nullable Boolean digest,
            @Nullable String patient)
            implements NotificationEvent {
        public Queued {
            requireNonNull(recipient, "recipient is missing");
            requireNonNull(channel, "channel is missing");
            requireNonNull(notice, "notice is missing");
            requireNonNull(cause, "cause is missing");
            requireNonNull(pathway, "pathway is missing");
            requireNonNull(at, "at is missing");
        }

        /** One telling that leaves at once. */
        public Queued(
                Party recipient,
                Channel channel,
                Notice notice,
                String cause,
                String pathway,
                @Nullable String step,
                @Nullable String handoff,
                Instant at) {
            this(recipient, channel, notice, cause, pathway, step, handoff, at, null, null, null, null);
        }

        /**
         * Whether it is delivered with this event: the inbox is a list of this very topic, so that nothing has to leave. Until
         * November 2026 an {@link Attempted} and a {@link Delivered} of the same commit followed.
         */
        public boolean arrives() {
            return channel == Channel.INBOX && notBefore == null;
        }
    }

    /**
     * A further telling was put into a digest that has not left yet; it keeps the digest's delivery id.
     *
     * @param cause id of the event that is told
     * @param pathway the pathway it is about; empty where no pathway follows the patient
     * @param notBefore when the digest leaves
     * @param patient internal id of the patient, where no pathway follows them
     */
    @EventType(name = "notification.added")
    record Added(
            Notice notice,
            Priority priority,
            String cause,
            String pathway,
            @Nullable String step,
            @Nullable String handoff,
            @Nullable String patient,
            Instant notBefore,
            Instant at)
            implements NotificationEvent {
        public Added {
            requireNonNull(notice, "notice is missing");
            requireNonNull(priority, "priority is missing");
            requireNonNull(cause, "cause is missing");
            requireNonNull(pathway, "pathway is missing");
            requireNonNull(notBefore, "notBefore is missing");
            requireNonNull(at, "at is missing");
        }
    }

    /**
     * One telling of a digest does not hold any more; the others do.
     *
     * @param told id of the event that had been told
     * @param cause id of the event that takes it back
     */
    @EventType(name = "notification.dropped")
    record Dropped(String told, String cause, Instant at) implements NotificationEvent {
        public Dropped {
            requireNonNull(told, "told is missing");
            requireNonNull(cause, "cause is missing");
            requireNonNull(at, "at is missing");
        }
    }

    /**
     * An attempt begins; written before anything leaves, so that a crash is seen as an attempt. The same number again says
     * that it waited for its turn and leaves only now.
     */
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

    /** An operator has it sent again after it was given up. The span of its attempts begins anew. */
    @EventType(name = "notification.resent")
    record Resent(Instant at) implements NotificationEvent {
        public Resent {
            requireNonNull(at, "at is missing");
        }
    }

    /**
     * It is over without having arrived, and nobody has to look at it: its address was taken away.
     *
     * @param why plain words for operators, without patient data
     */
    @EventType(name = "notification.ended")
    record Ended(String why, Instant at) implements NotificationEvent {
        public Ended {
            requireNonNull(why, "why is missing");
            requireNonNull(at, "at is missing");
        }
    }

    /**
     * It was weighed how a notice may come to a person on that day: by itself, in a digest, or in their list alone. Written
     * before anything is queued, on the stream of the person's day, so that a repeat decides the same.
     *
     * @param cause id of the event that is told
     * @param notBefore when it leaves; null where it stands in the list alone
     * @param digest civil day (Europe/Paris) of the digest that holds it
     * @param overBudget whether it is in a digest only because the pushes of that day were spent
     */
    @EventType(name = "notification.weighed")
    record Weighed(
            Party reader,
            String cause,
            Notice notice,
            Priority priority,
            Manner manner,
            @Nullable Instant notBefore,
            @Nullable LocalDate digest,
            boolean overBudget,
            Instant at)
            implements NotificationEvent {
        public Weighed {
            requireNonNull(reader, "reader is missing");
            requireNonNull(cause, "cause is missing");
            requireNonNull(notice, "notice is missing");
            requireNonNull(priority, "priority is missing");
            requireNonNull(manner, "manner is missing");
            requireNonNull(at, "at is missing");
        }
    }
}
