package fr.relais.systemtests.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to be measured, and for how long.
 *
 * @param parts which parts, by the letter of each
 * @param warmUp how long the work goes on before it is counted
 * @param measured how long it is counted
 * @param runs how often the work unit is measured; medians are told
 * @param clients HTTP clients that do the work unit
 * @param depth pathways that each client has under way, so that it acts on one while the notices of another travel
 * @param rows handoffs that the pages are read among
 * @param discharges of the day of France
 * @param events that a rebuild folds
 * @param write whether BENCHMARKS.md and its data are written
 * @param cheapCompiler whether the services run with the cheap compiler: figures are worse, and there after seconds
 * @param folder where the data of this run lies
 */
record Options(
        Set<Part> parts,
        Duration warmUp,
        Duration measured,
        int runs,
        int clients,
        int depth,
        int rows,
        int discharges,
        int events,
        boolean write,
        boolean cheapCompiler,
        Path folder) {

    /** What can be measured. */
    enum Part {
        CEILINGS,
        WORK,
        LATENCY,
        REBUILD,
        START,
        PAGES,
        FRANCE,
        GROWTH;

        static Part of(String letter) {
            if (letter.length() != 1 || letter.charAt(0) < 'a' || letter.charAt(0) >= 'a' + values().length) {
                throw new IllegalArgumentException("--part " + letter + " is none: write letters of a to h, as in abc");
            }
            return values()[letter.charAt(0) - 'a'];
        }
    }

    static final String HELP = """
        usage: ./relais bench [options]

          --part abc…        a ceilings, b work unit, c latency, d rebuild, e start and memory, f pages,
                             g a day of France, h growth; all but g and h where it is left out
          --warmup 90s       how long the work goes on before it is counted
          --seconds 60s      how long it is counted
          --runs 2           how often the work unit is measured
          --clients 12       HTTP clients of the work unit
          --depth 3          pathways that each client has under way
          --rows 100000      handoffs that pages are read among
          --discharges 33000 of the day of France
          --events 200000    that a rebuild folds
          --quick            seconds instead of minutes, to see that it works
          --cheap-compiler   services with the cheap compiler, to compare two builds on a busy machine
          --write            write system-tests/BENCHMARKS.md and its data
        """;

    static Options read(String[] arguments, Path folder) {
        Options options = new Options(
                EnumSet.range(Part.CEILINGS, Part.PAGES),
                Duration.ofSeconds(90),
                Duration.ofSeconds(60),
                2,
                12,
                3,
                100_000,
                33_000,
                200_000,
                false,
                false,
                folder);
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            options = switch (name) {
                case "--quick" -> options.quick();
                case "--cheap-compiler" -> options.cheap();
                case "--write" -> options.writing();
                default -> {
                    if (i + 1 == arguments.length) {
                        throw new IllegalArgumentException(name + " is unknown or wants a value: bench --help");
                    }
                    i++;
                    yield options.with(name, arguments[i]);
                }
            };
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--part", "--parts" ->
                new Options(
                        Arrays.stream(value.replace(",", "").split(""))
                                .map(Part::of)
                                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class))),
                        warmUp,
                        measured,
                        runs,
                        clients,
                        depth,
                        rows,
                        discharges,
                        events,
                        write,
                        cheapCompiler,
                        folder);
            case "--warmup" -> sized(seconds(value), measured, runs, clients, depth, rows, discharges, events);
            case "--seconds" -> sized(warmUp, seconds(value), runs, clients, depth, rows, discharges, events);
            case "--runs" -> sized(warmUp, measured, number(value), clients, depth, rows, discharges, events);
            case "--clients" -> sized(warmUp, measured, runs, number(value), depth, rows, discharges, events);
            case "--depth" -> sized(warmUp, measured, runs, clients, number(value), rows, discharges, events);
            case "--rows" -> sized(warmUp, measured, runs, clients, depth, number(value), discharges, events);
            case "--discharges" -> sized(warmUp, measured, runs, clients, depth, rows, number(value), events);
            case "--events" -> sized(warmUp, measured, runs, clients, depth, rows, discharges, number(value));
            default -> throw new IllegalArgumentException(name + " is unknown: bench --help");
        };
    }

    private Options quick() {
        return sized(Duration.ofSeconds(10), Duration.ofSeconds(10), 1, clients, depth, 5_000, 500, 20_000);
    }

    private Options cheap() {
        return new Options(
                parts, warmUp, measured, runs, clients, depth, rows, discharges, events, write, true, folder);
    }

    private Options writing() {
        return new Options(
                parts, warmUp, measured, runs, clients, depth, rows, discharges, events, true, cheapCompiler, folder);
    }

    private Options sized(
            Duration warm, Duration counted, int times, int users, int deep, int many, int sent, int folded) {
        return new Options(parts, warm, counted, times, users, deep, many, sent, folded, write, cheapCompiler, folder);
    }

    private static Duration seconds(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replace("s", "");
        return Duration.ofSeconds(number(plain));
    }

    private static int number(String text) {
        int number = Integer.parseInt(text.replace("_", ""));
        if (number < 0) {
            throw new IllegalArgumentException("a number below 0: " + text);
        }
        return number;
    }
}
