package fr.relais.notification.domain;

import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Attempted;
import fr.relais.kit.decide.Decider;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.notification.domain.Delivery.Attempting;
import fr.relais.notification.domain.Delivery.Delivered;
import fr.relais.notification.domain.Delivery.Ended;
import fr.relais.notification.domain.Delivery.GivenUp;
import fr.relais.notification.domain.Delivery.Known;
import fr.relais.notification.domain.Delivery.Queued;
import fr.relais.notification.domain.Delivery.Read;
import fr.relais.notification.domain.Delivery.Recalled;
import fr.relais.notification.domain.Delivery.Retrying;
import fr.relais.notification.domain.Delivery.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one delivery: queued → attempted → delivered → read (into the inbox it is delivered by being queued), or failed → attempted again … → given up, and attempted
 * once more when an operator has it resent; ended where its address was taken away; recalled from anywhere before it was
 * read.
 *
 * <p>A digest is one delivery of several tellings. It takes further ones until it leaves, and none after its first attempt.
 *
 * <p>An attempt is journaled before anything leaves and its result after. A process that dies in between leaves an
 * attempt without a result; it counts, and after a while the next one is made under the same delivery id. A receiver may
 * therefore see an id again, and never two ids for one telling.
 */
public final class DeliveryDecider implements Decider<DeliveryCommand, Delivery, NotificationEvent> {

    private final RetryPolicy policy;

    public DeliveryDecider(RetryPolicy policy) {
        this.policy = policy;
    }

    @Override
    public Delivery initial() {
        return new Unknown();
    }

    @Override
    public Decision<NotificationEvent> decide(DeliveryCommand command, Delivery state) {
        return switch (command) {
            case DeliveryCommand.Queue queue -> queue(queue, state);
            case DeliveryCommand.Send send -> send(send, state);
            case DeliveryCommand.Put put -> put(put, state);
            case DeliveryCommand.Attempt attempt -> attempt(attempt, state);
            case DeliveryCommand.Depart depart -> depart(depart, state);
            case DeliveryCommand.Confirm confirm -> confirm(confirm, state);
            case DeliveryCommand.Fail fail -> fail(fail, state);
            case DeliveryCommand.Abandon abandon -> abandon(abandon, state);
            case DeliveryCommand.End end -> end(end, state);
            case DeliveryCommand.Resend resend -> resend(resend, state);
            case DeliveryCommand.MarkRead read -> read(read, state);
            case DeliveryCommand.Recall recall -> recall(recall, state);
        };
    }

    private static Decision<NotificationEvent> queue(DeliveryCommand.Queue command, Delivery state) {
        return switch (state) {
            case Unknown() -> Decision.accept(queued(command.telling(), command.notBefore(), false, command.at()));
            case Known known -> Decision.nothing();
        };
    }

    private static Decision<NotificationEvent> send(DeliveryCommand.Send command, Delivery state) {
        return switch (state) {
            case Unknown() ->
                Decision.accept(queued(command.telling(), null, false, command.at()), new Attempted(1, command.at()));
            case Known known -> Decision.nothing();
        };
    }

    /** The inbox is this service's own: what is journaled for it is in it, and nothing has to leave. */
    private static NotificationEvent begun(Queued queued, Instant at) {
        return queued.telling().channel() == NotificationEvent.Channel.INBOX
                ? new NotificationEvent.Delivered(1, at)
                : new Attempted(1, at);
    }

    private static Decision<NotificationEvent> depart(DeliveryCommand.Depart command, Delivery state) {
        return state instanceof Attempting attempting && attempting.attempts() == command.attempt()
                ? Decision.accept(new Attempted(command.attempt(), command.at()))
                : Decision.nothing();
    }

    private static Decision<NotificationEvent> put(DeliveryCommand.Put command, Delivery state) {
        if (state instanceof Known known
                && known.parcel().tells(command.telling().cause())) {
            return Decision.nothing();
        }
        return switch (state) {
            case Unknown() -> Decision.accept(queued(command.telling(), command.leaves(), true, command.at()));
            case Queued queued -> added(queued, command);
            // All that it held was taken back before it left: it is as good as a new one.
            case Recalled recalled -> recalled.attempts() > 0 ? Decision.reject(hasLeft()) : added(recalled, command);
            case Attempting a -> Decision.reject(hasLeft());
            case Retrying r -> Decision.reject(hasLeft());
            case Delivered d -> Decision.reject(hasLeft());
            case Read r -> Decision.reject(hasLeft());
            case GivenUp g -> Decision.reject(hasLeft());
            case Ended e -> Decision.reject(hasLeft());
        };
    }

