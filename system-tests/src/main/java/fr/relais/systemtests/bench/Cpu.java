package fr.relais.systemtests.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What processes have used so far: the figure that stays true on a machine that others use too. */
final class Cpu {

    private Cpu() {}

    /** CPU time of each, in milliseconds. */
    static Map<String, Double> millis(Map<String, ProcessHandle> processes) {
        Map<String, Double> used = new LinkedHashMap<>();
        processes.forEach((name, process) -> used.put(
                name, process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6));
        return used;
    }

    /** What was used between two readings, for each of so many. */
    static Map<String, Double> each(Map<String, Double> before, Map<String, Double> after, long number) {
        Map<String, Double> each = new LinkedHashMap<>();
        after.forEach((name, used) -> each.put(name, (used - before.getOrDefault(name, 0.0)) / Math.max(1, number)));
        return each;
    }

    static double sum(Map<String, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Resident memory of each, in MiB. */
    static Map<String, Long> memory(Map<String, ProcessHandle> processes) {
        Map<String, Long> memory = new LinkedHashMap<>();
        processes.forEach((name, process) -> memory.put(name, resident(process.pid())));
        return memory;
    }

    private static long resident(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(ps.getInputStream(), StandardCharsets.US_ASCII))) {
                String line = out.readLine();
                return line == null ? 0 : Long.parseLong(line.strip()) / 1024;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
