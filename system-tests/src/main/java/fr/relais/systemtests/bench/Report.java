package fr.relais.systemtests.bench;

import fr.relais.systemtests.bench.Options.Part;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run found: as data, and as the measured part of {@code BENCHMARKS.md}, a table for each part between marks of its
 * own; parts that were not measured, and the rest of that file, stay as they are.
 */
final class Report {

    private static final String BEGIN = "<!-- measured: written by ./relais bench --write -->";
    private static final String END = "<!-- measured: end -->";

    private final Options options;
    private final Map<String, Object> data = new LinkedHashMap<>();
    private final Map<Part, StringBuilder> texts = new EnumMap<>(Part.class);
    private StringBuilder text = new StringBuilder();
    private double loadBefore;
    private long begun;

    Report(Options options) throws IOException {
        this.options = options;
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("date", now());
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("processor", processor());
        machine.put("memory", memory());
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("java", System.getProperty("java.vendor.version") + " " + System.getProperty("java.version"));
        machine.put("load before", load());
        machine.put("warm-up", options.warmUp().toString());
        machine.put("measured", options.measured().toString());
        machine.put("runs", options.runs());
        if (options.jvm() == Stand.Jvm.BOTH_COMPILERS) {
            machine.put("compilers", "both (--both-compilers)");
        }
        data.put("machine", machine);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** What is told from here on belongs to this part. */
    void begin(Part part) {
        System.out.println("(" + part.letter() + ") " + part.name().toLowerCase(Locale.ROOT));
        text = new StringBuilder();
        texts.put(part, text);
        loadBefore = load();
        begun = System.nanoTime();
    }

    /** The part is over: under what it was measured, and what it could not do. */
    void end(Part part, String missing) {
        double seconds = (System.nanoTime() - begun) / 1e9;
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("date", now());
        run.put("loadBefore", loadBefore);
        run.put("loadAfter", load());
        run.put("seconds", seconds);
        run.put("missing", missing);
        data.put("run " + part.letter(), run);
        if (!missing.isEmpty()) {
            System.out.println("  ! " + missing);
            line("\nNot to its end: %s", missing);
        }
        line(
                "\n%s, %s of %.0f s; load average %.1f before, %.1f after.",
                now(),
                "warm-up " + options.warmUp().toSeconds() + " s, counted "
                        + options.measured().toSeconds() + " s, the part",
                seconds,
                loadBefore,
                load());
        System.out.printf("  took %.0f s%n", seconds);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    void started(Map<String, Duration> ready, Map<String, Long> memory, Map<String, Long> underLoad) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        ready.forEach((name, took) -> seconds.put(name, took.toMillis() / 1000.0));
        data.put("ready", seconds);
        data.put("memoryAtStart", memory);
        data.put("memoryUnderLoad", underLoad);
        line("### Start (s until ready, all started together) and memory (MiB resident)\n");
        line("| what | s | MiB before any work | MiB under load |\n|---|---|---|---|");
        Map<String, String> names = new LinkedHashMap<>();
        seconds.keySet().forEach(name -> names.put(name.replace("-service", ""), name));
        memory.keySet().forEach(name -> names.putIfAbsent(name, name));
        names.forEach((name, shown) -> line(
                "| %s | %s | %s | %s |",
                shown,
                seconds.containsKey(shown) ? String.format(Locale.ROOT, "%.1f", seconds.get(shown)) : "",
                memory.containsKey(name) ? memory.get(name) : "",
                underLoad.containsKey(name) ? underLoad.get(name) : ""));
    }

    void ceilings(List<Ceilings.Ceiling> ceilings) {
        data.put("ceilings", ceilings);
        line("### Ceilings of the raw stores\n");
        line("| operation | a second | CPU-ms each, driver included |\n|---|---|---|");
        ceilings.forEach(each -> line("| %s | %.0f | %.3f |", each.what(), each.perSecond(), each.cpuMillis()));
    }

    void work(Map<String, Long> idle, List<Work.Result> results) {
        data.put("idle", idle);
        data.put("work", results);
        line("### The work unit, as fast as it goes\n\nIdle, CPU-ms a second: %s\n", idle);
        line("| run | pathways/s | CPU-ms a pathway | commands p50/p95/p99/max ms | request to webhook"
                + " p50/p95/p99/max ms | drained s | notices repeated |");
        line("|---|---|---|---|---|---|---|");
        int run = 0;
        for (Work.Result each : results) {
            line(
                    "| %d | %.1f | %.1f | %s | %s | %.1f | %d |",
                    ++run,
                    each.perSecond(),
                    Cpu.sum(each.cpuMillis()),
                    times(each.answers()),
                    times(each.notices()),
                    each.drained().toMillis() / 1000.0,
                    each.repeats());
        }
        Work.Result last = results.getLast();
        line("\n| process | CPU-ms a pathway | MiB under load |\n|---|---|---|");
        last.cpuMillis()
                .forEach((name, millis) ->
                        line("| %s | %.1f | %d |", name, millis, last.memory().getOrDefault(name, 0L)));
        line("\nMost records behind while it ran: %s", last.lags());
    }

    void latency(List<Latency.Result> all) {
        data.put("latency", all);
        line("### Latency, p50/p95/p99/max ms\n");
        line("| pathways/s asked for | begun | failed | request to webhook | request to live inbox"
                + " | MLLP acknowledgement to live inbox |\n|---|---|---|---|---|---|");
        all.forEach(each -> line(
                "| %.1f | %d | %d | %s | %s | %s |",
                each.perSecondAsked(),
                each.begun(),
                each.failed(),
                times(each.webhook()),
                times(each.inbox()),
                times(each.message())));
    }

    void rebuilds(List<Rebuilds.Rebuilt> all) {
        data.put("rebuilds", all);
        line("### Rebuild\n");
        line("| view | events | a second | documents | differences from live |\n|---|---|---|---|---|");
        all.forEach(each -> line(
                "| %s | %d | %.0f | %d | %d |",
                each.view(), each.events(), each.perSecond(), each.documents(), each.differences()));
    }

    void pages(Pages.Result result) {
        data.put("pages", result.pages());
        data.put("pagesWritten", result.written());
        line("### Pages of 50, p50/p95/p99/max ms\n");
        line("| page | handoffs | over HTTP | the same index through the driver |\n|---|---|---|---|");
        result.pages()
                .forEach(each -> line(
                        "| %s | %d | %s | %s |",
                        each.what(), each.rows(), times(each.times()), each.raw() == null ? "" : times(each.raw())));
        line("\nThe rows are copies of those of real pathways, written straight into the journal and the views.");
        result.written()
                .forEach(each ->
                        line("Up to %d handoffs: %.0f s for each 100,000.", each.rows(), each.secondsPer100000()));
    }

    void france(France.Result result) {
        data.put("france", result);
        line("### A day of France, one part in %d\n", result.share());
        line("| | |\n|---|---|");
        line("| discharges | %d |", result.discharges());
        line("| messages of hospitals | %d |", result.messages());
        line("| messages a second | %.0f |", result.messages() / Math.max(0.001, result.messageSeconds()));
        line("| included and followed up | %d |", result.followedUp());
        line("| failed | %d |", result.failed());
        line("| s until all views were up to date | %.1f |", result.seconds());
        result.diskBytes().forEach((store, bytes) -> line("| MB added on disk, %s | %.1f |", store, bytes / 1e6));
        result.cpuSeconds().forEach((name, used) -> line("| CPU-s, %s | %.1f |", name, used));
        result.memory().forEach((name, used) -> line("| MiB at the end, %s | %d |", name, used));
        if (result.discharges() < France.DISCHARGES) {
            line(
                    "| **extrapolated** to 33,000 discharges: hours | %.2f |",
                    result.wholeDay().hours());
            line(
                    "| **extrapolated** to 33,000 discharges: GB on disk | %.2f |",
                    result.wholeDay().diskGb());
        }
    }

    void growth(Growth.Result result) {
        data.put("growth", result);
        line("### How cost grows\n");
        line("| pathways there before | instances | pathways/s | CPU-ms a pathway | request to webhook"
                + " p50/p95/p99/max ms | behind at most |\n|---|---|---|---|---|---|");
        result.among()
                .forEach(each -> line(
                        "| %d | %d | %.1f | %.1f | %s | %d |",
                        each.pathways(),
                        each.instances(),
                        each.work().perSecond(),
                        Cpu.sum(each.work().cpuMillis()),
                        times(each.work().notices()),
                        each.work().lags().values().stream()
                                .mapToLong(lag -> lag)
                                .max()
                                .orElse(0)));
        line("\n| events of the stream | command p50/p95/p99/max ms | CPU-ms of pathway-service, idle included"
                + " | timeline's first page ms |\n|---|---|---|---|");
        result.streams()
                .forEach(each -> line(
                        "| %d | %s | %.1f | %s |",
                        each.events(), times(each.answers()), each.cpuMillis(), times(each.timeline())));
    }

    private static String times(Work.Times times) {
        return times.count() == 0
                ? "none came"
                : String.format(
                        Locale.ROOT, "%.1f / %.1f / %.1f / %.0f", times.p50(), times.p95(), times.p99(), times.max());
    }

    /** Puts the figures into the file, and the data beside it. */
    void write(Path root) throws IOException {
        Path file = root.resolve("system-tests").resolve("BENCHMARKS.md");
        String all =
                Files.exists(file) ? Files.readString(file) : "# How fast Relais is\n\n" + BEGIN + "\n" + END + "\n";
        for (Map.Entry<Part, StringBuilder> each : texts.entrySet()) {
            all = placed(all, each.getKey(), each.getValue().toString());
        }
        all = machine(all);
        Files.writeString(file, all);
        Path kept = root.resolve("system-tests").resolve("benchmarks.json");
        JsonMapper json = JsonMapper.shared();
        Map<String, Object> merged = new LinkedHashMap<>();
        if (Files.exists(kept)) {
            JsonNode before = json.readTree(Files.readString(kept));
            before.properties().forEach(property -> merged.put(property.getKey(), property.getValue()));
        }
        merged.putAll(data);
        keep(kept, merged);
        System.out.println("written: " + file);
    }

    /** The text with this part's section in its place: instead of the one that is there, or in the order of the letters. */
    static String placed(String all, Part part, String section) {
        String opening = mark(part, "begin");
        String closing = mark(part, "end");
        String whole = opening + "\n\n" + section.strip() + "\n\n" + closing;
        int there = all.indexOf(opening);
        if (there >= 0) {
            return all.substring(0, there) + whole + all.substring(all.indexOf(closing) + closing.length());
        }
        int before = all.indexOf(END);
        for (Part later : Part.values()) {
            int begins = all.indexOf(mark(later, "begin"));
            if (later.compareTo(part) > 0 && begins >= 0) {
                before = begins;
                break;
            }
        }
        return all.substring(0, before) + whole + "\n\n" + all.substring(before);
    }

    /** The text with this machine in the table before the first part. */
    private String machine(String all) {
        StringBuilder table = new StringBuilder("\n\n| of the last run that was written | |\n|---|---|\n");
        if (data.get("machine") instanceof Map<?, ?> machine) {
            machine.forEach((name, value) ->
                    table.append("| ").append(name).append(" | ").append(value).append(" |\n"));
        }
        int from = all.indexOf(BEGIN) + BEGIN.length();
        int to = all.indexOf("<!-- part ", from);
        return all.substring(0, from) + table + "\n" + all.substring(to < 0 ? all.indexOf(END) : to);
    }

    private static String mark(Part part, String which) {
        return "<!-- part " + part.letter() + ": " + which + " -->";
    }

    void keep(Path file) throws IOException {
        keep(file, data);
    }

    /** Prints the figures of an earlier run beside these. */
    void compare(Path earlier) throws IOException {
        JsonMapper json = JsonMapper.shared();
        List<String> lines = Comparison.lines(json.readTree(Files.readString(earlier)), json.valueToTree(data));
        System.out.println("| figure | before | now | now / before |\n|---|---|---|---|");
        lines.forEach(System.out::println);
    }

    private static void keep(Path file, Map<String, Object> what) throws IOException {
        Files.writeString(
                file,
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(what) + "\n",
                StandardCharsets.UTF_8);
    }

    private static String processor() throws IOException {
        return fact(Path.of("/proc/cpuinfo"), "model name");
    }

    private static String memory() throws IOException {
        return fact(Path.of("/proc/meminfo"), "MemTotal");
    }

    private static String fact(Path file, String name) throws IOException {
        if (!Files.exists(file)) {
            return "unknown";
        }
        return Files.readAllLines(file).stream()
                .filter(each -> each.startsWith(name))
                .findFirst()
                .map(each -> each.substring(each.indexOf(':') + 1).strip())
                .orElse("unknown");
    }
}
