package fr.relais.notification.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SharedReadsTest {

    private final ConcurrentLinkedQueue<Set<String>> queries = new ConcurrentLinkedQueue<>();
    private final CountDownLatch firstUnderWay = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    @Test
    void what_is_asked_for_while_a_query_is_under_way_shares_the_next_one() throws Exception {
        SharedReads<String, String> reads = new SharedReads<>(this::read);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<@Nullable String> first = CompletableFuture.supplyAsync(() -> reads.of("first"), threads);
            firstUnderWay.await();
            AtomicInteger asking = new AtomicInteger();
            List<CompletableFuture<@Nullable String>> others = new ArrayList<>();
            for (String key : List.of("a", "b", "none", "a")) {
                others.add(CompletableFuture.supplyAsync(
                        () -> {
                            asking.incrementAndGet();
                            return reads.of(key);
                        },
                        threads));
            }
            await().until(() -> asking.get() == 4 && reads.gathered() == 4);
            firstMayEnd.countDown();

            assertThat(first.get()).isEqualTo("first!");
            assertThat(others.get(0).get()).isEqualTo("a!");
            assertThat(others.get(1).get()).isEqualTo("b!");
            assertThat(others.get(2).get()).isNull();
            assertThat(others.get(3).get()).isEqualTo("a!");
            assertThat(queries).containsExactly(Set.of("first"), Set.of("a", "b", "none"));
        }
    }

    @Test
    void a_failure_is_told_to_whoever_asked_and_not_remembered() {
        AtomicInteger asked = new AtomicInteger();
        SharedReads<String, String> reads = new SharedReads<>(keys -> {
            if (asked.incrementAndGet() == 1) {
                throw new IllegalStateException("away");
            }
            return Map.of("a", "there");
        });

        assertThatThrownBy(() -> reads.of("a")).hasMessage("away");
        assertThat(reads.of("a")).isEqualTo("there");
    }

    private Map<String, String> read(Set<String> keys) {
        queries.add(keys);
        if (keys.contains("first")) {
            firstUnderWay.countDown();
            try {
                firstMayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Map.of("first", "first!");
        }
        return Map.of("a", "a!", "b", "b!");
    }
}
