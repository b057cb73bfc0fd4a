package fr.relais.systemtests.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a run found: as data, and as the measured part of {@code BENCHMARKS.md}; the rest of that file is written by hand. */
final class Report {

    private static final String BEGIN = "<!-- measured: written by ./relais bench --write -->";
    private static final String END = "<!-- measured: end -->";

    private final Map<String, Object> data = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();

    Report(Options options) throws IOException {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("processor", processor());
        machine.put("memory", memory());
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("java", System.getProperty("java.vendor.version") + " " + System.getProperty("java.version"));
        machine.put(
                "load before",
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage());
        machine.put("warm-up", options.warmUp().toString());
        machine.put("measured", options.measured().toString());
        machine.put("runs", options.runs());
        if (options.cheapCompiler()) {
            machine.put("compiler", "the cheap one (--cheap-compiler)");
        }
        data.put("machine", machine);
        text.append("\n| | |\n|---|---|\n");
        machine.forEach((name, value) -> line("| %s | %s |", name, value));
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    void started(Map<String, Duration> ready, Map<String, Long> memory) {
        data.put(
                "ready",
                ready.entrySet().stream()
                        .collect(
                                LinkedHashMap::new,
                                (m, e) -> m.put(e.getKey(), e.getValue().toMillis() / 1000.0),
                                Map::putAll));
        data.put("memoryAtStart", memory);
        line("\n"
                + "### Start (s until ready) and memory (MiB resident, before any work)\n\n"
                + "| what | s | MiB |\n"
                + "|---|---|---|");
        ready.forEach((name, took) -> line(
                "| %s | %.1f | %s |",
                name, took.toMillis() / 1000.0, memory.getOrDefault(name.replace("-service", ""), 0L)));
    }

    void ceilings(List<Ceilings.Ceiling> ceilings) {
        data.put("ceilings", ceilings);
        line("\n"
                + "### Ceilings of the raw stores\n\n"
                + "| operation | a second | CPU-ms each, driver included |\n"
                + "|---|---|---|");
        ceilings.forEach(each -> line("| %s | %.0f | %.3f |", each.what(), each.perSecond(), each.cpuMillis()));
    }

    void work(Map<String, Long> idle, List<Work.Result> results) {
        data.put("idle", idle);
        data.put("work", results);
        line("\n### The work unit, as fast as it goes\n\nIdle, CPU-ms a second: %s\n", idle);
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

    void latency(Latency.Result light) {
        data.put("latency", light);
        line("\n### Latency at %.0f pathways/s, p50/p95/p99/max ms\n\n| from, to | |\n|---|---|", light.perSecond());
        line("| request to webhook | %s |", times(light.webhook()));
        line("| request to live inbox | %s |", times(light.inbox()));
        line("| MLLP acknowledgement to live inbox | %s |", times(light.message()));
    }

    void rebuilds(List<Rebuilds.Rebuilt> all) {
        data.put("rebuilds", all);
        line("\n"
                + "### Rebuild\n\n"
                + "| view | events | a second | documents | differences from live |\n"
                + "|---|---|---|---|---|");
        all.forEach(each -> line(
                "| %s | %d | %.0f | %d | %d |",
                each.view(), each.events(), each.perSecond(), each.documents(), each.differences()));
    }

    void pages(List<Pages.Page> pages) {
        data.put("pages", pages);
        line("\n### Pages, p50/p95/p99/max ms\n\n| page | handoffs | |\n|---|---|---|");
        pages.forEach(each -> line("| %s | %d | %s |", each.what(), each.rows(), times(each.times())));
    }

    private static String times(Work.Times times) {
        return String.format(
                Locale.ROOT, "%.1f / %.1f / %.1f / %.0f", times.p50(), times.p95(), times.p99(), times.max());
    }

    /** Puts the figures into the file, and the data beside it. */
    void write(Path root) throws IOException {
        Path file = root.resolve("system-tests").resolve("BENCHMARKS.md");
        String all =
                Files.exists(file) ? Files.readString(file) : "# How fast Relais is\n\n" + BEGIN + "\n" + END + "\n";
        int begin = all.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(file, all.substring(0, begin) + "\n" + text + "\n" + all.substring(all.indexOf(END)));
        keep(root.resolve("system-tests").resolve("benchmarks.json"));
        System.out.println("written: " + file);
    }

    void keep(Path file) throws IOException {
        Files.writeString(
                file,
                JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(data) + "\n",
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
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        return lines.stream()
                .filter(each -> each.startsWith(name))
                .findFirst()
                .map(each -> each.substring(each.indexOf(':') + 1).strip())
                .orElse("unknown");
    }
}
