package fr.relais.pathway.ingress;

import fr.relais.kit.failure.Failures;
import fr.relais.pathway.application.HospitalMessages.Status;
import fr.relais.pathway.application.MessageWork;
import fr.relais.pathway.application.MessageWork.Claimed;
import fr.relais.pathway.application.MessageWork.Ending;
import fr.relais.pathway.application.MessageWork.Next;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Works kept messages: lanes at the same time, the messages of a lane one after the other in order of arrival. A failure of
 * the machine is waited out; a message whose processing failed or was cut off three times goes to triage.
 */
public final class MessageWorker implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MessageWorker.class);
    private static final int CRASHES = 3;
    private static final int LOOK_AT = 500;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

    private enum Lane {
        WORKING,
        /** More came while it was worked. */
        WORKING_AND_MORE
    }

    private final MessageWork work;
    private final MessageHandling handling;
    private final MeterRegistry meters;
    private final int concurrency;
    private final Duration pollEvery;
    private final Semaphore bell = new Semaphore(0);
    private final Semaphore workers;
    private final ConcurrentHashMap<String, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean running;
    private volatile @Nullable Thread watcher;

    MessageWorker(
            MessageWork work, MessageHandling handling, MeterRegistry meters, IngressConfiguration configuration) {
        this.work = work;
        this.handling = handling;
        this.meters = meters;
        this.concurrency = configuration.concurrency();
        this.pollEvery = configuration.pollEvery();
        this.workers = new Semaphore(concurrency);
    }

    /** There is a new message: look now, not only at the next turn. */
    public void wake() {
        bell.release();
    }

    @Override
    public void start() {
        running = true;
        watcher = Thread.ofVirtual().name("hospital-messages").start(this::watch);
    }

    @Override
    public void stop() {
        running = false;
        wake();
        try {
            Thread watching = watcher;
            if (watching != null) {
                watching.join(STOP_WITHIN);
            }
            // What is not done by then falls to another instance when the lease is over.
            if (workers.tryAcquire(concurrency, STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                workers.release(concurrency);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void watch() {
        Pause pause = new Pause();
        while (running) {
            try {
                boolean more = handOut();
                pause.over();
                if (!more && bell.tryAcquire(pollEvery.toMillis(), TimeUnit.MILLISECONDS)) {
                    bell.drainPermits();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.warn(
                        "cannot look for hospital messages now, trying again: {}",
                        e.getClass().getSimpleName());
                pause.take();
            }
        }
    }

    /** Whether a whole look was full, so that there may be more behind it. */
    private boolean handOut() throws InterruptedException {
        int handedOut = 0;
        for (Next next : work.waiting(LOOK_AT)) {
            if (!running) {
                return false;
            }
            if (lanes.merge(next.lane(), Lane.WORKING, (before, now) -> Lane.WORKING_AND_MORE) == Lane.WORKING) {
                workers.acquire();
                handedOut++;
                Thread.ofVirtual().name("hospital-message-", 0).start(() -> {
                    try {
                        workLane(next);
                    } catch (Throwable e) {
                        // An error fells this thread only: the claim runs out, and the lane must not wait for it here.
                        lanes.remove(next.lane());
                        log.error(
                                "work on a hospital message broke off: {}",
                                e.getClass().getName());
                        throw e;
                    } finally {
                        workers.release();
                    }
                });
            }
        }
        return handedOut > 0;
    }

    private void workLane(Next first) {
        Optional<Next> next = Optional.of(first);
        Pause pause = new Pause();
        while (true) {
            try {
                while (running && next.isPresent()) {
                    Optional<Claimed> claimed = work.claim(next.get());
                    if (claimed.isPresent()) {
                        workOne(claimed.get());
                    }
                    // Not ours: another instance works this lane, and goes on with it.
                    next = claimed.isPresent() ? work.waitingIn(first.lane()) : Optional.empty();
                }
                if (!running || lanes.remove(first.lane(), Lane.WORKING)) {
                    lanes.remove(first.lane());
                    return;
                }
                lanes.put(first.lane(), Lane.WORKING);
                next = work.waitingIn(first.lane());
                pause.over();
            } catch (RuntimeException e) {
                // Only the store fails here; the message is looked up again once it is back.
                log.warn(
                        "work on hospital messages is held up, trying again: {}",
                        e.getClass().getSimpleName());
                lanes.remove(first.lane());
                pause.take();
                return;
            }
        }
    }

    private void workOne(Claimed message) {
        if (message.crashes() >= CRASHES) {
            finish(message, Ending.triage("its processing was cut off (" + message.crashes() + " times)", null));
            return;
        }
        Ending ending;
        try {
            ending = handling.handle(message);
        } catch (RuntimeException e) {
            boolean ofTheMachine = Failures.areOfTheMachine(e);
            // The failure's text may quote the message: only its kind is said.
            log.warn(
                    "message {} ({}) failed, {}: {}",
                    message.id(),
                    message.trigger(),
                    ofTheMachine
                            ? "trying again until it passes"
                            : "failure " + (message.crashes() + 1) + " of " + CRASHES,
                    e.getClass().getName());
            if (!ofTheMachine && message.crashes() + 1 >= CRASHES) {
                finish(
                        message,
                        Ending.triage("its processing failed: " + e.getClass().getSimpleName(), null));
            } else {
                putBack(message, !ofTheMachine);
            }
            return;
        }
        finish(message, ending);
    }

    /** A claim that is not given back would look like a crash of the message: this goes on until the store answers. */
    private void putBack(Claimed message, boolean crashed) {
        Pause pause = new Pause();
        if (!crashed) {
            pause.take();
        }
        while (true) {
            try {
                work.putBack(message, crashed);
                return;
            } catch (RuntimeException e) {
                if (!running) {
                    throw e;
                }
                pause.take();
            }
        }
    }

    private void finish(Claimed message, Ending ending) {
        if (!work.finish(message, ending)) {
            log.info("message {} was taken over by another instance, which does the same", message.id());
            return;
        }
        meters.counter(
                        "relais.hospital.messages.worked",
                        "result",
                        ending.status().word())
                .increment();
        if (ending.status() == Status.TRIAGE) {
            log.info("message {} ({}) of {} is in triage", message.id(), message.trigger(), message.facility());
        }
    }

    /** Back-off with jitter, in elapsed time. */
    private final class Pause {

        private long millis = 100;

        private void over() {
            millis = 100;
        }

        private void take() {
            try {
                long wait = ThreadLocalRandom.current().nextLong(millis / 2, millis + 1);
                for (long waited = 0; waited < wait && running; waited += 50) {
                    TimeUnit.MILLISECONDS.sleep(Math.min(50, wait - waited));
                }
                millis = Math.min(millis * 2, LONGEST_PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
