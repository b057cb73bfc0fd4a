package fr.relais.notification.application;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that waits for others, on virtual threads, a few at a time in each lane. What finds its lane full is not taken:
 * memory stays bounded however long somebody is slow, and the retry deadline brings it again.
 */
public final class Lanes implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Lanes.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final int atOnce;
    private final int places;
    private final ConcurrentHashMap<String, Lane> lanes = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("lane-", 0).factory());

    /** Something to be done in a lane. Only {@link #inTurn} depends on others, and takes one of the lane's turns. */
    interface Errand {

        /** What comes before its turn; whether there is anything to be done. */
        boolean begins();

        void inTurn();

        /** What comes after its turn. */
        void ends();

        /** It has left the lane, however far it came. */
        void over();
    }

    private record Lane(Semaphore running, int taken) {
        Lane with(int number) {
            return new Lane(running, number);
        }
    }

    /**
     * Lanes.
     *
     * @param atOnce how many run at the same time in one lane
     * @param places how many run or wait in one lane
     */
    public Lanes(int atOnce, int places) {
        this.atOnce = atOnce;
        this.places = places;
    }

    /** Does it in that lane when its turn comes, unless the lane is full. */
    boolean offer(String lane, Errand errand) {
        boolean[] taken = {false};
        Lane mine = lanes.compute(lane, (name, now) -> {
            Lane current = now == null ? new Lane(new Semaphore(atOnce), 0) : now;
            taken[0] = current.taken() < places;
            return taken[0] ? current.with(current.taken() + 1) : current;
        });
        if (taken[0]) {
            threads.execute(() -> run(lane, mine.running(), errand));
        }
        return taken[0];
    }

    private void run(String lane, Semaphore running, Errand errand) {
        try {
            if (errand.begins()) {
                running.acquire();
                try {
                    errand.inTurn();
                } finally {
                    running.release();
                }
                errand.ends();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The journal knows that an attempt began; its deadline repeats it.
            log.warn("an attempt broke off and is repeated later: {}", e.toString());
        } finally {
            errand.over();
            lanes.computeIfPresent(lane, (name, now) -> now.taken() == 1 ? null : now.with(now.taken() - 1));
        }
    }

    /** Lets what runs come to its end for a moment, then interrupts it. */
    @Override
    public void close() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            threads.shutdownNow();
            threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
