package fr.relais.pathway.store;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Deletes contents of hospital messages whose time is over. Every instance does; what one has done the others pass over. */
final class ContentSweeper implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ContentSweeper.class);

    private final KeptMessages messages;
    private final Duration every;
    private final Semaphore stop = new Semaphore(0);
    private volatile @Nullable Thread sweeping;

    ContentSweeper(KeptMessages messages, Duration every) {
        this.messages = messages;
        this.every = every;
    }

    @Override
    public void start() {
        stop.drainPermits();
        sweeping = Thread.ofVirtual().name("hospital-message-sweeper").start(this::sweep);
    }

    private void sweep() {
        try {
            do {
                try {
                    long deleted = messages.deleteOverdueContents();
                    if (deleted > 0) {
                        log.info("the time of {} hospital messages is over: their content was deleted", deleted);
                    }
                } catch (RuntimeException e) {
                    log.warn(
                            "contents of hospital messages could not be deleted, trying again in {}: {}",
                            every,
                            e.getClass().getSimpleName());
                }
            } while (!stop.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        stop.release();
        Thread last = sweeping;
        sweeping = null;
        try {
            if (last != null) {
                last.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return sweeping != null;
    }
}