    private static Decision<NotificationEvent> added(Known digest, DeliveryCommand.Put command) {
        Instant leaves = digest.parcel().notBefore();
        if (leaves == null || !command.at().isBefore(leaves)) {
            return Decision.reject(hasLeft());
        }
        Telling telling = command.telling();
        return Decision.accept(new NotificationEvent.Added(
                telling.notice(),
                Attention.of(telling.notice()),
                telling.cause(),
                telling.pathway(),
                telling.step(),
                telling.handoff(),
                telling.patient(),
                leaves,
                command.at()));
    }

    private static NotificationEvent queued(Telling telling, @Nullable Instant notBefore, boolean digest, Instant at) {
        return new NotificationEvent.Queued(
                telling.recipient(),
                telling.channel(),
                telling.notice(),
                telling.cause(),
                telling.pathway(),
                telling.step(),
                telling.handoff(),
                at,
                Attention.of(telling.notice()),
                notBefore,
                digest ? true : null,
                telling.patient());
    }

    private Decision<NotificationEvent> attempt(DeliveryCommand.Attempt command, Delivery state) {
        Instant now = command.at();
        return switch (state) {
            case Unknown() -> Decision.reject(noSuchDelivery());
            case Queued queued -> {
                Instant notBefore = queued.parcel().notBefore();
                yield notBefore != null && now.isBefore(notBefore)
                        ? Decision.reject(Rejection.conflict(
                                "not-due-yet", "it leaves at " + notBefore + ", and not before: wait until then"))
                        : Decision.accept(begun(queued, now));
            }
            case Retrying retrying ->
                now.isBefore(retrying.retryAt())
                        ? Decision.reject(Rejection.conflict(
                                "not-due-yet",
                                "the next attempt is due at " + retrying.retryAt() + ": wait until then"))
                        : Decision.accept(new Attempted(retrying.attempts() + 1, now));
            case Attempting attempting -> {
                if (!policy.stalled(attempting.since(), now)) {
                    yield Decision.reject(Rejection.conflict(
                            "attempt-under-way", "an attempt is in the air: wait for its result, or until it stalled"));
                }
                yield policy.over(begins(attempting), now)
                        ? Decision.accept(new NotificationEvent.GivenUp(
                                attempting.attempts(), "the last attempt never came to an end", now))
                        : Decision.accept(new Attempted(attempting.attempts() + 1, now));
            }
            case Delivered d -> Decision.nothing();
            case Read r -> Decision.nothing();
            case GivenUp g -> Decision.nothing();
            case Ended e -> Decision.nothing();
            case Recalled r -> Decision.nothing();
        };
    }

    private static Decision<NotificationEvent> confirm(DeliveryCommand.Confirm command, Delivery state) {
        NotificationEvent arrived = new NotificationEvent.Delivered(command.attempt(), command.at());
        return switch (state) {
            case Unknown() -> Decision.reject(noSuchDelivery());
            case Queued queued -> Decision.reject(noSuchAttempt());
            // An answer may come after its attempt was taken for crashed: it arrived all the same.
            case Attempting attempting -> Decision.accept(arrived);
            case Retrying retrying -> Decision.accept(arrived);
            case GivenUp givenUp -> Decision.accept(arrived);
            case Ended ended -> Decision.accept(arrived);
            case Delivered d -> Decision.nothing();
            case Read r -> Decision.nothing();
            case Recalled r -> Decision.nothing();
        };
    }

    private Decision<NotificationEvent> fail(DeliveryCommand.Fail command, Delivery state) {
        return switch (state) {
            case Unknown() -> Decision.reject(noSuchDelivery());
            case Queued queued -> Decision.reject(noSuchAttempt());
            case Attempting attempting -> {
                if (attempting.attempts() != command.attempt()) {
                    yield Decision.nothing();
                }
                Optional<Instant> retryAt = policy.next(
                        command.delivery(), command.attempt(), command.retryAfter(), begins(attempting), command.at());
                yield retryAt.isPresent()
                        ? Decision.accept(new NotificationEvent.Failed(
                                command.attempt(), command.why(), command.at(), retryAt.get()))
                        : Decision.accept(
                                new NotificationEvent.GivenUp(command.attempt(), command.why(), command.at()));
            }
            case Retrying r -> Decision.nothing();
            case Delivered d -> Decision.nothing();
            case Read r -> Decision.nothing();
            case GivenUp g -> Decision.nothing();
            case Ended e -> Decision.nothing();
            case Recalled r -> Decision.nothing();
        };
    }

