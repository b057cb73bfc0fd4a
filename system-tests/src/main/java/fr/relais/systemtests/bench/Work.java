package fr.relais.systemtests.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/** The work unit in a closed loop, as fast as it goes. */
final class Work {

    private static final Duration SAMPLED_EVERY = Duration.ofSeconds(2);
    private static final int PATIENTS = 300;

    private final Stand stand;
    private final Options options;

    /**
     * What a run came to.
     *
     * @param perSecond pathways a second
     * @param cpuMillis CPU time a pathway, by process
     * @param lags most records that each view and reaction was behind
     * @param drained how long until nothing was behind after the last answer
     * @param repeats notices that came twice
     * @param memory MiB resident at the end, by process
     */
    record Result(
            double perSecond,
            long pathways,
            Map<String, Double> cpuMillis,
            Times answers,
            Times notices,
            Map<String, Long> lags,
            Duration drained,
            long repeats,
            Map<String, Long> memory) {}

    /** Milliseconds. */
    record Times(double p50, double p95, double p99, double max, long count) {
        static Times of(Histogram micros) {
            return new Times(
                    micros.getValueAtPercentile(50) / 1000.0,
                    micros.getValueAtPercentile(95) / 1000.0,
                    micros.getValueAtPercentile(99) / 1000.0,
                    micros.getMaxValue() / 1000.0,
                    micros.getTotalCount());
        }

        @Override
        public String toString() {
            return "p50 %.1f p95 %.1f p99 %.1f max %.0f ms (%d)".formatted(p50, p95, p99, max, count);
        }
    }

    Work(Stand stand, Options options) {
        this.stand = stand;
        this.options = options;
    }

    List<Result> measure() {
        return measure(options.warmUp(), options.measured(), Math.max(1, options.runs()));
    }

    List<Result> measure(Duration warmUp, Duration measured, int runs) {
        System.out.printf(
                "  patients: %.0f messages/s taken over MLLP%n", Patients.send(0, PATIENTS, stand.mllpPort()));
        List<Crew> crews =
                Crew.of(options.clients() * options.depth(), stand.issuer().tokens());
        List<Result> results = new ArrayList<>();
        try (Hooks hooks = Hooks.start();
                Lags lags = new Lags(stand.stack().bootstrapServers())) {
            WorkUnit.register(stand, hooks, crews);
            WorkUnit unit = new WorkUnit(stand, hooks, crews, 0, PATIENTS);
            for (int run = 0; run < runs; run++) {
                results.add(run(unit, hooks, lags, warmUp, measured));
            }
        }
        return results;
    }

    /** What everything uses when nothing is done, in CPU-ms a second. */
    Map<String, Long> idle() {
        Map<String, Double> before = Cpu.millis(stand.processes());
        try {
            TimeUnit.SECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Map<String, Long> used = new LinkedHashMap<>();
        Cpu.each(before, Cpu.millis(stand.processes()), 10)
                .forEach((name, millis) -> used.put(name, Math.round(millis)));
        System.out.println("  idle, CPU-ms a second: " + used);
        return used;
    }

    private Result run(WorkUnit unit, Hooks hooks, Lags lags, Duration warmUp, Duration measured) {
        AtomicInteger stop = new AtomicInteger();
        try (ExecutorService clients = unit.work(options.clients(), options.depth(), stop)) {
            watch(unit, lags, warmUp, stop);
            unit.forgetTimes();
            Map<String, Double> before = Cpu.millis(stand.processes());
            long first = unit.done();
            long begun = System.nanoTime();
            Map<String, Long> behind = watch(unit, lags, measured, stop);
            double seconds = (System.nanoTime() - begun) / 1e9;
            long done = unit.done() - first;
            Map<String, Double> cpu = Cpu.each(before, Cpu.millis(stand.processes()), done);
            Times answers = Times.of(unit.answers());
            Times notices = Times.of(unit.notices());
            if (stop.getAndSet(1) == 2) {
                throw new IllegalStateException("the clients gave up: see above");
            }
            clients.shutdown();
            clients.awaitTermination(90, TimeUnit.SECONDS);
            Duration drained = drain(lags);
            System.out.printf("  notices so far, of %d pathways: %s%n", unit.done(), hooks.notices());
            if (hooks.offers() != unit.done() * WorkUnit.NOTICES) {
                System.out.println("  ! that is not one offer for each handoff");
            }
            Result result = new Result(
                    done / seconds,
                    done,
                    cpu,
                    answers,
                    notices,
                    behind,
                    drained,
                    hooks.repeats(),
                    Cpu.memory(stand.processes()));
            print(result);
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Map<String, Long> watch(WorkUnit unit, Lags lags, Duration time, AtomicInteger stop)
            throws InterruptedException {
        Map<String, Long> most = new LinkedHashMap<>();
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until && stop.get() == 0) {
            TimeUnit.NANOSECONDS.sleep(Math.clamp(until - System.nanoTime(), 1, SAMPLED_EVERY.toNanos()));
            lags.now().forEach((group, lag) -> most.merge(group, lag, Math::max));
        }
        return most;
    }

    /** Waits until nothing is behind, and says how long that took. */
    static Duration drain(Lags lags) throws InterruptedException {
        long begun = System.nanoTime();
        long until = begun + Duration.ofMinutes(2).toNanos();
        int still = 0;
        while (still < 3 && System.nanoTime() < until) {
            still = lags.now().values().stream().allMatch(lag -> lag == 0) ? still + 1 : 0;
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    static void print(Result result) {
        System.out.printf(
                "  %.1f pathways/s (%d), %.1f CPU-ms a pathway:",
                result.perSecond(), result.pathways(), Cpu.sum(result.cpuMillis()));
        result.cpuMillis().forEach((name, millis) -> System.out.printf(" %s %.1f", name, millis));
        System.out.printf("%n  commands %s%n  notices  %s%n", result.answers(), result.notices());
        System.out.printf(
                "  drained in %.1f s, %d notices repeated; most behind:",
                result.drained().toMillis() / 1000.0, result.repeats());
        result.lags().forEach((group, lag) -> {
            if (lag > 0) {
                System.out.printf(" %s %d", group, lag);
            }
        });
        System.out.printf("%n  memory MiB: %s%n", result.memory());
    }
}
