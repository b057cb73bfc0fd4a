package fr.relais.systemtests.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;

/**
 * One pathway of four handoffs from its opening to its end: opened, started, each handoff offered to a structure whose
 * software is told by webhook, accepted and completed by one of its professionals once it was told; the last ends it.
 * Fourteen commands over HTTP, four notices.
 */
final class WorkUnit {

    /** Notices of one pathway. */
    static final int NOTICES = 4;

    /** Commands of one pathway. */
    static final int COMMANDS = 2 + 3 * NOTICES;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long PATIENCE_SECONDS = 60;

    private final Stand stand;
    private final Hooks hooks;
    private final List<Crew> crews;
    private final int firstPatient;
    private final int patients;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();
    private final Histogram answers = new ConcurrentHistogram(60_000_000L, 3);
    private final Map<String, Long> askedAt = new ConcurrentHashMap<>();
    private final Histogram inbox = new ConcurrentHistogram(60_000_000L, 3);
    private final Histogram notices = new ConcurrentHistogram(60_000_000L, 3);

    WorkUnit(Stand stand, Hooks hooks, List<Crew> crews, int firstPatient, int patients) {
        this.firstPatient = firstPatient;
        this.stand = stand;
        this.hooks = hooks;
        this.crews = crews;
        this.patients = patients;
    }

    /** Registers each receiver's webhook. */
    static void register(Stand stand, Hooks hooks, List<Crew> crews) {
        try (Wire wire = new Wire(stand.notificationPort())) {
            for (Crew crew : crews) {
                for (Crew.Receiver receiver : crew.receivers()) {
                    wire.put(
                                    "/api/v1/webhooks/structure:" + receiver.structure(),
                                    receiver.token(),
                                    JSON.writeValueAsString(Map.of("url", hooks.url(receiver.structure()))))
                            .ok("a webhook");
                }
            }
        }
    }

    long done() {
        return done.get();
    }

    /** Microseconds from a command to its answer. */
    Histogram answers() {
        return answers;
    }

    /** Microseconds from the request that offers to the webhook. */
    Histogram notices() {
        return notices;
    }

    /** Microseconds from the request that offers to the live inbox of the first receiver. */
    Histogram inbox() {
        return inbox;
    }

    /** The inbox of a structure shows an offer. */
    void shown(String structure, long at) {
        Long asked = askedAt.remove(structure);
        if (asked != null) {
            inbox.recordValue(Math.clamp((at - asked) / 1000, 0, 60_000_000L));
        }
    }

    void forgetTimes() {
        inbox.reset();
        answers.reset();
        notices.reset();
    }

    /** A pathway whose handoffs are offered, while their notices travel. */
    private record UnderWay(Crew crew, String pathway, CountDownLatch told) {}

    /** Clients that work until they are told to stop; each begins a pathway while the notices of others travel. */
    ExecutorService work(int clients, int depth, AtomicInteger stop) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        for (int c = 0; c < clients; c++) {
            int client = c;
            threads.execute(() -> {
                Deque<UnderWay> underWay = new ArrayDeque<>();
                try (Wire wire = new Wire(stand.pathwayPort(client))) {
                    for (int turn = 0; stop.get() == 0; turn++) {
                        underWay.add(begin(wire, crews.get(client * depth + turn % depth), 0));
                        if (underWay.size() == depth) {
                            finish(wire, underWay.remove());
                        }
                    }
                    while (!underWay.isEmpty()) {
                        finish(wire, underWay.remove());
                    }
                } catch (RuntimeException e) {
                    stop.set(2);
                    System.out.println("a client gave up: " + e.getMessage());
                }
            });
        }
        return threads;
    }

    /** One pathway from its opening to its end; how late it begins counts into the times of its notices. */
    void once(Wire wire, Crew crew, long lateNanos) {
        finish(wire, begin(wire, crew, lateNanos));
    }

    /** The same for a patient who is named by their number. */
    void of(Wire wire, Crew crew, int patient) {
        finish(wire, begin(wire, crew, 0, patient));
    }

    /** A pathway that stays open, with so many of its handoffs accepted. */
    String open(Wire wire, Crew crew, int accepted) {
        UnderWay begun = begin(wire, crew, 0);
        for (int i = 0; i < accepted; i++) {
            post(
                    wire,
                    answer(begun.pathway(), i, "accept"),
                    crew.receivers().get(i).token(),
                    "");
        }
        return begun.pathway();
    }

    private static String answer(String pathway, int step, String word) {
        return "/api/v1/handoffs/handoff-" + pathway.substring("pathway-".length()) + "-" + (step + 1) + "/" + word;
    }

    private UnderWay begin(Wire wire, Crew crew, long lateNanos) {
        return begin(wire, crew, lateNanos, firstPatient + next.getAndIncrement() % patients);
    }

    private UnderWay begin(Wire wire, Crew crew, long lateNanos, int patient) {
        String opened =
                post(wire, "/api/v1/inclusions", crew.ward(), """
                    {"template":"bench","patient":{"ipp":{"value":"%s","authority":"%s"}},"commune":"23096",\
                    "informed":{"at":"2026-01-05T10:00:00Z","how":"oral"}}\
                    """.formatted(Patients.ipp(patient), Patients.HOSPITAL));
        String pathway = JSON.readTree(opened).path("id").asString();
        post(wire, "/api/v1/pathways/" + pathway + "/start", crew.ward(), "{}");
        CountDownLatch told = new CountDownLatch(NOTICES);
        for (int i = 0; i < NOTICES; i++) {
            Crew.Receiver receiver = crew.receivers().get(i);
            long asked = System.nanoTime() - lateNanos;
            askedAt.put(receiver.structure(), asked);
            hooks.nextOffer(receiver.structure(), at -> {
                notices.recordValue(Math.clamp((at - asked) / 1000, 0, 60_000_000L));
                told.countDown();
            });
            post(
                    wire,
                    "/api/v1/pathways/" + pathway + "/steps/"
                            + Crew.STEPS.get(i).getFirst() + "/offer",
                    crew.ward(),
                    "{\"to\":[{\"kind\":\"STRUCTURE\",\"id\":\"" + receiver.structure() + "\"}],\"profession\":\""
                            + receiver.profession() + "\"}");
        }
        return new UnderWay(crew, pathway, told);
    }

    private void finish(Wire wire, UnderWay work) {
        try {
            if (!work.told().await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        work.told().getCount() + " notices of " + work.pathway() + " have not come in a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        for (String word : List.of("accept", "complete")) {
            for (int i = 0; i < NOTICES; i++) {
                post(
                        wire,
                        answer(work.pathway(), i, word),
                        work.crew().receivers().get(i).token(),
                        "");
            }
        }
        done.incrementAndGet();
    }

    private String post(Wire wire, String path, String token, String body) {
        long begun = System.nanoTime();
        Wire.Answer answer =
                wire.post(path, token, UUID.randomUUID().toString(), body).ok(path);
        answers.recordValue(Math.clamp((System.nanoTime() - begun) / 1000, 0, 60_000_000L));
        return answer.body();
    }
}