    private static Decision<NotificationEvent> abandon(DeliveryCommand.Abandon command, Delivery state) {
        return switch (state) {
            case Unknown() -> Decision.reject(noSuchDelivery());
            case Queued queued -> Decision.reject(noSuchAttempt());
            case Attempting attempting ->
                attempting.attempts() == command.attempt()
                        ? Decision.accept(new NotificationEvent.GivenUp(command.attempt(), command.why(), command.at()))
                        : Decision.nothing();
            case Retrying r -> Decision.nothing();
            case Delivered d -> Decision.nothing();
            case Read r -> Decision.nothing();
            case GivenUp g -> Decision.nothing();
            case Ended e -> Decision.nothing();
            case Recalled r -> Decision.nothing();
        };
    }

    private static Decision<NotificationEvent> read(DeliveryCommand.MarkRead command, Delivery state) {
        if (state instanceof Known known
                && !command.readsFor().contains(known.telling().recipient())) {
            // Somebody else's notice answers as if it did not exist.
            return Decision.reject(noSuchDelivery());
        }
        NotificationEvent seen = new NotificationEvent.Read(command.by(), command.at());
        return switch (state) {
            case Unknown() -> Decision.reject(noSuchDelivery());
            case Queued queued -> Decision.accept(seen);
            case Attempting attempting -> Decision.accept(seen);
            case Retrying retrying -> Decision.accept(seen);
            case Delivered delivered -> Decision.accept(seen);
            case Read r -> Decision.nothing();
            case GivenUp g -> Decision.nothing();
            case Ended e -> Decision.nothing();
            case Recalled r -> Decision.nothing();
        };
    }

    private static Decision<NotificationEvent> end(DeliveryCommand.End command, Delivery state) {
        NotificationEvent ended = new NotificationEvent.Ended(command.why(), command.at());
        return switch (state) {
            case Unknown() -> Decision.nothing();
            case Queued queued -> Decision.accept(ended);
            case Attempting attempting -> Decision.accept(ended);
            case Retrying retrying -> Decision.accept(ended);
            case GivenUp givenUp -> Decision.accept(ended);
            case Delivered d -> Decision.nothing();
            case Read r -> Decision.nothing();
            case Ended e -> Decision.nothing();
            case Recalled r -> Decision.nothing();
        };
    }

    private static Decision<NotificationEvent> resend(DeliveryCommand.Resend command, Delivery state) {
        NotificationEvent resent = new NotificationEvent.Resent(command.at());
        return switch (state) {
            case Unknown() -> Decision.reject(noSuchDelivery());
            case Retrying retrying -> Decision.accept(resent);
            case GivenUp givenUp -> Decision.accept(resent);
            case Queued q -> Decision.reject(nothingToResend());
            case Attempting a -> Decision.reject(nothingToResend());
            case Delivered d -> Decision.reject(nothingToResend());
            case Read r -> Decision.reject(nothingToResend());
            case Ended e -> Decision.reject(nothingToResend());
            case Recalled r -> Decision.reject(nothingToResend());
        };
    }

    private static Decision<NotificationEvent> recall(DeliveryCommand.Recall command, Delivery state) {
        return switch (state) {
            // The telling was decided but the process died before it was queued: there is nothing to take back.
            case Unknown() -> Decision.nothing();
            case Queued queued -> takenBack(queued, command);
            case Attempting attempting -> takenBack(attempting, command);
            case Retrying retrying -> takenBack(retrying, command);
            case Delivered delivered -> takenBack(delivered, command);
            case GivenUp givenUp -> takenBack(givenUp, command);
            case Ended e -> Decision.nothing();
            case Read r -> Decision.nothing();
            case Recalled r -> Decision.nothing();
        };
    }

    private static Decision<NotificationEvent> takenBack(Known known, DeliveryCommand.Recall command) {
        List<Telling> current = known.parcel().current();
        if (current.stream().noneMatch(telling -> telling.cause().equals(command.told()))) {
            return Decision.nothing();
        }
        return Decision.accept(
                current.size() == 1
                        ? new NotificationEvent.Recalled(command.cause(), command.at())
                        : new NotificationEvent.Dropped(command.told(), command.cause(), command.at()));
    }

