package fr.relais.systemtests.prove;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.systemtests.audit.Audit;
import fr.relais.systemtests.audit.Auditor;
import fr.relais.systemtests.audit.Finding;
import fr.relais.systemtests.audit.Ledger;
import fr.relais.systemtests.audit.Sources;
import fr.relais.systemtests.site.Instance;
import fr.relais.systemtests.site.People;
import fr.relais.systemtests.site.Receivers;
import fr.relais.systemtests.site.Site;
import fr.relais.systemtests.site.SiteClock;
import fr.relais.systemtests.site.Work;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Where scenarios are played: a site at work, its receivers, and the ledger. */
final class Scene implements AutoCloseable {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final int PROFESSIONALS = 200;
    private static final Duration UNDONE_WITHIN = Duration.ofMinutes(10);
    private static final Duration STORIES_END = Duration.ofSeconds(90);

    private final Site site;
    private final Site.Plan plan;
    private final Ledger ledger;
    private final Receivers receivers;
    private final Work work;
    private final Random random;
    private final Options options;
    private final PrintStream out;
    private final List<Finding> findings = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final AtomicInteger faults = new AtomicInteger();
    private final long started = System.nanoTime();

    private Scene(Site site, Site.Plan plan, Ledger ledger, Receivers receivers, Options options, PrintStream out) {
        this.site = site;
        this.plan = plan;
        this.ledger = ledger;
        this.receivers = receivers;
        this.options = options;
        this.out = out;
        this.random = new Random(options.seed());
        this.work = new Work(site, ledger, options.seed(), Work.Load.SMALL);
    }

    /** Starts a site that is at work by day, with its people in the directory and receivers that listen. */
    static Scene open(Site.Plan usual, Scenario scenario, Options options, PrintStream out) {
        Path data = usual.data();
        Ledger ledger = Ledger.in(data.resolve("ledger.ndjson"));
        Receivers receivers = Receivers.start(ledger);
        Site.Plan plan = usual;
        for (var setting : receivers.settings().entrySet()) {
            plan = plan.with(setting.getKey(), setting.getValue());
        }
        SiteClock.in(data).moveTo(scenario.begins().orElseGet(() -> next(LocalTime.of(10, 0))));
        try {
            Site site = Site.start(scenario.plan(plan));
            Scene scene = new Scene(site, usual, ledger, receivers, options, out);
            try {
                scene.prepare();
                return scene;
            } catch (RuntimeException e) {
                scene.close();
                throw e;
            }
        } catch (RuntimeException e) {
            receivers.close();
            ledger.close();
            throw e;
        }
    }

    private void prepare() {
        var simulated = People.simulated(PROFESSIONALS);
        var report = site.load(simulated).ok();
        if (report.path("rejected").asInt() > 0) {
            throw new IllegalStateException("the directory refused people: " + report);
        }
        receivers.register(site, simulated.personas());
        simulated.personas().stream().limit(20).forEach(person -> receivers.open(site, person));
        until(
                "the directory knows everybody",
                Duration.ofSeconds(60),
                () -> site.as("coordinator-gael", Site.DIRECTORY)
                        .get("/api/v1/candidates?profession=60&commune=" + People.COMMUNES.getLast())
                        .ok()
                        .toString()
                        .contains(People.structure(9, People.Trade.NURSE)));
    }

    // ---- what scenarios are made of

    Site site() {
        return site;
    }

    Work work() {
        return work;
    }

    /** What a site is usually made of, whatever this scenario made of it. */
    Site.Plan plan() {
        return plan;
    }

    /** This build, unpacked. */
    Path programs() {
        return Objects.requireNonNull(plan.programs(), "this scenario wants unpacked programs");
    }

    Receivers receivers() {
        return receivers;
    }

    Ledger ledger() {
        return ledger;
    }

    Random random() {
        return random;
    }

    Size size() {
        return options.size();
    }

    /** Something that hurts: while it lasts, and a little longer, deliveries may be repeated. */
    void hurt(String kind, Harm harm) throws Exception {
        say(kind);
        Instant from = Instant.now();
        faults.incrementAndGet();
        try {
            harm.happen();
        } finally {
            ledger.fault(kind, from, Instant.now());
        }
    }

