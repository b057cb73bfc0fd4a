package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.Boards;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * The counters of boards that are open, as they change. Whatever changes, they are asked for and worded once for all open
 * boards that must show the same, at once after a pause and then at most four times a second; a board that cannot take them
 * as fast gets the last.
 *
 * <p>The same is what the same person sees, with the same rights, in the same language, narrowed in the same way. Two people
 * share nothing: what each may count is for the services to say.
 */
@Component
class LiveCounters {

    private static final Logger log = LoggerFactory.getLogger(LiveCounters.class);
    private static final Duration EVERY = Duration.ofMillis(250);

    /** Some times what it takes to draw a list: so far apart boards load theirs, so that most of the time is left for others. */
    private static final int MILLIS_A_LIST = 50;

    private static final Duration COUNTED_EVERY = Duration.ofSeconds(5);

    private final Boards boards;
    private final Texts texts;
    private final JsonMapper json;
    private final Map<Same, Shared> open = new ConcurrentHashMap<>();
    private final AtomicInteger followers = new AtomicInteger();

    LiveCounters(Boards boards, Texts texts, JsonMapper json) {
        this.boards = boards;
        this.texts = texts;
        this.json = json;
    }

    /**
     * Boards that must show the same.
     *
     * @param person who looks
     * @param rights what the services decide on; never told to anybody
     * @param filters what the counters are narrowed by
     */
    private record Same(String person, Map<String, Object> rights, Locale language, Map<String, String> filters) {}

    /** A board's counters. */
    interface Followed extends AutoCloseable {

        /** Each time they were asked for: an object with a text and a tone for each counter, and when that was. */
        Flux<String> counters();

        /** Over how many milliseconds boards are to spread the loading of their lists; at once, and when it is another. */
        Flux<Integer> spread();

        /** Something happened that they may count. */
        void changed();

        @Override
        void close();
    }

    /** Follows the counters of a board that was opened; whoever does closes it. */
    Followed follow(Visitor visitor, Map<String, String> filters) {
        Same same = new Same(visitor.key(), visitor.rights(), visitor.language(), Map.copyOf(filters));
        Shared shared = Objects.requireNonNull(open.compute(same, (key, there) -> {
            Shared one = there == null ? new Shared(key) : there;
            one.followers++;
            return one;
        }));
        followers.incrementAndGet();
        AtomicBoolean closed = new AtomicBoolean();
        return new Followed() {
            @Override
            public Flux<String> counters() {
                return shared.drawn.asFlux().onBackpressureLatest();
            }

            @Override
            public Flux<Integer> spread() {
                return Flux.interval(Duration.ZERO, COUNTED_EVERY)
                        .onBackpressureDrop()
                        .map(tick -> MILLIS_A_LIST * LiveCounters.this.followers.get())
                        .distinctUntilChanged();
            }

            @Override
            public void changed() {
                shared.ask(visitor);
            }

            @Override
            public void close() {
                if (closed.compareAndSet(false, true)) {
                    followers.decrementAndGet();
                    open.computeIfPresent(same, (key, one) -> --one.followers == 0 ? null : one);
                }
            }
        };
    }

    private final class Shared {
        private final Same same;
        private final Sinks.Many<String> drawn = Sinks.many().multicast().directBestEffort();
        private final AtomicReference<@Nullable Visitor> asking = new AtomicReference<>();
        private final AtomicBoolean drawing = new AtomicBoolean();
        private int followers;

        Shared(Same same) {
            this.same = same;
        }

        void ask(Visitor visitor) {
            asking.set(visitor);
            if (drawing.compareAndSet(false, true)) {
                draw();
            }
        }

        // One at a time: whoever asks meanwhile is answered by the next.
        private void draw() {
            Visitor visitor = asking.getAndSet(null);
            if (visitor == null) {
                drawing.set(false);
                if (asking.get() != null && drawing.compareAndSet(false, true)) {
                    draw();
                }
                return;
            }
            Mono.fromCallable(() -> worded(visitor, same.filters()))
                    .subscribeOn(Schedulers.boundedElastic())
                    .doOnNext(drawn::tryEmitNext)
                    .onErrorResume(e -> {
                        // The pages draw themselves anew, too, and say what is the matter.
                        log.debug("counters of open boards were not drawn: {}", e.toString());
                        return Mono.empty();
                    })
                    .then(Mono.delay(EVERY))
                    .subscribe(rested -> draw());
        }
    }

    private String worded(Visitor visitor, Map<String, String> filters) {
        Texts.Reader reader = texts.in(visitor.language());
        var dashboard = boards.dashboard(visitor, filters);
        Map<String, Object> counters = new LinkedHashMap<>();
        for (Board.Counter counter : BoardPage.counters(dashboard, "", filters, reader)) {
            counters.put(counter.kind(), Map.of("text", counter.text(), "tone", counter.tone()));
        }
        Texts.When at = Objects.requireNonNull(reader.when(dashboard.at()));
        return json.writeValueAsString(
                Map.of("counters", counters, "at", Map.of("iso", at.iso(), "exact", at.exact(), "clock", at.clock())));
    }
}
