package fr.relais.systemtests.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/proof.md}: the last table, with when and on what it was made. */
final class Report {

    private Report() {}

    static Path write(Path root, Options options, List<Outcome> outcomes) throws IOException {
        Path file = root.resolve("docs").resolve("proof.md");
        Files.writeString(file, """
                # The proof

                Written by `./relais prove %s--write`; do not edit. Each scenario is played on real processes of its own, with a
                stream of mixed work, and then audited: what was sent in and what receivers got is held against journals, topics
                and views. `hurt` counts how often something was done to Relais, `drained in` is from the last command until
                nothing was under way and all was audited.

                %s, %s. Java %s, Apache Kafka %s.

                %s""".formatted(
                        options.size() == Size.USUAL
                                ? ""
                                : "--" + options.size().name().toLowerCase(java.util.Locale.ROOT) + " ",
                        LocalDate.now(java.time.ZoneId.of("Europe/Paris")),
                        machine(),
                        Runtime.version(),
                        org.apache.kafka.common.utils.AppInfoParser.getVersion(),
                        Table.of(outcomes)));
        return file;
    }

    private static String machine() {
        return Runtime.getRuntime().availableProcessors() + " processors (" + fact("/proc/cpuinfo", "model name")
                + "), "
                + fact("/proc/meminfo", "MemTotal") + " of memory, " + System.getProperty("os.name") + " "
                + System.getProperty("os.version");
    }

    private static String fact(String file, String name) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .limit(1)
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .collect(Collectors.joining());
        } catch (IOException e) {
            return "unknown";
        }
    }
}
