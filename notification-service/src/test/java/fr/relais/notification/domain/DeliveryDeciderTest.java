package fr.relais.notification.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.Party;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.notification.domain.DeliveryCommand.Abandon;
import fr.relais.notification.domain.DeliveryCommand.Attempt;
import fr.relais.notification.domain.DeliveryCommand.Confirm;
import fr.relais.notification.domain.DeliveryCommand.Depart;
import fr.relais.notification.domain.DeliveryCommand.End;
import fr.relais.notification.domain.DeliveryCommand.Fail;
import fr.relais.notification.domain.DeliveryCommand.MarkRead;
import fr.relais.notification.domain.DeliveryCommand.Put;
import fr.relais.notification.domain.DeliveryCommand.Queue;
import fr.relais.notification.domain.DeliveryCommand.Recall;
import fr.relais.notification.domain.DeliveryCommand.Resend;
import fr.relais.notification.domain.DeliveryCommand.Send;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliveryDeciderTest {

    private static final Party NURSE = Party.person("99700900014");
    private static final Party COLLEAGUE = Party.person("99700900022");
    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    private static final Telling OFFER =
            new Telling(NURSE, Channel.WEBHOOK, Notice.OFFER, "pathway-1:4", "pathway-1", "first-visit", "handoff-1");

    private static final Parcel PARCEL = Parcel.of(OFFER);

    private final RetryPolicy policy =
            new RetryPolicy(Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofHours(24), Duration.ofMinutes(1));
    private final DeliveryDecider decider = new DeliveryDecider(policy);

    @Test
    void what_is_told_in_the_inbox_is_there_with_the_commit_that_says_so() {
        Queue queue = new Queue(OFFER.by(NotificationEvent.Channel.INBOX), AT);

        assertThat(events(queue, new Delivery.Unknown())).hasSize(1);
        assertThat(after(queue))
                .isEqualTo(new Delivery.Delivered(Parcel.of(OFFER.by(NotificationEvent.Channel.INBOX)), AT, 1, AT));
    }

    @Test
    void what_older_journals_say_of_the_inbox_comes_to_the_same() {
        Queue queue = new Queue(OFFER.by(NotificationEvent.Channel.INBOX), AT);

        assertThat(decider.evolveAll(
                        after(queue),
                        List.of(new NotificationEvent.Attempted(1, AT), new NotificationEvent.Delivered(1, AT))))
                .isEqualTo(after(queue));
    }

    @Test
    void what_is_kept_back_from_the_inbox_is_there_when_its_time_has_come() {
        Queue queue = new Queue(OFFER.by(NotificationEvent.Channel.INBOX), AT.plusSeconds(10), AT);

        assertThat(after(queue, new Attempt(AT.plusSeconds(10))))
                .isInstanceOfSatisfying(
                        Delivery.Delivered.class,
                        delivered -> assertThat(delivered.attempts()).isEqualTo(1));
    }

    @Test
    void what_leaves_at_once_is_queued_and_attempted_in_one() {
        Send send = new Send(OFFER, AT);

        assertThat(after(send)).isEqualTo(new Delivery.Attempting(PARCEL, AT, 1, AT));
        assertThat(events(send, after(send))).isEmpty();
        assertThat(events(send, after(new Queue(OFFER, AT)))).isEmpty();
    }

    @Test
    void an_attempt_that_waited_for_its_turn_is_no_second_one() {
        Instant turn = AT.plusSeconds(50);
        Delivery left = after(new Send(OFFER, AT), new Depart(1, turn));

        assertThat(left).isEqualTo(new Delivery.Attempting(PARCEL, AT, 1, turn));
        assertThat(refusal(new Attempt(AT.plusSeconds(60)), left)).isEqualTo("attempt-under-way");
    }

    @Test
    void an_attempt_that_waited_too_long_does_not_leave_any_more() {
        Depart first = new Depart(1, AT.plusSeconds(70));

        assertThat(events(first, after(new Send(OFFER, AT), new Attempt(AT.plusSeconds(60)))))
                .as("another has begun")
                .isEmpty();
        assertThat(events(first, after(new Send(OFFER, AT), new Recall(OFFER.cause(), "pathway-1:9", AT))))
                .as("it was taken back")
                .isEmpty();
    }

    @Test
    void a_telling_is_queued_once_however_often_it_is_asked_for() {
        Delivery queued = after(new Queue(OFFER, AT));

        assertThat(queued).isEqualTo(new Delivery.Queued(PARCEL, AT));
        assertThat(events(new Queue(OFFER, AT.plusSeconds(9)), queued)).isEmpty();
    }

    @Test
    void an_attempt_that_arrives_is_delivered_and_then_read() {
        Delivery read = after(
                new Queue(OFFER, AT),
                new Attempt(AT),
                new Confirm(1, AT.plusSeconds(1)),
                new MarkRead(NURSE, Set.of(NURSE), AT.plusSeconds(60)));

        assertThat(read).isEqualTo(new Delivery.Read(PARCEL, AT, 1, NURSE, AT.plusSeconds(60)));
    }

    @Test
    void a_failed_attempt_is_repeated_when_its_retry_is_due_and_not_before() {
        Delivery retrying = after(new Queue(OFFER, AT), new Attempt(AT), failed(1, AT));
        Instant retryAt = ((Delivery.Retrying) retrying).retryAt();

        assertThat(refusal(new Attempt(retryAt.minusMillis(1)), retrying)).isEqualTo("not-due-yet");
        assertThat(events(new Attempt(retryAt), retrying)).containsExactly(new NotificationEvent.Attempted(2, retryAt));
    }

    @Test
    void an_attempt_without_a_result_counts_and_is_repeated_once_it_stalled() {
        Delivery attempting = after(new Queue(OFFER, AT), new Attempt(AT));

        assertThat(refusal(new Attempt(AT.plusSeconds(59)), attempting)).isEqualTo("attempt-under-way");
        assertThat(events(new Attempt(AT.plusSeconds(60)), attempting))
                .containsExactly(new NotificationEvent.Attempted(2, AT.plusSeconds(60)));
    }

    @Test
    void an_answer_that_comes_after_its_attempt_was_taken_for_crashed_still_counts() {
        Delivery second = after(new Queue(OFFER, AT), new Attempt(AT), new Attempt(AT.plusSeconds(60)));

        assertThat(events(failed(1, AT.plusSeconds(61)), second)).isEmpty();
        assertThat(events(new Confirm(1, AT.plusSeconds(61)), second))
                .containsExactly(new NotificationEvent.Delivered(1, AT.plusSeconds(61)));
    }

    @Test
    void a_delivery_that_fails_through_its_whole_span_is_given_up() {
        Delivery last = after(
                new Queue(OFFER, AT),
                new Attempt(AT),
                failed(1, AT),
                new Attempt(AT.plus(policy.giveUpAfter())),
                failed(2, AT.plus(policy.giveUpAfter())));

        assertThat(last).isEqualTo(new Delivery.GivenUp(PARCEL, AT, 2, "answered 500"));
        assertThat(events(new Attempt(AT.plus(Duration.ofDays(9))), last)).isEmpty();
    }

    @Test
    void a_delivery_whose_attempts_only_crash_is_given_up_too() {
        Delivery crashing = after(new Queue(OFFER, AT), new Attempt(AT));

        assertThat(events(new Attempt(AT.plus(policy.giveUpAfter())), crashing))
                .singleElement()
                .isInstanceOf(NotificationEvent.GivenUp.class);
    }

    @Test
    void what_cannot_be_mended_is_given_up_at_once() {
        assertThat(after(new Queue(OFFER, AT), new Attempt(AT), new Abandon(1, "answered 410", AT)))
                .isInstanceOf(Delivery.GivenUp.class);
    }

    @Test
    void a_recalled_delivery_is_not_attempted_any_more() {
        Delivery recalled = after(new Queue(OFFER, AT), new Recall(OFFER.cause(), "pathway-1:9", AT));

        assertThat(events(new Attempt(AT.plusSeconds(1)), recalled)).isEmpty();
        assertThat(((Delivery.Known) recalled).mayHaveTold(OFFER.cause())).isFalse();
    }

    @Test
    void whoever_may_have_been_told_is_known_after_the_recall() {
        Delivery recalled = after(
                new Queue(OFFER, AT), new Attempt(AT), failed(1, AT), new Recall(OFFER.cause(), "pathway-1:9", AT));

        assertThat(((Delivery.Known) recalled).mayHaveTold(OFFER.cause())).isTrue();
    }

    @Test
    void a_notice_that_was_read_cannot_be_taken_back() {
        Delivery read = after(
                new Queue(OFFER, AT), new Attempt(AT), new Confirm(1, AT), new MarkRead(NURSE, Set.of(NURSE), AT));

        assertThat(events(new Recall(OFFER.cause(), "pathway-1:9", AT), read)).isEmpty();
    }

    @Test
    void taking_back_what_was_never_queued_changes_nothing() {
        assertThat(events(new Recall(OFFER.cause(), "pathway-1:9", AT), decider.initial()))
                .isEmpty();
    }

    @Test
    void somebody_elses_notice_answers_as_if_it_did_not_exist() {
        Delivery delivered = after(new Queue(OFFER, AT), new Attempt(AT), new Confirm(1, AT));
        MarkRead byColleague = new MarkRead(COLLEAGUE, Set.of(COLLEAGUE), AT);

        assertThat(refusal(byColleague, delivered)).isEqualTo("no-such-delivery");
        assertThat(refusal(byColleague, decider.initial())).isEqualTo("no-such-delivery");
    }

    @Test
    void any_walk_attempts_in_order_and_never_again_once_it_is_over() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int walk = 0; walk < 300; walk++) {
            List<NotificationEvent> history = new ArrayList<>();
            Delivery state = decider.initial();
            Instant now = AT;
            for (int step = 0; step < 40; step++) {
                now = now.plusSeconds(random.nextInt(4000));
                DeliveryCommand command = any(random, now);
                if (decider.decide(command, state) instanceof Decision.Accepted<NotificationEvent>(var events)) {
                    history.addAll(events);
                    state = decider.evolveAll(state, events);
                }
            }
            assertThat(decider.evolveAll(decider.initial(), history))
                    .as("replayed, seed " + seed)
                    .isEqualTo(state);
            check(history, seed);
        }
    }

    private static void check(List<NotificationEvent> history, long seed) {
        int attempts = 0;
        boolean over = false;
        for (NotificationEvent event : history) {
            if (event instanceof NotificationEvent.Attempted(int attempt, Instant at)) {
                assertThat(over).as("attempted after its end, seed " + seed).isFalse();
                assertThat(attempt).as("seed " + seed).isBetween(Math.max(1, attempts), attempts + 1);
                attempts = attempt;
            }
            over = over
                    || event instanceof NotificationEvent.Delivered
                    || event instanceof NotificationEvent.Read
                    || event instanceof NotificationEvent.GivenUp
                    || event instanceof NotificationEvent.Recalled;
        }
    }

    private static DeliveryCommand any(Random random, Instant now) {
        int attempt = 1 + random.nextInt(4);
        return switch (random.nextInt(10)) {
            case 0 -> new Queue(OFFER, now);
            case 1 -> random.nextBoolean() ? new Send(OFFER, now) : new Depart(attempt, now);
            case 2, 3, 4 -> new Attempt(now);
            case 5 -> new Confirm(attempt, now);
            case 6, 7 -> failed(attempt, now);
            case 8 ->
                random.nextInt(6) > 0
                        ? new MarkRead(COLLEAGUE, Set.of(COLLEAGUE), now)
                        : new Abandon(attempt, "answered 410", now);
            default ->
                random.nextBoolean()
                        ? new Recall(OFFER.cause(), "pathway-1:9", now)
                        : new MarkRead(NURSE, Set.of(NURSE), now);
        };
    }

    @Test
    void nothing_leaves_before_its_time() {
        Delivery waiting = after(new Queue(OFFER, AT.plusSeconds(3600), AT));

        assertThat(refusal(new Attempt(AT.plusSeconds(3599)), waiting)).isEqualTo("not-due-yet");
        assertThat(events(new Attempt(AT.plusSeconds(3600)), waiting)).hasSize(1);
        assertThat(after(
                        new Queue(OFFER, AT.plus(Duration.ofDays(2)), AT),
                        new Attempt(AT.plus(Duration.ofDays(2))),
                        failed(1, AT.plus(Duration.ofDays(2)))))
                .as("its attempts have their whole span")
                .isInstanceOf(Delivery.Retrying.class);
    }

    @Test
    void a_digest_takes_what_comes_until_it_leaves_and_nothing_twice() {
        Delivery digest = after(put(1), put(2), put(1));
        assertThat(((Delivery.Known) digest).parcel().current())
                .extracting(Telling::cause)
                .containsExactly("pathway-1:1", "pathway-1:2");
        assertThat(refusal(new Put(telling(3), LEAVES, LEAVES), digest)).isEqualTo("digest-has-left");

        Delivery left = after(put(1), put(2), new Attempt(LEAVES));
        assertThat(refusal(put(3), left)).isEqualTo("digest-has-left");
        assertThat(events(put(2), left)).as("a repeat of what it tells").isEmpty();
    }

    @Test
    void a_digest_in_whose_midst_the_process_died_is_repeated_with_all_that_it_told() {
        Delivery again = after(put(1), put(2), new Attempt(LEAVES), new Attempt(LEAVES.plusSeconds(60)));

        assertThat(again).isInstanceOf(Delivery.Attempting.class);
        assertThat(((Delivery.Known) again).parcel().current()).hasSize(2);
        assertThat(((Delivery.Known) again).attempts()).isEqualTo(2);
    }

    @Test
    void what_does_not_hold_leaves_the_digest_and_the_last_one_takes_it_along() {
        Delivery one = after(put(1), put(2), new Recall("pathway-1:1", "pathway-1:9", AT));
        assertThat(((Delivery.Known) one).parcel().current())
                .extracting(Telling::cause)
                .containsExactly("pathway-1:2");

        Delivery none = after(
                put(1),
                put(2),
                new Recall("pathway-1:1", "pathway-1:9", AT),
                new Recall("pathway-1:2", "pathway-1:9", AT));
        assertThat(none).isInstanceOf(Delivery.Recalled.class);
        assertThat(events(new Attempt(LEAVES), none)).isEmpty();

        Delivery anew = decider.evolveAll(none, events(put(3), none));
        assertThat(((Delivery.Known) anew).parcel().current())
                .extracting(Telling::cause)
                .containsExactly("pathway-1:3");
        assertThat(events(new Attempt(LEAVES), anew)).hasSize(1);
    }

    @Test
    void whoever_was_told_by_a_digest_is_known_and_whoever_was_not_too() {
        Delivery before = after(put(1), put(2), new Recall("pathway-1:1", "pathway-1:9", AT), new Attempt(LEAVES));
        assertThat(((Delivery.Known) before).mayHaveTold("pathway-1:1")).isFalse();
        assertThat(((Delivery.Known) before).mayHaveTold("pathway-1:2")).isTrue();

        Delivery later = after(put(1), put(2), new Attempt(LEAVES), new Recall("pathway-1:1", "pathway-1:9", LEAVES));
        assertThat(((Delivery.Known) later).mayHaveTold("pathway-1:1")).isTrue();
        assertThat(((Delivery.Known) later).parcel().current()).hasSize(1);
    }

    @Test
    void what_was_given_up_is_sent_again_by_an_operator_with_a_new_span() {
        Delivery givenUp = after(new Queue(OFFER, AT), new Attempt(AT), new Abandon(1, "answered 410", AT));
        Instant later = AT.plus(Duration.ofDays(9));

        Delivery again = decider.evolveAll(givenUp, events(new Resend(later), givenUp));
        Delivery failedAgain = decider.evolveAll(again, events(new Attempt(later), again));
        failedAgain = decider.evolveAll(failedAgain, events(failed(2, later), failedAgain));

        assertThat(failedAgain).isInstanceOf(Delivery.Retrying.class);
        assertThat(refusal(new Resend(AT), after(new Queue(OFFER, AT)))).isEqualTo("nothing-to-resend");
    }

    @Test
    void what_has_nowhere_to_go_any_more_is_over_and_bothers_no_operator() {
        Delivery givenUp = after(new Queue(OFFER, AT), new Attempt(AT), new Abandon(1, "answered 410", AT));
        Delivery ended = decider.evolveAll(givenUp, events(new End("address taken away", AT), givenUp));

        assertThat(ended).isInstanceOf(Delivery.Ended.class);
        assertThat(events(new Attempt(AT.plusSeconds(1)), ended)).isEmpty();
        assertThat(events(new End("address taken away", AT), ended)).isEmpty();
    }

    private static final Instant LEAVES = AT.plusSeconds(7200);

    private static Put put(int event) {
        return new Put(telling(event), LEAVES, AT);
    }

    private static Telling telling(int event) {
        return new Telling(NURSE, Channel.EMAIL, Notice.OVERDUE, "pathway-1:" + event, "pathway-1", "step", null);
    }

    private static Fail failed(int attempt, Instant at) {
        return new Fail("delivery-1", attempt, "answered 500", null, at);
    }

    private Delivery after(DeliveryCommand... commands) {
        Delivery state = decider.initial();
        for (DeliveryCommand command : commands) {
            state = decider.evolveAll(state, events(command, state));
        }
        return state;
    }

    private List<NotificationEvent> events(DeliveryCommand command, Delivery state) {
        return ((Decision.Accepted<NotificationEvent>) decider.decide(command, state)).events();
    }

    private String refusal(DeliveryCommand command, Delivery state) {
        Rejection reason = ((Decision.Rejected<NotificationEvent>) decider.decide(command, state)).reason();
        return reason.code();
    }
}
