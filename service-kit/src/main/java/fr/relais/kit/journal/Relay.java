package fr.relais.kit.journal;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.kafka.EventSender;
import fr.relais.kit.time.RelaisClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Sends what the journal holds to Kafka: at once for commits of this instance, and by a sweeper, of which one instance
 * holds the lock, for what a crash left behind.
 *
 * <p>Within a stream nothing is sent before what stands before it: a round sends one commit of each stream and waits for
 * Kafka's answers, and a failed send ends its stream's rounds. Whoever finds an unsent commit sends each later one after
 * it, sent or not, because a consumer that met a later one first has dropped it.
 */
public final class Relay implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final Duration LEFT_ALONE = Duration.ofSeconds(5);
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);
    private static final Duration SWEEP_HELD_AT_MOST = Duration.ofMinutes(2);
    private static final Duration SWEPT_AT_MOST = Duration.ofMinutes(1);
    private static final int STREAMS_A_BATCH = 500;
    private static final int OFFERED_AT_MOST = 5_000;
    private static final int STREAMS_REMEMBERED = 10_000;
    private static final Duration MARKED_WITHIN = Duration.ofMillis(200);
    private static final int MARKS_A_WRITE = 1_000;
    private static final int BACKLOG_COUNTED_UP_TO = 100_000;

    private final MongoCollection<Document> commits;
    private final EventCatalogue catalogue;
    private final String service;
    private final EventSender sender;
    private final LockProvider locks;
    private final RelaisClock clock;
    private final Counter sent;
    private final Counter failed;
    private final BlockingQueue<Commit> offered = new ArrayBlockingQueue<>(OFFERED_AT_MOST);
    private final Map<String, Long> sentUpTo = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > STREAMS_REMEMBERED;
        }
    };
    private final List<String> toMark = new ArrayList<>();
    private long markedAt = System.nanoTime();
    private volatile boolean running;
    private Thread fast = Thread.currentThread();
    private Thread sweeper = Thread.currentThread();

    Relay(
            MongoDatabase database,
            EventCatalogue catalogue,
            String service,
            EventSender sender,
            LockProvider locks,
            RelaisClock clock,
            MeterRegistry metrics) {
        this.commits = database.getCollection(Journal.COLLECTION);
        this.catalogue = catalogue;
        this.service = service;
        this.sender = sender;
        this.locks = locks;
        this.clock = clock;
        this.sent = Counter.builder("relais.relay.sent")
                .description("Events that Kafka acknowledged")
                .register(metrics);
        this.failed = Counter.builder("relais.relay.failed")
                .description("Commits whose sending failed and will be repeated")
                .register(metrics);
        Gauge.builder("relais.journal.backlog", () -> Journal.backlog(commits, BACKLOG_COUNTED_UP_TO))
                .description("Commits not yet acknowledged by Kafka, counted up to " + BACKLOG_COUNTED_UP_TO)
                .register(metrics);
        Gauge.builder("relais.relay.lag", this::lagSeconds)
                .description("Age of the oldest unsent commit")
                .baseUnit("seconds")
                .register(metrics);
    }

    private double lagSeconds() {
        return Journal.oldestUnsent(commits)
                .map(written -> Duration.between(written, clock.real()).toMillis() / 1000.0)
                .orElse(0.0);
    }

    /** Hands over what was just written. A full queue loses nothing: the sweeper finds it in the journal. */
    void offer(Commit commit) {
        offered.offer(commit);
    }

    @Override
    public void start() {
        running = true;
        fast = Thread.ofVirtual().name("relay").start(this::sendWhatIsOffered);
        sweeper = Thread.ofVirtual().name("relay-sweeper").start(this::sweep);
    }

    private void sendWhatIsOffered() {
        List<Commit> drained = new ArrayList<>();
        while (running || !offered.isEmpty()) {
            try {
                Commit first = offered.poll(MARKED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    drained.add(first);
                    offered.drainTo(drained, STREAMS_A_BATCH);
                    sendWritten(drained);
                }
                if (first == null || System.nanoTime() - markedAt > MARKED_WITHIN.toNanos()) {
                    mark();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.warn(
                        "relay: up to {} commits stay unsent for now, the sweeper repeats them: {}",
                        drained.size(),
                        e.toString());
            } finally {
                drained.clear();
            }
        }
        mark();
    }

    /**
     * Sends commits of this instance without reading them back. That is right only for what follows directly on what this
     * instance has sent: of any other stream the journal is asked, because somebody else may have left something before it.
     */
    private void sendWritten(List<Commit> written) {
        Map<String, List<Commit>> next = new LinkedHashMap<>();
        Set<String> others = new LinkedHashSet<>();
        for (Commit commit : sorted(written)) {
            String stream = commit.stream();
            List<Commit> before = next.get(stream);
            long sent = before == null ? sentUpToIn(stream) : before.getLast().last();
            if (!others.contains(stream) && commit.first() == sent + 1) {
                next.computeIfAbsent(stream, any -> new ArrayList<>()).add(commit);
            } else if (commit.first() > sent) {
                others.add(stream);
            }
        }
        others.forEach(next::remove);
        RuntimeException failure = null;
        List<String> acknowledged = new ArrayList<>();
        try {
            sendInRounds(next, acknowledged);
        } catch (RuntimeException e) {
            failure = e;
        }
        synchronized (toMark) {
            toMark.addAll(acknowledged);
        }
        if (toMark.size() >= MARKS_A_WRITE || !others.isEmpty()) {
            mark();
        }
        if (!others.isEmpty()) {
            send(others);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Writers hand over in any order; within a stream the sequence is the order. */
    private static List<Commit> sorted(List<Commit> written) {
        return written.stream().sorted(Comparator.comparingLong(Commit::first)).toList();
    }

    // A mark that is late costs a repeat after a crash, which consumers drop; the sweeper leaves young commits alone.
    private void mark() {
        markedAt = System.nanoTime();
        synchronized (toMark) {
            if (!toMark.isEmpty()) {
                List<String> ids = List.copyOf(toMark);
                toMark.clear();
                Journal.markSent(commits, ids);
            }
        }
    }

    private long sentUpToIn(String stream) {
        synchronized (sentUpTo) {
            return sentUpTo.getOrDefault(stream, 0L);
        }
    }

    private void sentUpTo(Commit commit) {
        synchronized (sentUpTo) {
            sentUpTo.merge(commit.stream(), commit.last(), Math::max);
        }
    }

    private void sweep() {
        while (running) {
            try {
                TimeUnit.MILLISECONDS.sleep(SWEEP_EVERY.toMillis());
                locks.lock(new LockConfiguration(Instant.now(), "relay-sweeper", SWEEP_HELD_AT_MOST, Duration.ZERO))
                        .ifPresent(this::sweepOnce);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.warn("relay sweeper: will look again: {}", e.toString());
            }
        }
    }

    private void sweepOnce(SimpleLock lock) {
        try {
            // After an outage, or when the whole journal is published again, there is more than a batch.
            for (Instant until = Instant.now().plus(SWEPT_AT_MOST);
                    running && Instant.now().isBefore(until); ) {
                Set<String> waiting = Journal.waitingSince(commits, clock.real().minus(LEFT_ALONE), STREAMS_A_BATCH);
                if (waiting.isEmpty()) {
                    return;
                }
                log.info("relay sweeper: {} streams have unsent commits, sending them", waiting.size());
                send(waiting);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends the unsent commits of these streams, and every later one of each after its first unsent one. */
    void send(Collection<String> streams) {
        Map<String, List<Commit>> toSend = new LinkedHashMap<>();
        for (Commit commit : Journal.unsent(commits, streams)) {
            toSend.computeIfAbsent(commit.stream(), stream -> new ArrayList<>()).add(commit);
        }
        if (toSend.isEmpty()) {
            return;
        }
        for (String stream : withLaterOnes(toSend)) {
            toSend.put(stream, fromFirstUnsent(stream, toSend.get(stream)));
        }
        List<String> acknowledged = new ArrayList<>();
        try {
            sendInRounds(toSend, acknowledged);
        } finally {
            if (!acknowledged.isEmpty()) {
                Journal.markSent(commits, acknowledged);
            }
        }
    }

    /** Sends a stream again from a sequence, whatever was sent before. */
    public void sendAgain(String stream, long from) {
        if (markUnsent(stream, from) > 0) {
            log.info("replay of {} from {}: sending again", stream, from);
            send(List.of(stream));
        }
    }

    // What is written from now on goes after what is sent again, and no mark that still waits takes it for sent.
    private long markUnsent(String stream, long from) {
        synchronized (toMark) {
            toMark.removeIf(id -> id.startsWith(stream + ":"));
            synchronized (sentUpTo) {
                sentUpTo.remove(stream);
            }
            return Journal.markUnsent(commits, stream, from);
        }
    }

    // Unsent commits of a stream are normally its last ones, one after the other. A commit between or after them that
    // is
    // marked sent was sent before its elders, and consumers have dropped it.
    private Set<String> withLaterOnes(Map<String, List<Commit>> unsent) {
        Set<String> found = new LinkedHashSet<>();
        List<String> afterLast = new ArrayList<>(unsent.size());
        for (List<Commit> stream : unsent.values()) {
            for (int i = 1; i < stream.size(); i++) {
                if (stream.get(i).first() != stream.get(i - 1).last() + 1) {
                    found.add(stream.get(i).stream());
                }
            }
            Commit last = stream.getLast();
            afterLast.add(RecordedEvent.idOf(last.stream(), last.last() + 1));
        }
        commits.find(new Document("_id", new Document("$in", afterLast)))
                .projection(new Document("stream", 1))
                .forEach(later -> found.add(later.getString("stream")));
        return found;
    }

    private List<Commit> fromFirstUnsent(String stream, @Nullable List<Commit> unsent) {
        if (unsent == null) {
            return List.of();
        }
        List<Commit> all = new ArrayList<>();
        commits.find(new Document("stream", stream)
                        .append("first", new Document("$gte", unsent.getFirst().first())))
                .sort(new Document("stream", 1).append("first", 1))
                .map(Commit::of)
                .into(all);
        return all;
    }

    private record OnItsWay(Commit commit, CompletableFuture<?> answer) {}

    private void sendInRounds(Map<String, List<Commit>> toSend, List<String> acknowledged) {
        RuntimeException failure = null;
        for (int round = 0; !toSend.isEmpty(); round++) {
            List<OnItsWay> onTheirWay = new ArrayList<>();
            for (List<Commit> stream : toSend.values()) {
                onTheirWay.add(new OnItsWay(stream.get(round), hand(stream.get(round))));
            }
            int next = round + 1;
            toSend.values().removeIf(stream -> stream.size() == next);
            for (OnItsWay each : onTheirWay) {
                try {
                    each.answer().join();
                    acknowledged.add(each.commit().id());
                    sentUpTo(each.commit());
                    sent.increment(each.commit().events().size());
                } catch (RuntimeException e) {
                    failed.increment();
                    failure = e;
                    toSend.remove(each.commit().stream());
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private CompletableFuture<?> hand(Commit commit) {
        CompletableFuture<?>[] answers =
                new CompletableFuture<?>[commit.events().size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = sender.send(catalogue, commit.carried(i, service));
        }
        return CompletableFuture.allOf(answers);
    }

    @Override
    public void stop() {
        running = false;
        try {
            // What is under way is finished; what is not sent by then is the next instance's sweeper's.
            fast.join(Duration.ofSeconds(10));
            sweeper.interrupt();
            sweeper.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Starts before, and stops after, whoever runs commands. */
    @Override
    public int getPhase() {
        return 100;
    }
}
