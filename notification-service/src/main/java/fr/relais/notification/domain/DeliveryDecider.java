package fr.relais.notification.domain;

import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Attempted;
import fr.relais.kit.decide.Decider;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.notification.domain.Delivery.Attempting;
import fr.relais.notification.domain.Delivery.Delivered;
import fr.relais.notification.domain.Delivery.GivenUp;
import fr.relais.notification.domain.Delivery.Known;
import fr.relais.notification.domain.Delivery.Queued;
import fr.relais.notification.domain.Delivery.Read;
import fr.relais.notification.domain.Delivery.Recalled;
import fr.relais.notification.domain.Delivery.Retrying;
import fr.relais.notification.domain.Delivery.Unknown;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules of one delivery: queued → attempted → delivered → read, or failed → attempted again … → given up; recalled
 * from anywhere before it was read.
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
            case DeliveryCommand.Attempt attempt -> attempt(attempt, state);
            case DeliveryCommand.Confirm confirm -> confirm(confirm, state);
            case DeliveryCommand.Fail fail -> fail(fail, state);
            case DeliveryCommand.Abandon abandon -> abandon(abandon, state);
            case DeliveryCommand.MarkRead read -> read(read, state);
            case DeliveryCommand.Recall recall -> recall(recall, state);
        };
    }

    private static Decision<NotificationEvent> queue(DeliveryCommand.Queue command, Delivery state) {
        Telling telling = command.telling();
        return switch (state) {
            case Unknown() ->
                Decision.accept(new NotificationEvent.Queued(
                        telling.recipient(),
                        telling.channel(),
                        telling.notice(),
                        telling.cause(),
                        telling.pathway(),
                        telling.step(),
                        telling.handoff(),
                        command.at()));
            case Known known -> Decision.nothing();
        };
    }

    private Decision<NotificationEvent> attempt(DeliveryCommand.Attempt command, Delivery state) {
        Instant now = command.at();
        return switch (state) {
            case Unknown() -> Decision.reject(noSuchDelivery());
            case Queued queued -> Decision.accept(new Attempted(1, now));
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
                yield policy.over(attempting.queuedAt(), now)
                        ? Decision.accept(new NotificationEvent.GivenUp(
                                attempting.attempts(), "the last attempt never came to an end", now))
                        : Decision.accept(new Attempted(attempting.attempts() + 1, now));
            }
            case Delivered d -> Decision.nothing();
            case Read r -> Decision.nothing();
            case GivenUp g -> Decision.nothing();
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
                        command.delivery(),
                        command.attempt(),
                        command.retryAfter(),
                        attempting.queuedAt(),
                        command.at());
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
            case Recalled r -> Decision.nothing();
        };
    }

    private static Decision<NotificationEvent> recall(DeliveryCommand.Recall command, Delivery state) {
        NotificationEvent recalled = new NotificationEvent.Recalled(command.cause(), command.at());
        return switch (state) {
            // The telling was decided but the process died before it was queued: there is nothing to take back.
            case Unknown() -> Decision.nothing();
            case Queued queued -> Decision.accept(recalled);
            case Attempting attempting -> Decision.accept(recalled);
            case Retrying retrying -> Decision.accept(recalled);
            case Delivered delivered -> Decision.accept(recalled);
            case GivenUp givenUp -> Decision.accept(recalled);
            case Read r -> Decision.nothing();
            case Recalled r -> Decision.nothing();
        };
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
        return switch (event) {
            case NotificationEvent.Queued queued ->
                new Queued(
                        new Telling(
                                queued.recipient(),
                                queued.channel(),
                                queued.notice(),
                                queued.cause(),
                                queued.pathway(),
                                queued.step(),
                                queued.handoff()),
                        queued.at());
            case Attempted attempted -> {
                Known known = known(state, event);
                yield new Attempting(known.telling(), known.queuedAt(), attempted.attempt(), attempted.at());
            }
            case NotificationEvent.Delivered delivered -> {
                Known known = known(state, event);
                yield new Delivered(known.telling(), known.queuedAt(), known.attempts(), delivered.at());
            }
            case NotificationEvent.Failed failed -> {
                Known known = known(state, event);
                yield new Retrying(known.telling(), known.queuedAt(), known.attempts(), failed.retryAt());
            }
            case NotificationEvent.GivenUp givenUp -> {
                Known known = known(state, event);
                yield new GivenUp(known.telling(), known.queuedAt(), known.attempts(), givenUp.why());
            }
            case NotificationEvent.Read read -> {
                Known known = known(state, event);
                yield new Read(known.telling(), known.queuedAt(), known.attempts(), read.by(), read.at());
            }
            case NotificationEvent.Recalled recalled -> {
                Known known = known(state, event);
                yield new Recalled(known.telling(), known.queuedAt(), known.attempts(), recalled.cause());
            }
        };
    }

    private static Known known(Delivery state, NotificationEvent event) {
        if (state instanceof Known known) {
            return known;
        }
        throw new IllegalStateException(
                "a delivery begins with 'queued', but this stream begins with " + event + ": its journal is damaged");
    }
}
