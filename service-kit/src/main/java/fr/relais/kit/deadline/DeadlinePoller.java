package fr.relais.kit.deadline;

import fr.relais.events.Actor;
import fr.relais.kit.failure.Failures;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.time.Ids;
import fr.relais.kit.time.RelaisClock;
import fr.relais.kit.view.Claims;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for due deadlines of one kind, claims them and has them handled beside each other. A deadline stays claimed until
 * the event that answers it closes its row; if none does, it is claimed again when the lease ends.
 */
final class DeadlinePoller<R extends Deadline> {

    private static final Logger log = LoggerFactory.getLogger(DeadlinePoller.class);
    private static final int AT_ONCE = 64;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private final DueHandler<R> handler;
    private final Claims<R> claims;
    private final RelaisClock clock;
    private final DeadlineProperties properties;
    private final Counter handled;
    private final Counter failed;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean running;
    private Thread poller = Thread.currentThread();

    DeadlinePoller(
            DueHandler<R> handler,
            Claims<R> claims,
            RelaisClock clock,
            DeadlineProperties properties,
            MeterRegistry metrics) {
        this.handler = handler;
        this.claims = claims;
        this.clock = clock;
        this.properties = properties;
        this.handled = metrics.counter("relais.deadlines.handled", "kind", handler.name());
        this.failed = metrics.counter("relais.deadlines.failed", "kind", handler.name());
    }

    void start() {
        running = true;
        poller = Thread.ofVirtual().name("deadlines-" + handler.name()).start(this::poll);
    }

    private void poll() {
        while (running) {
            try {
                if (pollOnce() < properties.batch()) {
                    TimeUnit.MILLISECONDS.sleep(properties.pollEvery().toMillis());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.warn("deadlines {}: will look again: {}", handler.name(), Failures.inWords(e));
                pauseAfterFailure();
            }
        }
    }

    private void pauseAfterFailure() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Claims and handles one batch; answers how many it claimed. */
    int pollOnce() {
        String token = Ids.random("claim");
        Instant realNow = clock.real();
        List<R> due =
                claims.claim(clock.instant(), token, realNow, realNow.plus(properties.claim()), properties.batch());
        Semaphore atOnce = new Semaphore(AT_ONCE);
        List<CompletableFuture<Void>> running = new ArrayList<>(due.size());
        for (R deadline : due) {
            atOnce.acquireUninterruptibly();
            running.add(CompletableFuture.runAsync(() -> handle(deadline, token), workers)
                    .whenComplete((done, failure) -> atOnce.release()));
        }
        running.forEach(CompletableFuture::join);
        return due.size();
    }

    private void handle(R deadline, String token) {
        try {
            handler.due(deadline, contextOf(deadline));
            handled.increment();
        } catch (RuntimeException e) {
            failed.increment();
            log.warn(
                    "deadline {} {} failed, it is tried again: {}", handler.name(), deadline.id(), Failures.inWords(e));
            claims.giveBack(List.of(deadline.id()), token, clock.real().plus(PAUSE_AFTER_FAILURE));
        }
    }

    private CommandContext contextOf(R deadline) {
        return new CommandContext(
                "deadline/" + handler.name() + "/" + deadline.id() + "@" + deadline.dueAt(),
                null,
                Actor.system(handler.name()),
                clock.instant(),
                null,
                null);
    }

    void stop() {
        running = false;
        poller.interrupt();
        workers.close();
    }
}
