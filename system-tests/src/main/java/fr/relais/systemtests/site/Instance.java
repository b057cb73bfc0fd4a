package fr.relais.systemtests.site;

import fr.relais.localstack.ChildProcess;
import fr.relais.localstack.up.FixedPort;
import fr.relais.localstack.up.Layout;
import fr.relais.localstack.up.Readiness;
import fr.relais.localstack.up.ServiceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One running process of a service, or one that was killed and can be started again on the same ports. */
public final class Instance {

    private static final Duration PATIENCE = Duration.ofSeconds(300);

    private final ServiceSpec spec;
    private final int number;
    private final Layout layout;
    private final Supplier<ChildProcess> launch;
    private volatile @Nullable ChildProcess process;
    private volatile boolean stopping;

    Instance(ServiceSpec spec, int number, Layout layout, Supplier<ChildProcess> launch) {
        this.spec = spec;
        this.number = number;
        this.layout = layout;
        this.launch = launch;
    }

    static String name(String service, int number) {
        return number == 1 ? service : service + "-" + number;
    }

    /** The service it is one of. */
    public String service() {
        return spec.name();
    }

    /** Its service's database. */
    public String database() {
        return spec.database();
    }

    /** 1 for the first. */
    public int number() {
        return number;
    }

    /** What its log is called. */
    public String name() {
        return name(spec.name(), number);
    }

    /** Where it serves. */
    public String url() {
        return layout.url(spec.port());
    }

    /** Where it answers for its health and its figures. */
    public String managementUrl() {
        return layout.url(spec.management());
    }

    /** The port on which it takes hospital messages, if it is of the service that does. */
    public int mllpPort() {
        return layout.port(FixedPort.MLLP);
    }

    /** Whether its process runs. */
    public boolean isAlive() {
        ChildProcess running = process;
        return running != null && running.isAlive();
    }

    /** Whether a load balancer sends requests to it: it runs, and nobody has told it to stop. */
    public boolean takesRequests() {
        return isAlive() && !stopping;
    }

    /** Whether it says that it is ready. */
    public boolean isReady() {
        return isAlive() && Readiness.answers(spec.readinessUrl(layout));
    }

    /** The process itself, running or ended. */
    public ChildProcess process() {
        return Objects.requireNonNull(process, name() + " was never started");
    }

    /** All that it and its predecessors on these ports wrote. */
    public Path log() {
        return layout.data().resolve("logs").resolve(name() + ".log");
    }

    /** SIGKILL, in the midst of whatever it does. */
    public void kill() {
        process().kill();
    }

    /** SIGTERM, as an operator or an orchestrator stops it; returns when it has ended. */
    public void stop() {
        stopping = true;
        process().stop();
    }

    /** Writes what each of its threads does to a file beside its log, for whoever asks why nothing goes on. */
    public void writeThreads() {
        if (!isAlive()) {
            return;
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Path file = log().resolveSibling(name() + ".threads");
        try {
            new ProcessBuilder(
                            java.toString(),
                            Long.toString(process().pid()),
                            "Thread.dump_to_file",
                            "-overwrite",
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask " + name() + " for its threads", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it without waiting. */
    public void launch() {
        if (!isAlive()) {
            process = launch.get();
            stopping = false;
        }
    }

    /** Waits until it says that it is ready. */
    public void awaitReady() {
        Readiness.await(process(), spec.readinessUrl(layout), PATIENCE);
    }

    /** Starts it after a kill or a stop and waits until it says that it is ready. */
    public void restart() {
        launch();
        awaitReady();
    }
}
