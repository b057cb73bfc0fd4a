package fr.relais.systemtests.bench;

import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.frontdoor.Stay;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A day of France, or a share of it: 33,000 discharges among 25 other messages each, 3,000 of them included and followed up
 * (a pathway of four handoffs from its opening to its end), as fast as it goes. Stays lie twenty days back, so that a
 * pathway is started by hand as in the work unit.
 */
final class France {

    static final int DISCHARGES = 33_000;
    static final int INCLUDED = 3_000;
    static final int OTHERS = 25;

    private static final int FIRST_PATIENT = 10_000;
    private static final int CONNECTIONS = 8;
    private static final int CREWS = 72;
    private static final Duration ENDED = Duration.ofDays(20);

    private final Stand stand;
    private final Options options;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicInteger discharged = new AtomicInteger();
    private final AtomicInteger followed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    /**
     * What was done and what it took.
     *
     * @param share one part in so many of the day
     * @param complete whether all of the share was done in the time given
     * @param seconds until all views were up to date
     * @param messageSeconds until the last message was acknowledged
     * @param diskBytes that were added, by store
     * @param cpuSeconds used, by process
     * @param memory MiB resident at the end, by process
     * @param wholeDay what it would be for the whole day, if all grew with the discharges: extrapolated unless share is 1
     */
    record Result(
            int share,
            boolean complete,
            int discharges,
            long messages,
            int followedUp,
            int failed,
            double seconds,
            double messageSeconds,
            Map<String, Long> diskBytes,
            Map<String, Double> cpuSeconds,
            Map<String, Long> memory,
            Whole wholeDay) {}

    /** The whole day: hours, and GB on disk. */
    record Whole(double hours, double diskGb) {

        /** Of so much work that was done of the whole. */
        static Whole of(double seconds, long bytes, int discharges) {
            double more = discharges == 0 ? 0 : (double) DISCHARGES / discharges;
            return new Whole(seconds * more / 3600, bytes * more / 1e9);
        }
    }

    France(Stand stand, Options options) {
        this.stand = stand;
        this.options = options;
    }

    /** Every eleventh is included. */
    static boolean included(int number) {
        return number % (DISCHARGES / INCLUDED) == 0;
    }

    /** Does so much of the day as fits the time; at least one discharge. */
    Result measure(Duration time) throws InterruptedException {
        int wanted = Math.max(1, DISCHARGES / options.share());
        List<Crew> all = Crew.of(100 + CREWS, stand.issuer().tokens());
        List<Crew> crews = all.subList(100, 100 + options.clients());
        Map<String, Long> diskBefore = stand.disk();
        Map<String, Double> cpuBefore = Cpu.millis(stand.processes());
        long begun = System.nanoTime();
        long until = begun + time.toNanos();
        AtomicInteger next = new AtomicInteger();
        AtomicLong acknowledged = new AtomicLong();
        try (Hooks hooks = Hooks.start();
                Lags lags = new Lags(stand.stack().bootstrapServers());
                ExecutorService hospitals = Executors.newVirtualThreadPerTaskExecutor();
                ExecutorService clients = Executors.newFixedThreadPool(
                        crews.size(), Thread.ofVirtual().factory())) {
            WorkUnit.register(stand, hooks, crews);
            WorkUnit unit = new WorkUnit(stand, hooks, crews, FIRST_PATIENT, wanted);
            var free = new java.util.concurrent.LinkedBlockingQueue<>(crews);
            for (int c = 0; c < CONNECTIONS; c++) {
                hospitals.execute(() -> {
                    try (Mllp hospital = Mllp.connect(stand.mllpPort())) {
                        for (int n = next.getAndIncrement();
                                n < wanted && System.nanoTime() < until;
                                n = next.getAndIncrement()) {
                            stay(hospital, Patients.stay(FIRST_PATIENT + n));
                            acknowledged.accumulateAndGet(System.nanoTime(), Math::max);
                            discharged.incrementAndGet();
                            if (included(n)) {
                                int patient = FIRST_PATIENT + n;
                                clients.execute(() -> followUp(unit, free, patient));
                            }
                        }
                    } catch (IOException e) {
                        failed.incrementAndGet();
                        System.out.println("  ! a hospital gave up: " + e.getMessage());
                    }
                });
            }
            hospitals.shutdown();
            wait(hospitals, until);
            clients.shutdown();
            wait(clients, until);
            clients.shutdownNow();
            hospitals.shutdownNow();
            Work.drain(lags);
            hooks.offers();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Map<String, Long> disk = stand.disk();
        diskBefore.forEach((store, bytes) -> disk.merge(store, -bytes, Long::sum));
        int done = discharged.get();
        Map<String, Double> cpu = Cpu.each(cpuBefore, Cpu.millis(stand.processes()), 1_000);
        Result result = new Result(
                options.share(),
                done == wanted && failed.get() == 0,
                done,
                messages.get(),
                followed.get(),
                failed.get(),
                seconds,
                (acknowledged.get() - begun) / 1e9,
                disk,
                cpu,
                Cpu.memory(stand.processes()),
                Whole.of(seconds, disk.values().stream().mapToLong(each -> each).sum(), done));
        System.out.println("  " + result);
        return result;
    }

    private static void wait(ExecutorService threads, long until) throws InterruptedException {
        threads.awaitTermination(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Admission, 23 movements and corrections, the announcement, and the discharge home. */
    private void stay(Mllp hospital, Stay stay) throws IOException {
        Instant end = Instant.now().minus(ENDED);
        Instant begin = end.minus(Duration.ofDays(4));
        take(hospital, stay.admitted(begin));
        for (int i = 1; i <= OTHERS - 2; i++) {
            Instant at = begin.plus(Duration.ofHours(3L * i));
            take(hospital, i % 3 == 0 ? stay.moved(at) : stay.putRight(at));
        }
        take(hospital, stay.dischargePlanned(end.minus(Duration.ofHours(12)), end));
        take(hospital, stay.discharged(end, "8"));
    }

    private void take(Mllp hospital, String message) throws IOException {
        String taken = hospital.send(message);
        if (!taken.equals("AA")) {
            throw new IOException("a message was answered " + taken);
        }
        messages.incrementAndGet();
    }

    private void followUp(WorkUnit unit, java.util.concurrent.BlockingQueue<Crew> free, int patient) {
        try {
            Crew crew = free.take();
            try (Wire wire = new Wire(stand.pathwayPort())) {
                unit.of(wire, crew, patient);
                followed.incrementAndGet();
            } finally {
                free.add(crew);
            }
        } catch (RuntimeException e) {
            if (failed.getAndIncrement() == 0) {
                System.out.println("  ! a pathway did not come to its end: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