    /** Something that hurts and excuses nothing: whatever is repeated because of it is a finding. */
    void afflict(String kind, Harm harm) throws Exception {
        say(kind);
        faults.incrementAndGet();
        harm.happen();
    }

    /** Whatever a scenario does to Relais. */
    @FunctionalInterface
    interface Harm {
        void happen() throws Exception;
    }

    /** SIGKILL, some time without it, and back. */
    void killAndRestart(Instance instance, Duration away) throws Exception {
        hurt("kill -9 " + instance.name(), () -> {
            instance.kill();
            pause(away);
            instance.restart();
        });
    }

    /** So long, of real time. */
    static void pause(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    /** Between these, by lot. */
    Duration some(int fromMillis, int toMillis) {
        return Duration.ofMillis(fromMillis + random.nextInt(toMillis - fromMillis));
    }

    /** So many seconds. */
    static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    // At night nobody's software is told of an offer before the morning.
    private static Instant next(LocalTime time) {
        ZonedDateTime now = ZonedDateTime.now(PARIS);
        ZonedDateTime then = now.with(time);
        return (then.isAfter(now) ? then : then.plusDays(1)).toInstant();
    }

    /** Looks until it is so; that it never became so is a finding. */
    boolean until(String what, Duration limit, BooleanSupplier holds) {
        long end = System.nanoTime() + limit.toNanos();
        RuntimeException last = null;
        while (true) {
            try {
                if (holds.getAsBoolean()) {
                    return true;
                }
            } catch (RuntimeException e) {
                last = e;
            }
            if (System.nanoTime() > end) {
                check(
                        what,
                        "after " + limit.toSeconds() + " s",
                        "it is so",
                        last == null ? "it is not" : last.toString());
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** It is a finding when the two differ. */
    void expect(String rule, String where, Object expected, Object seen) {
        if (!expected.equals(seen)) {
            check(rule, where, expected.toString(), seen.toString());
        }
    }

    /** A finding. */
    void check(String rule, String where, String expected, String seen) {
        findings.add(new Finding(rule, where, expected, seen));
        say("FINDING " + findings.getLast());
    }

    /** A figure or a remark for the table. */
    void note(String remark) {
        notes.add(remark);
        say(remark);
    }

    /** A line of progress. */
    void say(String what) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
        out.printf("  %3d:%02d  %s  %s%n", seconds / 60, seconds % 60, what, work.done());
    }

    // ---- the end

    /** Lets the stories end; those that never do are findings. */
    void finish() {
        say("stories end");
        work.end(STORIES_END);
        // Who was quicker is told once that cannot be undone any more: not in the midst of the audit.
        site.letPass(UNDONE_WITHIN.plusMinutes(1));
        receivers.mail().read();
        String trouble = work.trouble();
        if (!trouble.isEmpty()) {
            check("every command is answered in the end", "work", "no trouble", trouble);
        }
    }

    /** Everything held against everything, once nothing is under way any more. */
    Audit audit(Duration limit) {
        Map<String, String> databases = new LinkedHashMap<>();
        Map<String, Api> operators = new LinkedHashMap<>();
        for (String service : Site.SERVICES) {
            databases.put(service, site.mongoUri(service));
            operators.put(service, Api.of(site.any(service, 0).url(), site.token("operator-odile")));
        }
        Sources sources = new Sources(
                databases,
                site.bootstrapServers(),
                site.instances().stream().map(Instance::log).distinct().toList(),
                operators,
                site::now);
        long began = System.nanoTime();
        return Auditor.of(sources, ledger).audit(limit, () -> {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            if (took.compareTo(limit) < 0) {
                say("drained in " + took.toSeconds() + " s");
            } else {
                say("not drained in " + took.toSeconds() + " s: what each thread does is beside the logs");
                site.instances().forEach(Instance::writeThreads);
            }
            receivers.mail().read();
        });
    }

    int faults() {
        return faults.get();
    }

    List<Finding> findings() {
        return new ArrayList<>(findings);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public void close() {
        work.close();
        receivers.close();
        site.close();
        ledger.close();
    }
}
