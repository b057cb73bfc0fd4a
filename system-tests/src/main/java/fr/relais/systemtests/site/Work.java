package fr.relais.systemtests.site;

import fr.relais.localstack.frontdoor.Stay;
import fr.relais.systemtests.audit.Ledger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A stream of mixed work: patients come to the hospital at a steady rate, are included, go home, and are cared for by
 * simulated professionals who accept, decline, pass on, complete, or never answer. The same seed makes the same choices;
 * what they meet depends on the machine.
 */
public final class Work implements AutoCloseable {

    /**
     * How much.
     *
     * @param perSecond patients who come in a second
     * @param atOnce most stories that are played at the same time; further patients wait
     */
    public record Load(double perSecond, int atOnce) {

        /** What two cores carry beside everything else. */
        public static final Load SMALL = new Load(0.7, 8);
    }

    private static final String CPTS = "990000051";

    private final Site site;
    private final Ledger ledger;
    private final Client client;
    private final Hospital hospital;
    private final long seed;
    private final Load load;
    private final Semaphore places;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean coming = new AtomicBoolean();
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final AtomicInteger patients = new AtomicInteger();
    private final AtomicInteger under = new AtomicInteger();
    private final AtomicLong pathways = new AtomicLong();
    private final AtomicLong commands = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong broken = new AtomicLong();
    private volatile @Nullable Throwable first;
    private @Nullable Thread arrivals;

    /** Work that has not begun; the directory must know the people already. */
    public Work(Site site, Ledger ledger, long seed, Load load) {
        this.site = site;
        this.ledger = ledger;
        this.client = new Client(site);
        this.hospital = new Hospital(site, client, ledger);
        this.seed = seed;
        this.load = load;
        this.places = new Semaphore(load.atOnce());
    }

    /** Patients come from now on. */
    public synchronized void begin() {
        if (arrivals == null) {
            coming.set(true);
            leaving.set(false);
            arrivals = Thread.ofVirtual().name("arrivals").start(this::arrive);
        }
    }

    /**
     * Nobody comes any more; the stories under way are played to their ends, or left where they are after this time.
     *
     * @return whether all came to their ends
     */
    public synchronized boolean end(Duration limit) {
        coming.set(false);
        Thread door = arrivals;
        try {
            if (door != null) {
                door.interrupt();
                door.join();
                arrivals = null;
            }
            long until = System.nanoTime() + limit.toNanos();
            while (under.get() > 0 && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            boolean all = under.get() == 0;
            leaving.set(true);
            while (under.get() > 0) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Plays the stories of so many patients, as fast as it goes, to their ends. */
    public boolean play(int count, Duration limit) {
        leaving.set(false);
        for (int i = 0; i < count; i++) {
            if (!admit()) {
                return false;
            }
        }
        return end(limit);
    }

    private void arrive() {
        long gap = (long) (1e9 / load.perSecond());
        try {
            while (coming.get()) {
                if (!admit()) {
                    return;
                }
                TimeUnit.NANOSECONDS.sleep(gap);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean admit() {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        int number = patients.incrementAndGet();
        under.incrementAndGet();
        threads.execute(() -> {
            try {
                new Story(this, number, new Random(seed * 1_000_003L + number)).play();
            } catch (RuntimeException e) {
                broken.incrementAndGet();
                first = first == null ? e : first;
            } finally {
                under.decrementAndGet();
                places.release();
            }
        });
        return true;
    }

    // ---- for stories

    Site site() {
        return site;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The client of everybody in it. */
    public Client client() {
        return client;
    }

    /** The hospital of everybody in it. */
    public Hospital hospital() {
        return hospital;
    }

    boolean isLeaving() {
        return leaving.get();
    }

    long seed() {
        return seed;
    }

    /** Gives a command until it is answered, and writes down how; null when it never was. */
    public Client.@Nullable Reply command(Client.Call call) {
        Client.Reply reply = client.persist(call, Duration.ofSeconds(120)).orElse(null);
        commands.incrementAndGet();
        if (reply == null) {
            unanswered.incrementAndGet();
        }
        ledger.command(
                String.valueOf(call.key()),
                String.valueOf(call.who()),
                call.method() + " " + call.path(),
                reply == null ? 0 : reply.status(),
                java.time.Instant.now());
        return reply;
    }

    /**
     * The ward includes a patient.
     *
     * @param choices whom the patient chose: role and party, as the API has them
     * @return the answer, which bears the pathway's id
     */
    public JsonNode include(Stay stay, String template, String commune, List<Map<String, Object>> choices) {
        Client.Reply reply = command(Client.Call.post(
                Site.PATHWAY,
                "ward-farida",
                "/api/v1/inclusions",
                "work-" + seed + "-" + stay.visit() + "-in",
                Map.of(
                        "template", template,
                        "patient", Map.of("ipp", Map.of("value", stay.ipp(), "authority", stay.facility())),
                        "commune", commune,
                        "coordinator", CPTS,
                        "informed", Map.of("at", site.now().toString(), "how", "oral"),
                        "choices", choices)));
        if (reply == null) {
            throw new IllegalStateException("an inclusion was never answered");
        }
        pathways.incrementAndGet();
        return reply.ok();
    }

    // ---- what was done

    /** How many patients' stories are under way. */
    public int under() {
        return under.get();
    }

    /** What was done so far, for people. */
    public Map<String, Long> done() {
        Map<String, Long> done = new LinkedHashMap<>();
        done.put("patients", (long) patients.get());
        done.put("messages", hospital.sent());
        done.put("pathways", pathways.get());
        done.put("commands", commands.get());
        return done;
    }

    /** Commands and stories that never came to an answer, in words; empty when all did. */
    public String trouble() {
        if (unanswered.get() == 0 && broken.get() == 0) {
            return "";
        }
        Throwable cause = first;
        return unanswered.get() + " commands were never answered, " + broken.get() + " stories broke off"
                + (cause == null ? "" : " (" + cause + ")");
    }

    @Override
    public void close() {
        end(Duration.ZERO);
        threads.close();
    }
}
