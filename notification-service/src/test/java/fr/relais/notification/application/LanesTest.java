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
                assertThat(lanes.offer("slow", () -> waitFor(slow))).isTrue();
            }
            assertThat(lanes.offer("slow", () -> waitFor(slow)))
                    .as("the eleventh")
                    .isFalse();
            for (int i = 0; i < 10; i++) {
                lanes.offer("quick", quick::incrementAndGet);
            }

            await().untilAsserted(() -> assertThat(quick).hasValue(10));
            slow.countDown();
            await().until(() -> lanes.offer("slow", () -> {}));
        }
    }

    @Test
    void work_that_breaks_frees_its_place() throws Exception {
        try (Lanes lanes = new Lanes(1, 1)) {
            lanes.offer("lane", () -> {
                throw new IllegalStateException("broken");
            });
            await().until(() -> lanes.offer("lane", () -> {}));
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
