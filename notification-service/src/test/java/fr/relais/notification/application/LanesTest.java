package fr.relais.notification.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LanesTest {

    @Test
    void a_slow_receiver_holds_up_its_own_lane_only() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger quick = new AtomicInteger();
        try (Lanes lanes = new Lanes(2, 10)) {
            for (int i = 0; i < 10; i++) {
                assertThat(lanes.offer("slow", inTurn(() -> waitFor(slow)))).isTrue();
            }
            assertThat(lanes.offer("slow", inTurn(() -> waitFor(slow))))
                    .as("the eleventh")
                    .isFalse();
            for (int i = 0; i < 10; i++) {
                lanes.offer("quick", inTurn(quick::incrementAndGet));
            }

            await().untilAsserted(() -> assertThat(quick).hasValue(10));
            slow.countDown();
            await().until(() -> lanes.offer("slow", inTurn(() -> {})));
        }
    }

    @Test
    void work_that_breaks_frees_its_place() throws Exception {
        try (Lanes lanes = new Lanes(1, 1)) {
            lanes.offer("lane", inTurn(() -> {
                throw new IllegalStateException("broken");
            }));
            await().until(() -> lanes.offer("lane", inTurn(() -> {})));
        }
    }

    @Test
    void what_comes_before_and_after_a_turn_holds_up_nobody() throws Exception {
        CountDownLatch journaled = new CountDownLatch(1);
        AtomicInteger turns = new AtomicInteger();
        try (Lanes lanes = new Lanes(1, 10)) {
            lanes.offer("lane", new Work(() -> waitFor(journaled), turns::incrementAndGet, () -> {}));
            lanes.offer("lane", new Work(() -> {}, turns::incrementAndGet, () -> waitFor(journaled)));
            lanes.offer("lane", inTurn(turns::incrementAndGet));

            await().untilAsserted(() -> assertThat(turns).hasValue(2));
            journaled.countDown();
            await().untilAsserted(() -> assertThat(turns).hasValue(3));
        }
    }

    @Test
    void an_errand_with_nothing_to_do_takes_no_turn_and_leaves() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (Lanes lanes = new Lanes(1, 1)) {
            lanes.offer("lane", new Lanes.Errand() {
                @Override
                public boolean begins() {
                    return false;
                }

                @Override
                public void inTurn() {
                    throw new AssertionError("it had nothing to do");
                }

                @Override
                public void ends() {
                    throw new AssertionError("it had nothing to do");
                }

                @Override
                public void over() {
                    over.countDown();
                }
            });
            over.await();
            await().until(() -> lanes.offer("lane", inTurn(() -> {})));
        }
    }

    private static Lanes.Errand inTurn(Runnable work) {
        return new Work(() -> {}, work, () -> {});
    }

    private record Work(Runnable before, Runnable turn, Runnable after) implements Lanes.Errand {

        @Override
        public boolean begins() {
            before.run();
            return true;
        }

        @Override
        public void inTurn() {
            turn.run();
        }

        @Override
        public void ends() {
            after.run();
        }

        @Override
        public void over() {}
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
