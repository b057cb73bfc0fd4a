package fr.relais.systemtests.bench;

import fr.relais.systemtests.bench.Options.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code ./relais bench}: how fast Relais is on this machine, beside the raw stores in the same run. */
public final class Bench {

    private static final double SHARE_OF_THE_MOST = 0.8;
    private static final double LIGHT = 5;
    private static final double LEAST_RATE = 0.1;
    private static final int LONGEST = 300;
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final Duration LEAST = Duration.ofSeconds(20);
    private static final Duration TRAINED = Duration.ofSeconds(40);
    private static final Duration UNLIMITED = Duration.ofHours(6);

    private final Options options;
    private final Stand stand;
    private final Report report;
    private double most;
    private Map<String, Long> underLoad = Map.of();

    private Bench(Options options, Stand stand, Report report) {
        this.options = options;
        this.stand = stand;
        this.report = report;
        this.most = options.most();
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && (arguments[0].equals("--help") || arguments[0].equals("help"))) {
            System.out.print(Options.HELP);
            return;
        }
        Path root = Path.of("").toAbsolutePath();
        Options options = Options.read(arguments);
        Path folder = Files.createTempDirectory("relais-bench");
        System.out.println("data and logs of this run: " + folder);
        Report report = new Report(options);
        try (Stand stand = Stand.start(root, folder, options.jvm())) {
            System.out.println("ready after " + stand.readyAfter());
            stand.processes().forEach((name, process) -> System.out.print(name + "=" + process.pid() + " "));
            System.out.println();
            if (options.jvm() == Stand.Jvm.TAKING_NOTES) {
                new Work(stand, options).measure(TRAINED, LEAST, 1);
                stand.close();
                System.exit(0);
            }
            new Bench(options, stand, report).measure();
        }
        report.keep(folder.resolve("benchmarks.json"));
        if (options.write()) {
            report.write(root);
        }
        if (options.compare().isPresent()) {
            report.compare(options.compare().get());
        }
        System.exit(0);
    }

    private void measure() {
        Map<String, Long> memory = Cpu.memory(stand.processes());
        part(Part.CEILINGS, UNLIMITED, () -> {
            report.ceilings(new Ceilings(stand, options.measured().dividedBy(10)).measure());
            return "";
        });
        part(Part.WORK, UNLIMITED, () -> {
            Work work = new Work(stand, options);
            Map<String, Long> idle = work.idle();
            List<Work.Result> results = work.measure();
            report.work(idle, results);
            loaded(results.getLast());
            return "";
        });
        warmUp();
        part(Part.LATENCY, limit(), this::latency);
        part(Part.FRANCE, limit().plus(LEAST), () -> {
            report.france(new France(stand, options).measure(limit().minus(LEAST)));
            return "";
        });
        part(Part.REBUILD, limit(), () -> {
            List<Rebuilds.Rebuilt> all = new ArrayList<>();
            try {
                new Rebuilds(stand).measure(options.events(), all);
            } finally {
                report.rebuilds(List.copyOf(all));
            }
            return "";
        });
        part(Part.GROWTH, limit(), () -> {
            Growth.Result result = new Growth.Result(new ArrayList<>(), new ArrayList<>());
            try {
                new Growth(stand, options).measure(result);
            } finally {
                report.growth(result);
            }
            return "";
        });
        part(Part.PAGES, limit(), () -> {
            Pages.Result result = new Pages.Result(new ArrayList<>(), new ArrayList<>());
            try {
                new Pages(stand, options).measure(result);
            } finally {
                report.pages(result);
            }
            return "";
        });
        part(Part.START, limit(), () -> {
            report.started(stand.readyAfter(), memory, underLoad);
            return "";
        });
    }

    private Duration limit() {
        Duration asked = options.limit();
        return asked.compareTo(LEAST.multipliedBy(2)) < 0 ? LEAST.multipliedBy(2) : asked;
    }

    /** The work unit warms up what is measured afterwards, and says what the most is, where (b) has not. */
    private void warmUp() {
        boolean wanted = List.of(Part.LATENCY, Part.START, Part.FRANCE, Part.GROWTH).stream()
                .anyMatch(options::has);
        if (!wanted || options.has(Part.WORK)) {
            return;
        }
        System.out.println("warm-up");
        Duration counted = options.measured().compareTo(LEAST) < 0 ? options.measured() : LEAST;
        loaded(new Work(stand, options).measure(options.warmUp(), counted, 1).getFirst());
    }

    private void loaded(Work.Result result) {
        underLoad = result.memory();
        if (most == 0) {
            most = result.perSecond();
        }
    }

    private String latency() {
        List<Latency.Result> all = new ArrayList<>();
        Latency latency = new Latency(stand, options);
        try {
            all.add(latency.measure(LIGHT, SETTLING));
            if (most < LEAST_RATE) {
                return "no pathway ended while the most was measured: say it with --most, or count longer (--seconds)";
            }
            all.add(latency.measure(SHARE_OF_THE_MOST * most, SETTLING));
        } finally {
            report.latency(List.copyOf(all));
        }
        return LIGHT > most ? "%.0f pathways/s are more than the most, %.1f".formatted(LIGHT, most) : "";
    }

    /** A part that does not come to its end, by failing or by taking too long, leaves the others to be measured. */
    private void part(Part part, Duration limit, Callable<String> work) {
        if (!options.has(part)) {
            return;
        }
        report.begin(part);
        FutureTask<String> task = new FutureTask<>(work);
        Thread thread = Thread.ofPlatform().daemon().name(part.name()).start(task);
        String missing;
        try {
            missing = task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            awaitEnd(thread);
            missing = "it had not ended after " + limit.toSeconds() + " s (--limit)";
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String said = cause.getClass().getSimpleName() + ": " + cause.getMessage();
            missing = said.substring(0, Math.min(said.length(), LONGEST));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            missing = "interrupted";
        }
        report.end(part, missing);
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join(LEAST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
