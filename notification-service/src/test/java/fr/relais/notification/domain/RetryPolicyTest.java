package fr.relais.notification.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

    private static final Instant QUEUED = Instant.parse("2026-11-22T08:00:00Z");
    private final RetryPolicy policy =
            new RetryPolicy(Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofHours(24), Duration.ofMinutes(1));

    @Test
    void the_delay_doubles_with_each_failure_and_never_exceeds_the_longest() {
        for (int attempts = 1; attempts < 60; attempts++) {
            Duration whole = Duration.ofSeconds((long) Math.min(10 * Math.pow(2, attempts - 1), 3600));
            Duration delay = delayAfter(attempts, null);
            assertThat(delay).isBetween(whole.multipliedBy(3).dividedBy(4), whole);
        }
    }

    @Test
    void the_jitter_of_a_delivery_is_its_own_and_always_the_same() {
        assertThat(policy.next("delivery-1", 4, null, QUEUED, QUEUED))
                .isEqualTo(policy.next("delivery-1", 4, null, QUEUED, QUEUED))
                .isNotEqualTo(policy.next("delivery-2", 4, null, QUEUED, QUEUED));
    }

    @Test
    void what_the_receiver_asks_for_is_obeyed_up_to_the_longest_delay() {
        assertThat(delayAfter(1, Duration.ofMinutes(7))).isEqualTo(Duration.ofMinutes(7));
        assertThat(delayAfter(1, Duration.ofDays(7))).isEqualTo(Duration.ofHours(1));
        assertThat(delayAfter(5, Duration.ofSeconds(1))).isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    void the_last_attempt_is_made_at_the_end_of_the_span_and_none_after_it() {
        Instant end = QUEUED.plus(Duration.ofHours(24));

        assertThat(policy.next("delivery-1", 40, null, QUEUED, end.minusSeconds(1)))
                .hasValue(end);
        assertThat(policy.next("delivery-1", 41, null, QUEUED, end)).isEmpty();
    }

    @Test
    void a_policy_that_makes_no_sense_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(
                        Duration.ofHours(2), Duration.ofHours(1), Duration.ofHours(24), Duration.ofMinutes(1)))
                .withMessageContaining("swap them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(
                        Duration.ZERO, Duration.ofHours(1), Duration.ofHours(24), Duration.ofMinutes(1)));
    }

    private Duration delayAfter(int attempts, Duration retryAfter) {
        return Duration.between(
                QUEUED,
                policy.next("delivery-1", attempts, retryAfter, QUEUED, QUEUED).orElseThrow());
    }
}
