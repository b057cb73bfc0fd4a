package fr.relais.kit.live;

import fr.relais.kit.problem.Problems;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * What changed, as server-sent events to open pages. The SSE id is the change's place in the service's topic, the same on
 * every instance, so that a page resumes anywhere with {@code Last-Event-ID}.
 *
 * <p>A page opens the stream, waits for {@code ready}, loads what it shows, and loads again what a change names. On {@code
 * reset} it loads everything: what it missed cannot be told any more. A page that does not keep up has its stream ended,
 * and resumes when it comes back.
 */
public final class LiveFeed {

    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int TAKEN_AHEAD = 16;
    private static final long NOTHING_SEEN = -1;

    private final LiveProperties properties;

    // One lock for all: under it are only moves in memory. Encoding and writing happen on other threads.
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Told> remembered = new ArrayDeque<>();
    private final Set<Subscriber> subscribers = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, Set<Subscriber>> byKey = new HashMap<>();
    private final Set<Subscriber> waiting = Collections.newSetFromMap(new IdentityHashMap<>());

    /** From here on all changes are remembered. */
    private long from;

    /** The place that the next change will have at least. */
    private long next;

    private boolean caughtUp;
    private boolean closed;
    private long dropped;

    LiveFeed(LiveProperties properties) {
        this.properties = properties;
    }

    /**
     * The changes that one of these keys may know, until the page goes away.
     *
     * @param audience keys of the one who listens, as {@code Caller.audience()} gives them
     * @param lastEventId header {@code Last-Event-ID}: the last id the page has seen, null when it begins
     */
    public Flux<ServerSentEvent<LiveMessage>> subscribe(Set<String> audience, @Nullable String lastEventId) {
        Set<String> keys = Set.copyOf(audience);
        return Flux.defer(() -> {
            Subscriber subscriber = new Subscriber(keys, lastEventId, properties.buffer());
            join(subscriber);
            return subscriber
                    .sink
                    .asFlux()
                    .doFinally(signal -> leave(subscriber))
                    // Whoever tells a change must not do the writing, and one page must not hold up another.
                    .publishOn(Schedulers.parallel(), TAKEN_AHEAD);
        });
    }

