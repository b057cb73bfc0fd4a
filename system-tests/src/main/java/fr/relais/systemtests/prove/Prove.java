package fr.relais.systemtests.prove;

import fr.relais.systemtests.audit.Audit;
import fr.relais.systemtests.audit.Finding;
import fr.relais.systemtests.site.Site;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code ./relais prove}: plays scenarios, audits each, and says in a table what came of it. */
public final class Prove {

    static final Duration DRAIN = Duration.ofSeconds(120);

    private final Path root;
    private final Options options;
    private final PrintStream out;

    private Prove(Path root, Options options, PrintStream out) {
        this.root = root;
        this.options = options;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        // The progress is for people; libraries speak only when something is broken.
        System.setProperty("logback.configurationFile", "fr/relais/localstack/up-logback.xml");
        System.exit(run(new PrintStream(System.out, true, StandardCharsets.UTF_8), arguments));
    }

    private static int run(PrintStream out, String... arguments) throws IOException {
        Options options;
        List<Scenario> scenarios;
        try {
            options = Options.of(arguments);
            scenarios = Scenarios.named(options.names());
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.println(Options.USAGE);
            return 2;
        }
        if (options.help()) {
            out.println(Options.USAGE);
            Scenarios.all().forEach(each -> out.printf("  %-14s %s%n", each.name(), each.about()));
            return 0;
        }
        if (!Site.isPossible()) {
            out.println(
                    "The proof needs a mongod that it can start and kill: name one in RELAIS_MONGOD or put it on the PATH");
            return 2;
        }
        Path root = Path.of("").toAbsolutePath();
        List<Outcome> outcomes = new Prove(root, options, out).play(scenarios);
        out.println();
        out.println(Table.of(outcomes));
        if (options.write()) {
            out.println("Written to docs/proof.md");
        }
        return outcomes.stream().allMatch(Outcome::isGreen) ? 0 : 1;
    }

    private List<Outcome> play(List<Scenario> scenarios) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            out.printf("%n%s: %s (seed %d)%n", scenario.name(), scenario.about(), options.seed());
            outcomes.add(play(scenario));
            if (options.write()) {
                // A run of hours that is cut off leaves what it has shown.
                Report.write(root, options, outcomes);
            }
        }
        return outcomes;
    }

    private Outcome play(Scenario scenario) throws IOException {
        Path data = root.resolve(".relais").resolve("proof").resolve(scenario.name());
        remove(data);
        long began = System.nanoTime();
        Site.Plan plan = Site.Plan.in(root, data)
                .fromUnpackedJarsIn(root.resolve(".relais").resolve("programs"));
        try (Scene scene = Scene.open(plan, scenario, options, out)) {
            return play(scenario, scene, options.seed());
        } catch (RuntimeException e) {
            return new Outcome(
                    scenario.name(),
                    scenario.about(),
                    options.seed(),
                    Duration.ofNanos(System.nanoTime() - began),
                    Map.of(),
                    0,
                    Duration.ZERO,
                    List.of(),
                    List.of(new Finding("the site starts", data.toString(), "it does", e.toString())));
        }
    }

    /** One scenario on a scene, audited. */
    static Outcome play(Scenario scenario, Scene scene, long seed) {
        long began = System.nanoTime();
        try {
            scenario.play(scene);
        } catch (Exception e) {
            scene.check("the scenario plays to its end", scenario.name(), "it does", words(e));
        }
        scene.finish();
        long ended = System.nanoTime();
        Audit audit = scene.audit(DRAIN);
        scene.say("audited: " + audit.counts());
        List<Finding> findings = scene.findings();
        findings.addAll(audit.findings());
        Map<String, Long> done = new LinkedHashMap<>(scene.work().done());
        done.putAll(audit.counts());
        return new Outcome(
                scenario.name(),
                scenario.about(),
                seed,
                Duration.ofNanos(System.nanoTime() - began),
                done,
                scene.faults(),
                Duration.ofNanos(System.nanoTime() - ended),
                scene.notes(),
                findings);
    }

    private static String words(Exception e) {
        StackTraceElement[] trace = e.getStackTrace();
        return e
                + Stream.of(trace)
                        .filter(line -> line.getClassName().startsWith("fr.relais"))
                        .limit(3)
                        .map(line -> " at " + line)
                        .reduce("", String::concat);
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