    /** The span of attempts begins when it may leave. */
    private static Instant begins(Known known) {
        Instant notBefore = known.parcel().notBefore();
        return notBefore != null && notBefore.isAfter(known.queuedAt()) ? notBefore : known.queuedAt();
    }

    private static Rejection hasLeft() {
        return Rejection.conflict("digest-has-left", "this digest has left: put it into the next");
    }

    private static Rejection nothingToResend() {
        return Rejection.conflict(
                "nothing-to-resend", "only what failed or was given up can be sent again: read the delivery again");
    }

    private static Rejection noSuchDelivery() {
        return Rejection.notFound(
                "no-such-delivery", "there is no notice under this id for you: read your inbox again");
    }

    private static Rejection noSuchAttempt() {
        return Rejection.conflict("no-such-attempt", "no attempt of this delivery began: begin one first");
    }

    @Override
    public Delivery evolve(Delivery state, NotificationEvent event) {
        if (event instanceof NotificationEvent.Queued queued) {
            Parcel parcel = new Parcel(
                    List.of(telling(queued)), Set.of(), Boolean.TRUE.equals(queued.digest()), queued.notBefore());
            return queued.arrives()
                    ? new Delivered(parcel, queued.at(), 1, queued.at())
                    : new Queued(parcel, queued.at());
        }
        Known known = known(state, event);
        Parcel parcel = known.parcel();
        Instant since = known.queuedAt();
        int attempts = known.attempts();
        return switch (event) {
            case NotificationEvent.Queued again -> state;
            case NotificationEvent.Added added -> {
                Telling telling = telling(added, known.telling());
                yield new Queued(
                        known instanceof Recalled
                                ? parcel.only(telling, added.notBefore())
                                : parcel.with(telling, added.notBefore()),
                        since);
            }
            case NotificationEvent.Dropped dropped -> dropped(known, dropped.told());
            case Attempted attempted -> new Attempting(parcel, since, attempted.attempt(), attempted.at());
            case NotificationEvent.Delivered delivered ->
                new Delivered(parcel, since, Math.max(attempts, delivered.attempt()), delivered.at());
            case NotificationEvent.Failed failed -> new Retrying(parcel, since, attempts, failed.retryAt());
            case NotificationEvent.GivenUp givenUp -> new GivenUp(parcel, since, attempts, givenUp.why());
            case NotificationEvent.Resent resent -> new Retrying(parcel, resent.at(), attempts, resent.at());
            case NotificationEvent.Ended ended -> new Ended(parcel, since, attempts, ended.why());
            case NotificationEvent.Read read -> new Read(parcel, since, attempts, read.by(), read.at());
            case NotificationEvent.Recalled recalled -> new Recalled(parcel, since, attempts, recalled.cause());
            case NotificationEvent.Weighed weighed -> throw damaged(event);
        };
    }

    private static Delivery dropped(Known known, String told) {
        Parcel parcel = known.parcel().without(told, known.attempts() > 0);
        return switch (known) {
            case Queued q -> new Queued(parcel, q.queuedAt());
            case Attempting a -> new Attempting(parcel, a.queuedAt(), a.attempts(), a.since());
            case Retrying r -> new Retrying(parcel, r.queuedAt(), r.attempts(), r.retryAt());
            case Delivered d -> new Delivered(parcel, d.queuedAt(), d.attempts(), d.at());
            case GivenUp g -> new GivenUp(parcel, g.queuedAt(), g.attempts(), g.why());
            case Ended e -> e;
            case Read r -> r;
            case Recalled r -> r;
        };
    }

    private static Telling telling(NotificationEvent.Queued queued) {
        return new Telling(
                queued.recipient(),
                queued.channel(),
                queued.notice(),
                queued.cause(),
                queued.pathway(),
                queued.step(),
                queued.handoff(),
                queued.patient());
    }

    private static Telling telling(NotificationEvent.Added added, Telling first) {
        return new Telling(
                first.recipient(),
                first.channel(),
                added.notice(),
                added.cause(),
                added.pathway(),
                added.step(),
                added.handoff(),
                added.patient());
    }

    private static Known known(Delivery state, NotificationEvent event) {
        if (state instanceof Known known) {
            return known;
        }
        throw damaged(event);
    }

    private static IllegalStateException damaged(NotificationEvent event) {
        return new IllegalStateException(
                "a delivery begins with 'queued', but this stream has " + event + ": its journal is damaged");
    }
}
