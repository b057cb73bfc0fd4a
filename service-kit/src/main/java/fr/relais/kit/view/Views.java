package fr.relais.kit.view;

import com.mongodb.client.MongoDatabase;
import fr.relais.events.EventCatalogue;
import fr.relais.kit.kafka.Incoming;
import fr.relais.kit.kafka.KafkaSettings;
import fr.relais.kit.kafka.Listeners;
import fr.relais.kit.live.Change;
import fr.relais.kit.stream.DeadLetters;
import fr.relais.kit.stream.DeadLetters.DeadLetter;
import fr.relais.kit.stream.Replays;
import fr.relais.kit.time.RelaisClock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.data.mongodb.core.convert.MongoConverter;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** The read models of a service: follows their topics, asks again for what is missing, and hands out readers. */
public final class Views implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Views.class);
    private static final Duration REBUILT_WITHIN = Duration.ofHours(6);
    private static final Duration TEND_EVERY = Duration.ofSeconds(2);

    /** An older build that has the stream still leaves again what it does not know, until it is gone. */
    private static final Duration FOLDED_AGAIN_EVERY = Duration.ofSeconds(10);

    private final Map<Projector<?>, Projection<?>> projections = new LinkedHashMap<>();
    private final Map<Projector<?>, AtomicLong> lagMillis = new ConcurrentHashMap<>();
    private final Map<String, Rebuilding> rebuilding = new ConcurrentHashMap<>();
    private final List<ConcurrentMessageListenerContainer<String, byte[]>> containers = new ArrayList<>();
    private final MongoDatabase database;
    private final Together together;
    private final MongoConverter converter;
    private final EventCatalogue catalogue;
    private final RelaisClock clock;
    private final LockProvider locks;
    private final KafkaSettings properties;
    private final Listeners listeners;
    private final TopicIds topicIds;
    private final CaughtUp caughtUp;
    private final Map<String, Set<String>> topicsByGroup;
    private final Supplier<Admin> admin;
    private @Nullable CaughtUp beforeFoldingAgain;
    private Instant foldedAgainAt = Instant.EPOCH;
    private volatile boolean running;
    private Thread tender = Thread.currentThread();

    Views(
            Collection<Projector<?>> projectors,
            MongoDatabase database,
            Together together,
            MongoConverter converter,
            EventCatalogue catalogue,
            RelaisClock clock,
            LockProvider locks,
            KafkaSettings properties,
            Listeners listeners,
            DeadLetters deadLetters,
            Replays replays,
            Consumer<List<Change>> live,
            Supplier<Admin> admin,
            MeterRegistry metrics) {
        this.database = database;
        this.together = together;
        this.converter = converter;
        this.catalogue = catalogue;
        this.clock = clock;
        this.locks = locks;
        this.properties = properties;
        this.listeners = listeners;
        this.topicIds = new TopicIds(admin);
        this.admin = admin;
        Map<String, Set<String>> groups = new LinkedHashMap<>();
        for (Projector<?> projector : projectors) {
            Projection<?> projection = projection(projector, "", deadLetters, replays, live);
            projections.put(projector, projection);
            deadLetters.triedAgainBy(projector.name(), new DeadLetters.Again() {
                @Override
                public void with(ConsumerRecord<String, byte[]> record) {
                    projection.tryAgain(record);
                }

                @Override
                public boolean trial(ConsumerRecord<String, byte[]> record) {
                    projection.trial(record);
                    return true;
                }

                @Override
                public void without(DeadLetter letter) {
                    if (letter.stream() != null) {
                        projection.giveUp(letter.stream(), letter.reference());
                    }
                }
            });
            containers.add(listen(projection, metrics));
            groups.put(listeners.group(Projection.collection(projector)), projection.topics());
        }
        this.topicsByGroup = Map.copyOf(groups);
        this.caughtUp = new CaughtUp(admin, topicsByGroup);
        this.beforeFoldingAgain = caughtUp;
    }

    private <S> Projection<S> projection(
            Projector<S> projector,
            String suffix,
            @Nullable DeadLetters deadLetters,
            @Nullable Replays replays,
            Consumer<List<Change>> live) {
        return new Projection<>(
                projector,
                suffix,
                database,
                together,
                converter,
                catalogue,
                clock,
                deadLetters,
                replays,
                live,
                topicIds::of);
    }

    private ConcurrentMessageListenerContainer<String, byte[]> listen(Projection<?> projection, MeterRegistry metrics) {
        String name = Projection.collection(projection.projector());
        AtomicLong lag = new AtomicLong();
        lagMillis.put(projection.projector(), lag);
        Gauge.builder("relais.view.lag", lag, millis -> millis.get() / 1000.0)
                .description("Age of the last event when the view had it")
                .baseUnit("seconds")
                .tag("view", name)
                .register(metrics);
        Timer timer = Timer.builder("relais.view.batch")
                .description("Batches folded into a view")
                .tag("view", name)
                .register(metrics);
        return listeners.batches(
                name,
                projection.topics(),
                projection.projector().gathers(),
                batch -> timer.record(() -> {
                    projection.apply(read(projection.projector(), batch));
                    ConsumerRecord<String, byte[]> last = batch.getLast();
                    lag.set(Math.max(0, clock.real().toEpochMilli() - last.timestamp()));
                }));
    }

    // What is of a stream that the view does not want is not decoded.
    private List<Incoming> read(Projector<?> projector, List<ConsumerRecord<String, byte[]>> batch) {
        List<Incoming> incoming = new ArrayList<>(batch.size());
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (Incoming.streamOf(record).map(projector::wants).orElse(true)) {
                incoming.add(Incoming.read(catalogue, record));
            }
        }
        return incoming;
    }

    /** Has somebody in this instance told of what a view folds. */
    @SuppressWarnings("unchecked")
    public <S> void tellOfFolds(Projector<S> projector, Folded<S> listener) {
        // Projections are kept by the projector that they run.
        ((Projection<S>) Objects.requireNonNull(projections.get(projector), projector.name())).tellOfFolds(listener);
    }

    /** Reads the documents of a view. */
    public <S> ViewReader<S> reader(Projector<S> projector) {
        return new ViewReader<>(database, Projection.collection(projector), converter, projector.document());
    }

    /** Reads rows derived from a view. */
    public <R> ViewReader<R> reader(Rows<?, R> rows) {
        return new ViewReader<>(database, Projection.collection(rows), converter, rows.document());
    }

    /** Reads tallies of a view. */
    public TallyReader reader(Tallies<?> tallies) {
        return new TallyReader(database, TallyStore.collection(tallies));
    }

    /** Leases on rows that are due. */
    public <R> Claims<R> claims(Rows<?, R> rows) {
        projections.values().forEach(projection -> projection.areLeased(rows));
        return new Claims<>(database, rows, converter);
    }

    /** Whether every view has seen all that its topics held when this instance started. */
    public boolean caughtUp() {
        return caughtUp.reached();
    }

    /** How far behind a view's last batch was, in milliseconds. */
    public long lagMillis(Projector<?> projector) {
        AtomicLong lag = lagMillis.get(projector);
        return lag == null ? 0 : lag.get();
    }

    /** How many documents of a view wait for events they know of, counted up to a limit. */
    public long stale(Projector<?> projector, int upTo) {
        Projection<?> projection = projections.get(projector);
        return projection == null ? 0 : projection.stale(upTo);
    }

    /** How many documents of a view were told to go on without an event, counted up to a limit. */
    public long missing(Projector<?> projector, int upTo) {
        Projection<?> projection = projections.get(projector);
        return projection == null ? 0 : projection.missing(upTo);
    }

    /** How many documents of a view hold events of types this build does not know, counted up to a limit. */
    public long unknown(Projector<?> projector, int upTo) {
        Projection<?> projection = projections.get(projector);
        return projection == null ? 0 : projection.unknown(upTo);
    }

    /** The views' projectors. */
    public Set<Projector<?>> projectors() {
        return Set.copyOf(projections.keySet());
    }

    /**
     * Folds a view again from the beginning of its topics into collections beside the live ones, and says how the two
     * differ. For proofs and repairs; it reads what Kafka holds now and leaves the live view alone.
     */
    public Rebuild rebuild(Projector<?> projector) {
        return rebuild(projector, rebuildLock(projector));
    }

    /**
     * Begins the same and returns at once; {@link #rebuilding} says how far it is.
     *
     * @throws RebuildUnderWay where one goes on
     */
    public void beginRebuild(Projector<?> projector) {
        SimpleLock lock = rebuildLock(projector);
        rebuilding.put(projector.name(), new Rebuilding(clock.real(), 0, null, null, null));
        Thread.ofVirtual().name("rebuild-" + projector.name()).start(() -> {
            try {
                rebuild(projector, lock);
            } catch (RuntimeException e) {
                // Said in its state.
                log.warn("view {}: folding it again stopped: {}", projector.name(), e.toString());
            }
        });
    }

    /** The last time that a view was folded again on this instance; empty where it never was. */
    public Optional<Rebuilding> rebuilding(Projector<?> projector) {
        return Optional.ofNullable(rebuilding.get(projector.name()));
    }

    /**
     * A view that is or was folded again.
     *
     * @param records records that were folded so far
     * @param ended null while it goes on
     * @param differences how many it found, at most a hundred; null while it goes on, or where it stopped
     * @param failure why it stopped before its end; begin again then
     */
    public record Rebuilding(
            Instant began,
            long records,
            @Nullable Instant ended,
            @Nullable Integer differences,
            @Nullable String failure) {}

    private SimpleLock rebuildLock(Projector<?> projector) {
        return locks.lock(new LockConfiguration(
                        Instant.now(), "rebuild-" + Projection.collection(projector), REBUILT_WITHIN, Duration.ZERO))
                .orElseThrow(() -> new RebuildUnderWay(projector.name()));
    }

    private Rebuild rebuild(Projector<?> projector, SimpleLock lock) {
        Rebuilding began = new Rebuilding(clock.real(), 0, null, null, null);
        rebuilding.put(projector.name(), began);
        AtomicLong records = new AtomicLong();
        try {
            Rebuild done = rebuildAlone(
                    projector,
                    read -> rebuilding.put(
                            projector.name(),
                            new Rebuilding(began.began(), records.addAndGet(read), null, null, null)));
            rebuilding.put(
                    projector.name(),
                    new Rebuilding(
                            began.began(),
                            records.get(),
                            clock.real(),
                            done.differences().size(),
                            null));
            return done;
        } catch (RuntimeException e) {
            rebuilding.put(
                    projector.name(),
                    new Rebuilding(began.began(), records.get(), clock.real(), null, String.valueOf(e.getMessage())));
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /** The same view is being folded again already, here or in another instance. */
    public static final class RebuildUnderWay extends RuntimeException {
        RebuildUnderWay(String view) {
            super("view " + view + " is being folded again already: wait for its end");
        }
    }

    private <S> Rebuild rebuildAlone(Projector<S> projector, IntConsumer progress) {
        Projection<S> beside = projection(projector, Rebuild.SUFFIX, null, null, changes -> {});
        beside.collections().forEach(collection -> collection.deleteMany(new Document()));
        beside.tallies().forEach(collection -> collection.deleteMany(new Document()));
        Projection<?> live = projections.get(projector);
        if (live != null) {
            beside.giveUpLike(live);
        }
        try (TopicsFromTheirBeginning topics = new TopicsFromTheirBeginning(listeners.reader(), beside.topics())) {
            for (List<ConsumerRecord<String, byte[]>> batch = topics.next(); !batch.isEmpty(); batch = topics.next()) {
                beside.apply(read(projector, batch));
                progress.accept(batch.size());
            }
        }
        return live == null ? new Rebuild(0, List.of()) : Rebuild.compare(live, beside);
    }

    @Override
    public void start() {
        running = true;
        caughtUp.begin();
        containers.forEach(ConcurrentMessageListenerContainer::start);
        tender = Thread.ofVirtual().name("views-tender").start(this::tend);
    }

    private void tend() {
        while (running) {
            try {
                TimeUnit.MILLISECONDS.sleep(TEND_EVERY.toMillis());
                caughtUp.look();
                if (mayFoldAgain()) {
                    locks.lock(new LockConfiguration(
                                    Instant.now(), "views-fold-again", Duration.ofMinutes(1), Duration.ZERO))
                            .ifPresent(this::foldAgain);
                }
                locks.lock(new LockConfiguration(Instant.now(), "views-tender", Duration.ofMinutes(1), Duration.ZERO))
                        .ifPresent(this::askAgain);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.warn("views: will look again for what is missing: {}", e.toString());
            }
        }
    }

    /**
     * Whether streams are to be begun again that hold events which only this build knows. An older build that still runs
     * beside this one leaves such events at any time, so that a look at the start is not enough.
     *
     * <p>Not before all that was there has been folded, also what a crash left half written: a tally that has counted a
     * record counts on that record coming again to the same document.
     */
    private boolean mayFoldAgain() {
        CaughtUp before = beforeFoldingAgain;
        if (before != null) {
            before.look();
            return before.reached();
        }
        if (Duration.between(foldedAgainAt, clock.real()).compareTo(FOLDED_AGAIN_EVERY) > 0
                && projections.values().stream().anyMatch(Projection::holdsWhatIsKnownNow)) {
            beforeFoldingAgain = new CaughtUp(admin, topicsByGroup);
        }
        return false;
    }

    private void foldAgain(SimpleLock lock) {
        try {
            projections.values().forEach(projection -> {
                int again = projection.foldAgainWhatIsKnownNow();
                if (again > 0) {
                    log.info(
                            "view {}: {} streams hold events that only this build knows, folding them again",
                            projection.projector().name(),
                            again);
                }
            });
            beforeFoldingAgain = null;
            foldedAgainAt = clock.real();
        } finally {
            lock.unlock();
        }
    }

    private void askAgain(SimpleLock lock) {
        try {
            Instant askedBefore = clock.real().minus(properties.replayAskedEvery());
            projections.values().forEach(projection -> {
                int asked = projection.askAgain(askedBefore);
                if (asked > 0) {
                    log.info(
                            "view {}: asked again for {} streams",
                            projection.projector().name(),
                            asked);
                }
            });
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        running = false;
        tender.interrupt();
        Listeners.stop(containers);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 250;
    }
}