    private void join(Subscriber subscriber) {
        lock.lock();
        try {
            if (closed) {
                throw Problems.unavailable(
                        "live-stopping", "This instance is stopping; connect again to reach another", RETRY);
            }
            if (subscribers.size() >= properties.subscribers()) {
                throw Problems.unavailable(
                        "live-full", "Too many open pages are followed here; try again shortly", RETRY);
            }
            subscribers.add(subscriber);
            for (String key : subscriber.keys) {
                byKey.computeIfAbsent(key, any -> new HashSet<>()).add(subscriber);
            }
            if (!begin(subscriber)) {
                waiting.add(subscriber);
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(Subscriber subscriber) {
        lock.lock();
        try {
            if (!subscribers.remove(subscriber)) {
                return;
            }
            waiting.remove(subscriber);
            for (String key : subscriber.keys) {
                byKey.computeIfPresent(key, (any, those) -> {
                    those.remove(subscriber);
                    return those.isEmpty() ? null : those;
                });
            }
        } finally {
            lock.unlock();
        }
    }

    /** Starts telling; false when this instance has not read far enough to know how. */
    private boolean begin(Subscriber subscriber) {
        if (!caughtUp) {
            return false;
        }
        Long seen = subscriber.seen;
        if (seen == null) {
            tell(subscriber, LiveMessage.READY);
            return true;
        }
        if (seen >= next) {
            return false;
        }
        List<Told> since = seen < from - 1 || seen < NOTHING_SEEN ? null : since(seen, subscriber);
        if (since == null) {
            tell(subscriber, LiveMessage.RESET);
            return true;
        }
        for (Told told : since) {
            tell(subscriber, told);
        }
        tell(subscriber, LiveMessage.READY);
        return true;
    }

    /** What it missed; null when that cannot be told, or would not fit. */
    private @Nullable List<Told> since(long seen, Subscriber subscriber) {
        List<Told> missed = new ArrayList<>();
        var newestFirst = remembered.descendingIterator();
        while (newestFirst.hasNext()) {
            Told told = newestFirst.next();
            if (told.offset() <= seen) {
                break;
            }
            if (told.isMissed()) {
                return null;
            }
            if (!Collections.disjoint(told.change().audience(), subscriber.keys)) {
                missed.add(told);
            }
            if (missed.size() > properties.buffer() / 2) {
                return null;
            }
        }
        return missed.reversed();
    }

    // What the follower of the topic tells.

    /** The topic is read from here. Whatever was remembered is of no use when something between is lost. */
    void startsAt(long offset) {
        lock.lock();
        try {
            boolean first = next == 0 && remembered.isEmpty() && !caughtUp;
            remembered.clear();
            from = offset;
            next = offset;
            caughtUp = false;
            if (!first) {
                for (Subscriber subscriber : List.copyOf(subscribers)) {
                    if (!waiting.contains(subscriber)) {
                        tell(subscriber, LiveMessage.RESET);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** The place from which the follower goes on after it lost the line. */
    long next() {
        lock.lock();
        try {
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** A change was read. */
    void told(Told told) {
        lock.lock();
        try {
            if (told.offset() < next) {
                return;
            }
            remembered.addLast(told);
            next = told.offset() + 1;
            if (remembered.size() > properties.remembered()) {
                from = remembered.removeFirst().offset() + 1;
            }
            for (Subscriber subscriber : concerned(told)) {
                if (told.isMissed()) {
                    tell(subscriber, LiveMessage.RESET);
                } else {
                    tell(subscriber, told);
                }
            }
            beginWaiting();
        } finally {
            lock.unlock();
        }
    }

    private Set<Subscriber> concerned(Told told) {
        Set<Subscriber> concerned = Collections.newSetFromMap(new IdentityHashMap<>());
        if (told.isMissed()) {
            concerned.addAll(subscribers);
        } else {
            for (String key : told.change().audience()) {
                concerned.addAll(byKey.getOrDefault(key, Set.of()));
            }
        }
        concerned.removeAll(waiting);
        return concerned;
    }

    /** Whatever stood in the topic when it was opened has been read. */
    void caughtUp() {
        lock.lock();
        try {
            caughtUp = true;
            beginWaiting();
        } finally {
            lock.unlock();
        }
    }

    private void beginWaiting() {
        if (!waiting.isEmpty() && caughtUp) {
            for (Subscriber subscriber : List.copyOf(waiting)) {
                if (begin(subscriber)) {
                    waiting.remove(subscriber);
                }
            }
        }
    }

    /** Keeps lines open, and ends the waiting of pages that know a place which never comes. */
    void tick() {
        lock.lock();
        try {
            long now = System.nanoTime();
            for (Subscriber subscriber : List.copyOf(subscribers)) {
                boolean waits = waiting.contains(subscriber);
                if (waits
                        && caughtUp
                        && now - subscriber.since > properties.patience().toNanos()) {
                    waiting.remove(subscriber);
                    tell(subscriber, LiveMessage.RESET);
                } else if (now - subscriber.toldAt >= properties.heartbeat().toNanos()) {
                    // The id moves a quiet page on, so that it can resume after a long silence.
                    ServerSentEvent.Builder<LiveMessage> beat =
                            ServerSentEvent.<LiveMessage>builder().comment("");
                    offer(
                            subscriber,
                            waits
                                    ? beat.build()
                                    : beat.id(Long.toString(next - 1)).build());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends every stream: the instance stops. */
    void close() {
        lock.lock();
        try {
            closed = true;
            for (Subscriber subscriber : List.copyOf(subscribers)) {
                subscriber.sink.tryEmitComplete();
                leave(subscriber);
            }
        } finally {
            lock.unlock();
        }
    }

    void open() {
        lock.lock();
        try {
            closed = false;
        } finally {
            lock.unlock();
        }
    }

    int subscribers() {
        lock.lock();
        try {
            return subscribers.size();
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    private void tell(Subscriber subscriber, Told told) {
        tell(subscriber, told.offset(), told.message());
    }

    private void tell(Subscriber subscriber, LiveMessage message) {
        tell(subscriber, next - 1, message);
    }

    private void tell(Subscriber subscriber, long id, LiveMessage message) {
        offer(
                subscriber,
                ServerSentEvent.<LiveMessage>builder()
                        .id(Long.toString(id))
                        .event(message.kind())
                        .data(message)
                        .build());
    }

    private void offer(Subscriber subscriber, ServerSentEvent<LiveMessage> event) {
        if (subscriber.sink.tryEmitNext(event) == Sinks.EmitResult.FAIL_OVERFLOW) {
            dropped++;
            log.debug("a page that does not keep up has its stream ended");
            subscriber.sink.tryEmitComplete();
            leave(subscriber);
        } else {
            subscriber.toldAt = System.nanoTime();
        }
    }

    private static final class Subscriber {
        private final Set<String> keys;
        /** Last id that the page has seen; null when it begins. */
        private final @Nullable Long seen;

        private final Sinks.Many<ServerSentEvent<LiveMessage>> sink;
        private final long since = System.nanoTime();
        private long toldAt = since;

        private Subscriber(Set<String> keys, @Nullable String lastEventId, int buffer) {
            this.keys = keys;
            this.seen = seen(lastEventId);
            // All emissions are made under the feed's lock.
            this.sink = Sinks.unsafe().many().unicast().onBackpressureBuffer(new ArrayBlockingQueue<>(buffer));
        }

        private static @Nullable Long seen(@Nullable String lastEventId) {
            if (lastEventId == null || lastEventId.isBlank()) {
                return null;
            }
            try {
                return Long.parseLong(lastEventId.strip());
            } catch (NumberFormatException e) {
                // An id that this feed never gave: begins with a reset.
                return Long.MIN_VALUE;
            }
        }
    }
}
