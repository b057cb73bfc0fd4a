package fr.relais.systemtests.bench;

import fr.relais.localstack.frontdoor.LiveStream;
import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.frontdoor.Stay;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * How long people wait when little is going on: pathways begin at fixed moments, whether the earlier ones have ended or not,
 * and one that begins late has its delay counted (no coordinated omission).
 */
final class Latency {

    private static final int CREWS = 60;
    private static final int FIRST_PATIENT = 500_000;
    private static final int FIRST_STAY = 600_000;
    private static final int MESSAGES = 60;
    private static final Duration LAST_WAIT = Duration.ofSeconds(30);

    private final Stand stand;
    private final Options options;
    private int staysSoFar;

    /**
     * What came out.
     *
     * @param perSecondAsked pathways that are begun a second
     * @param begun pathways begun while it was counted
     * @param webhook from the request that offers to the webhook of whoever is offered
     * @param inbox from the same request to their live inbox
     * @param message from the acknowledgement of a discharge over MLLP to the live inbox of whom the patient chose
     * @param failed pathways that did not come to their end
     */
    record Result(
            double perSecondAsked, int begun, Work.Times webhook, Work.Times inbox, Work.Times message, int failed) {}

    Latency(Stand stand, Options options) {
        this.stand = stand;
        this.options = options;
    }

    Result measure(double perSecond, Duration warmUp) {
        Patients.send(FIRST_PATIENT, FIRST_PATIENT + 100, stand.mllpPort());
        List<Crew> crews = Crew.of(CREWS, stand.issuer().tokens());
        List<LiveStream> streams = new ArrayList<>();
        Histogram messages = new ConcurrentHistogram(60_000_000L, 3);
        try (Hooks hooks = Hooks.start()) {
            WorkUnit.register(stand, hooks, crews);
            WorkUnit unit = new WorkUnit(stand, hooks, crews, FIRST_PATIENT, 100);
            AtomicLong acknowledged = new AtomicLong();
            for (Crew crew : crews) {
                Crew.Receiver first = crew.receivers().getFirst();
                streams.add(follow(first, at -> unit.shown(first.structure(), at)));
            }
            Crew.Receiver chosen = crews.getFirst().receivers().get(1);
            streams.add(follow(chosen, at -> {
                long since = acknowledged.getAndSet(0);
                if (since != 0) {
                    messages.recordValue(Math.clamp((at - since) / 1000, 0, 60_000_000L));
                }
            }));
            AtomicInteger failed = new AtomicInteger();
            loop(unit, crews, perSecond, warmUp, failed);
            unit.forgetTimes();
            failed.set(0);
            AtomicInteger ended = new AtomicInteger();
            Thread hospital =
                    Thread.ofVirtual().start(() -> messages(crews.getFirst(), chosen, acknowledged, messages, ended));
            int begun = loop(unit, crews, perSecond, options.measured(), failed);
            ended.set(1);
            join(hospital);
            Result light = new Result(
                    perSecond,
                    begun,
                    Work.Times.of(unit.notices()),
                    Work.Times.of(unit.inbox()),
                    Work.Times.of(messages),
                    failed.get());
            System.out.printf(
                    "  at %.1f/s (%d of %d failed): request to webhook %s%n            request to inbox %s%n            MLLP ACK to"
                            + " inbox %s%n",
                    perSecond, failed.get(), begun, light.webhook(), light.inbox(), light.message());
            return light;
        } finally {
            streams.forEach(LiveStream::close);
        }
    }

    private LiveStream follow(Crew.Receiver receiver, java.util.function.LongConsumer shown) {
        return LiveStream.follow(
                "http://127.0.0.1:" + stand.notificationPort() + "/api/v1/live", receiver.desk(), event -> {
                    if (event.data().contains("\"OFFER\"") && event.data().contains("\"unread\"")) {
                        shown.accept(System.nanoTime());
                    }
                });
    }

    private int loop(WorkUnit unit, List<Crew> crews, double perSecond, Duration time, AtomicInteger failed) {
        // Pathways of one crew follow each other: a notice is known by whom it is for.
        BlockingQueue<Crew> free = new ArrayBlockingQueue<>(crews.size(), true, crews.subList(1, crews.size()));
        BlockingQueue<Wire> wires = new ArrayBlockingQueue<>(crews.size());
        crews.forEach(crew -> wires.add(new Wire(stand.pathwayPort())));
        long between = (long) (1e9 / perSecond);
        long begun = System.nanoTime();
        int pathways = 0;
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (long n = 0; n * between < time.toNanos(); n++) {
                long meant = begun + n * between;
                while (System.nanoTime() < meant) {
                    TimeUnit.NANOSECONDS.sleep(Math.max(1, meant - System.nanoTime()));
                }
                pathways++;
                threads.execute(() -> one(unit, free, wires, meant, failed));
            }
            threads.shutdown();
            if (!threads.awaitTermination(LAST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                System.out.println("  ! more was asked for than was done: the last pathways are given up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
            wires.forEach(Wire::close);
        }
        return pathways;
    }

    private static void one(
            WorkUnit unit, BlockingQueue<Crew> free, BlockingQueue<Wire> wires, long meant, AtomicInteger failed) {
        Crew crew = take(free);
        Wire wire = take(wires);
        try {
            unit.once(wire, crew, System.nanoTime() - meant);
        } catch (RuntimeException e) {
            if (failed.getAndIncrement() == 0) {
                System.out.println("  ! a pathway did not come to its end: " + e.getMessage());
            }
        } finally {
            wires.add(wire);
            free.add(crew);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(LAST_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T take(BlockingQueue<T> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Discharges home, one after the other, of patients who wait for theirs and chose this structure. */
    private void messages(
            Crew crew, Crew.Receiver chosen, AtomicLong acknowledged, Histogram times, AtomicInteger ended) {
        try (Wire wire = new Wire(stand.pathwayPort());
                Mllp hospital = Mllp.connect(stand.mllpPort())) {
            for (int i = 0; i < MESSAGES && ended.get() == 0; i++) {
                int number = staysSoFar++;
                Stay stay = Patients.stay(FIRST_STAY + number);
                hospital.send(stay.admitted(Instant.now().minus(Duration.ofDays(4))));
                wire.post("/api/v1/inclusions", crew.ward(), "latency-" + number, """
                    {"template":"discharge-home","patient":{"ipp":{"value":"%s","authority":"%s"}},\
                    "commune":"23096","informed":{"at":"2026-01-05T10:00:00Z","how":"oral"},\
                    "choices":[{"role":"gp","party":{"kind":"STRUCTURE","id":"%s"}}]}\
                    """.formatted(
                                        stay.ipp(), Patients.HOSPITAL, chosen.structure()))
                        .ok("an inclusion");
                // Until the pathway hears of the stay.
                TimeUnit.MILLISECONDS.sleep(400);
                long before = times.getTotalCount();
                acknowledged.set(0);
                hospital.send(stay.discharged(Instant.now(), "8"));
                acknowledged.set(System.nanoTime());
                for (int wait = 0; wait < 1_000 && times.getTotalCount() == before; wait++) {
                    TimeUnit.MILLISECONDS.sleep(10);
                }
            }
        } catch (IOException | RuntimeException e) {
            System.out.println("  ! messages: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
