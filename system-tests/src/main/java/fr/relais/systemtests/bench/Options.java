package fr.relais.systemtests.bench;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is to be measured, and for how long: parts by their letters, everything else by name. */
final class Options {

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

        static Part of(char letter) {
            if (letter < 'a' || letter >= 'a' + values().length) {
                throw new IllegalArgumentException(letter + " is no part: write letters of a to h, as in bench cd");
            }
            return values()[letter - 'a'];
        }

        String letter() {
            return String.valueOf((char) ('a' + ordinal()));
        }
    }

    static final String HELP = """
        usage: ./relais bench [parts] [options]

          parts              letters, as in: bench c, bench abc; all of them where they are left out
                             a ceilings, b work unit, c latency, d rebuild, e start and memory, f pages,
                             g a day of France, h how cost grows
          --warmup 90s       how long the work goes on before it is counted, once for the whole of c to h
          --seconds 60s      how long it is counted
          --runs 2           how often the work unit (b) is measured
          --clients 12       HTTP clients of the work unit
          --depth 3          pathways that each client has under way
          --most 0           (c) pathways/s of which 80 % are the second load; 0: that of (b), or measured first
          --events 20000     (d) that a rebuild folds
          --rows 10000,100000   (f) handoffs that pages are read among, one after the other; 1000000 may be one
          --share 100        (g) a hundredth of the day: 330 discharges; 1 is the whole of it
          --base 1000        (h) pathways that 1x stands for
          --times 1,10       (h) how many times that, one after the other
          --lengths 10,100,1000   (h) events that a stream has
          --limit 300s       the longest that a part of c to h may take; what it had by then is told
          --quick            seconds instead of minutes, to see that it works
          --train            nothing is measured: the services work for a while and take notes of it, of which the next
                             start is made; done by itself before the first measurement of a build
          --both-compilers   services with the second compiler of the JVM too, which `up` leaves out
          --write            write system-tests/BENCHMARKS.md and its data, the measured parts only
          --compare FILE     the data of an earlier run, to be printed beside this one's
        """;

    private static final Map<String, String> USUAL = new LinkedHashMap<>();

    static {
        USUAL.put("--warmup", "90s");
        USUAL.put("--seconds", "60s");
        USUAL.put("--runs", "2");
        USUAL.put("--clients", "12");
        USUAL.put("--depth", "3");
        USUAL.put("--most", "0");
        USUAL.put("--events", "20000");
        USUAL.put("--rows", "10000,100000");
        USUAL.put("--share", "100");
        USUAL.put("--base", "1000");
        USUAL.put("--times", "1,10");
        USUAL.put("--lengths", "10,100,1000");
        USUAL.put("--limit", "300s");
        USUAL.put("--compare", "");
    }

    private static final Map<String, String> QUICK = Map.of(
            "--warmup", "10s",
            "--seconds", "10s",
            "--runs", "1",
            "--events", "3000",
            "--rows", "1000",
            "--share", "3000",
            "--base", "100",
            "--lengths", "10,50",
            "--limit", "120s");

    private final Set<Part> parts;
    private final Map<String, String> values;
    private final boolean write;
    private final Stand.Jvm jvm;

    private Options(Set<Part> parts, Map<String, String> values, boolean write, Stand.Jvm jvm) {
        this.parts = parts;
        this.values = values;
        this.write = write;
        this.jvm = jvm;
    }

    static Options read(String... arguments) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        Map<String, String> values = new LinkedHashMap<>(USUAL);
        if (Arrays.asList(arguments).contains("--quick")) {
            values.putAll(QUICK);
        }
        boolean write = false;
        Stand.Jvm jvm = Stand.Jvm.USUAL;
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i];
            switch (name) {
                case "--quick" -> {}
                case "--both-compilers" -> jvm = Stand.Jvm.BOTH_COMPILERS;
                case "--train" -> jvm = Stand.Jvm.TAKING_NOTES;
                case "--write" -> write = true;
                default -> {
                    if (!name.startsWith("--")) {
                        letters(name, parts);
                    } else if (i + 1 == arguments.length
                            || !(USUAL.containsKey(name) || name.equals("--part") || name.equals("--parts"))) {
                        throw new IllegalArgumentException(name + " is unknown or wants a value: bench --help");
                    } else if (name.startsWith("--part")) {
                        letters(arguments[++i], parts);
                    } else {
                        values.put(name, arguments[++i]);
                    }
                }
            }
        }
        Options options = new Options(parts.isEmpty() ? EnumSet.allOf(Part.class) : parts, values, write, jvm);
        options.check();
        return options;
    }

    private static void letters(String text, Set<Part> parts) {
        text.replace(",", "").chars().forEach(letter -> parts.add(Part.of((char) letter)));
    }

    /** What is wrong is said before anything is started. */
    private void check() {
        List.of("--warmup", "--seconds", "--limit").forEach(this::seconds);
        List.of("--runs", "--clients", "--depth", "--most", "--events", "--share", "--base")
                .forEach(this::number);
        List.of("--rows", "--times", "--lengths").forEach(this::numbers);
        if (clients() == 0 || depth() == 0 || share() == 0) {
            throw new IllegalArgumentException("--clients, --depth and --share are 1 at least");
        }
    }

    Set<Part> parts() {
        return parts;
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    /** How long the work goes on before it is counted. */
    Duration warmUp() {
        return seconds("--warmup");
    }

    /** How long it is counted. */
    Duration measured() {
        return seconds("--seconds");
    }

    int runs() {
        return number("--runs");
    }

    /** HTTP clients that do the work unit. */
    int clients() {
        return number("--clients");
    }

    /** Pathways that each client has under way, so that it acts on one while the notices of another travel. */
    int depth() {
        return number("--depth");
    }

    /** Pathways a second of which latency is measured at 80 %, or 0. */
    int most() {
        return number("--most");
    }

    int events() {
        return number("--events");
    }

    List<Integer> rows() {
        return numbers("--rows");
    }

    /** One part in so many of the day of France. */
    int share() {
        return number("--share");
    }

    int base() {
        return number("--base");
    }

    List<Integer> times() {
        return numbers("--times");
    }

    List<Integer> lengths() {
        return numbers("--lengths");
    }

    Duration limit() {
        return seconds("--limit");
    }

    boolean write() {
        return write;
    }

    Stand.Jvm jvm() {
        return jvm;
    }

    Optional<Path> compare() {
        String file = value("--compare");
        return file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file));
    }

    private String value(String name) {
        return requireNonNull(values.get(name));
    }

    private Duration seconds(String name) {
        return Duration.ofSeconds(
                plain(name, value(name).toLowerCase(Locale.ROOT).replace("s", "")));
    }

    private int number(String name) {
        return plain(name, value(name));
    }

    private List<Integer> numbers(String name) {
        return Arrays.stream(value(name).split(",", -1))
                .map(each -> plain(name, each))
                .sorted()
                .toList();
    }

    private static int plain(String name, String text) {
        try {
            int number = Integer.parseInt(text.strip().replace("_", ""));
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(name + " wants a number that is not below 0, not: " + text);
    }
}
