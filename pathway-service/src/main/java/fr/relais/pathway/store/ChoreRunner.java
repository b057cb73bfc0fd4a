package fr.relais.pathway.store;

import fr.relais.pathway.application.Chore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the chores of this service, above all deleting what is due by the business clock. Every instance does; what one has
 * done the others pass over.
 */
final class ChoreRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ChoreRunner.class);

    private final List<Chore> chores;
    private final Duration every;
    private final Semaphore stop = new Semaphore(0);
    private volatile @Nullable Thread working;

    ChoreRunner(List<Chore> chores, Duration every) {
        this.chores = List.copyOf(chores);
        this.every = every;
    }

    @Override
    public void start() {
        stop.drainPermits();
        working = Thread.ofVirtual().name("chores").start(this::work);
    }

    private void work() {
        try {
            do {
                chores.forEach(this::run);
            } while (!stop.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Chore chore) {
        try {
            long done = chore.run();
            if (done > 0) {
                log.info("{}: {} done", chore.name(), done);
            }
        } catch (RuntimeException e) {
            log.warn(
                    "{}: not done, trying again in {}: {}",
                    chore.name(),
                    every,
                    e.getClass().getSimpleName());
        }
    }

    @Override
    public void stop() {
        stop.release();
        Thread last = working;
        working = null;
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
        return working != null;
    }
}
