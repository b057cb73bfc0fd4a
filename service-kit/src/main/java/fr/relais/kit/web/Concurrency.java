package fr.relais.kit.web;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;

/**
 * Runs controller methods on virtual threads, so many at once and no more. A few more may wait, each inside its own
 * virtual thread; beyond, a request is turned away at once. The event loop never waits: it asks and gets yes or no.
 */
final class Concurrency implements AsyncTaskExecutor {

    private static final ThreadLocal<Semaphore> HELD = new ThreadLocal<>();

    private final Semaphore running;
    private final AtomicInteger admitted = new AtomicInteger();
    private final int most;
    private final Executor threads;

    Concurrency(WebProperties properties) {
        this.running = new Semaphore(properties.concurrent(), true);
        this.most = properties.concurrent() + properties.waiting();
        ThreadFactory named = Thread.ofVirtual()
                .name("http-", 0)
                .uncaughtExceptionHandler(Errors::uncaught)
                .factory();
        this.threads = task -> named.newThread(task).start();
    }

    @Override
    public void execute(Runnable task) {
        if (admitted.incrementAndGet() > most) {
            admitted.decrementAndGet();
            refuseQuietly(Thread.currentThread());
            throw new TaskRejectedException(
                    "too many requests at once", new RejectedExecutionException(most + " are already here"));
        }
        Runnable signalling = Errors.signalled(task);
        threads.execute(() -> {
            running.acquireUninterruptibly();
            HELD.set(running);
            try {
                signalling.run();
            } finally {
                HELD.remove();
                running.release();
                admitted.decrementAndGet();
            }
        });
    }

    /**
     * Reactor answers a refusal as it should, and also hands it to the event loop's handler of uncaught exceptions, whose
     * stack trace for each refused request is what a busy service can do without.
     */
    private static void refuseQuietly(Thread eventLoop) {
        Thread.UncaughtExceptionHandler former = eventLoop.getUncaughtExceptionHandler();
        if (!(former instanceof QuietAboutRefusals)) {
            eventLoop.setUncaughtExceptionHandler(new QuietAboutRefusals(former));
        }
    }

    private record QuietAboutRefusals(Thread.UncaughtExceptionHandler former)
            implements Thread.UncaughtExceptionHandler {

        @Override
        public void uncaughtException(Thread thread, Throwable failure) {
            if (!(failure instanceof TaskRejectedException)) {
                former.uncaughtException(thread, failure);
            }
        }
    }

    /** Requests that run or wait now. */
    int inside() {
        return admitted.get();
    }

    /** Sleeps without keeping others from running; false when interrupted. */
    static boolean pause(long millis) {
        Semaphore held = HELD.get();
        if (held != null) {
            held.release();
        }
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (held != null) {
                held.acquireUninterruptibly();
            }
        }
    }
}
