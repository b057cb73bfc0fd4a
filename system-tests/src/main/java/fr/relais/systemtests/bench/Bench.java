package fr.relais.systemtests.bench;

import fr.relais.systemtests.bench.Options.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code ./relais bench}: how fast Relais is on this machine, beside the raw stores in the same run. */
public final class Bench {

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && (arguments[0].equals("--help") || arguments[0].equals("help"))) {
            System.out.print(Options.HELP);
            return;
        }
        Path root = Path.of("").toAbsolutePath();
        Path folder = Files.createTempDirectory("relais-bench");
        Options options = Options.read(arguments, folder);
        System.out.println("data and logs of this run: " + folder);
        Report report = new Report(options);
        try (Stand stand = Stand.start(root, folder, options.cheapCompiler())) {
            System.out.println("ready after " + stand.readyAfter());
            stand.processes().forEach((name, process) -> System.out.print(name + "=" + process.pid() + " "));
            System.out.println();
            if (options.parts().contains(Part.START)) {
                report.started(stand.readyAfter(), Cpu.memory(stand.processes()));
            }
            measure(options, stand, report);
        }
        report.keep(folder.resolve("benchmarks.json"));
        if (options.write()) {
            report.write(root);
        }
    }

    private static void measure(Options options, Stand stand, Report report) {
        if (options.parts().contains(Part.CEILINGS)) {
            System.out.println("(a) ceilings");
            report.ceilings(new Ceilings(stand, options.measured().dividedBy(10)).measure());
        }
        if (options.parts().contains(Part.WORK)) {
            System.out.println("(b) work unit");
            Work work = new Work(stand, options);
            report.work(work.idle(), work.measure());
        }
        if (options.parts().contains(Part.LATENCY)) {
            System.out.println("(c) latency");
            report.latency(new Latency(stand, options).measure(5));
        }
        if (options.parts().contains(Part.REBUILD)) {
            System.out.println("(d) rebuild");
            report.rebuilds(new Rebuilds(stand).measure());
        }
        if (options.parts().contains(Part.PAGES)) {
            System.out.println("(f) pages");
            report.pages(new Pages(stand, options).measure());
        }
        if (options.parts().contains(Part.FRANCE) || options.parts().contains(Part.GROWTH)) {
            System.out.println("(g), (h): not measured yet");
        }
    }
}
