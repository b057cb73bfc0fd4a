package fr.relais.console.api;

import fr.relais.console.access.Visitor;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Changes as they happen, relayed from pathway-service. A page is told that something changed and of which kind, and loads
 * what it shows: nothing else goes through here.
 */
@Component
public class LiveStream {

    /** A stream ends after so long, and with it what a session that is over could still hear; a page comes back at once. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Of each kind the first change goes on at once, and the last of each quarter of a second: what a page can show. */
    private static final Duration EVERY = Duration.ofMillis(250);

    private static final int KINDS = 32;

    private static final ParameterizedTypeReference<ServerSentEvent<String>> EVENTS =
            new ParameterizedTypeReference<>() {};

    private final WebClient http;
    private final Duration silence;

    LiveStream(ServicesProperties services) {
        this.silence = services.silence();
        this.http = WebClient.create(services.pathway().toString());
    }

    /**
     * What concerns the visitor, from where they left off.
     *
     * @param changed run for each change, before those of a quarter of a second go on together
     */
    public Flux<ServerSentEvent<String>> of(Visitor visitor, @Nullable String lastEventId, Runnable changed) {
        return http.get()
                .uri("/api/v1/live")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .headers(headers -> {
                    headers.setBearerAuth(visitor.token());
                    if (lastEventId != null) {
                        headers.set("Last-Event-ID", lastEventId);
                    }
                })
                .retrieve()
                .bodyToFlux(EVENTS)
                // A line that leads nowhere looks like a quiet morning: the page is to try another.
                .timeout(silence, Flux.empty())
                .doOnNext(event -> {
                    if (event.event() != null && !event.event().equals("ready")) {
                        changed.run();
                    }
                })
                .map(LiveStream::relayed)
                .groupBy(event -> event.event() == null ? "" : event.event())
                .flatMap(LiveStream::together, KINDS)
                .take(LONGEST)
                .concatWith(Mono.just(ServerSentEvent.<String>builder()
                        .event("again")
                        .data("")
                        .build()))
                // The page says that it is cut off, and tries again by itself.
                .onErrorComplete();
    }

    private static Flux<ServerSentEvent<String>> together(Flux<ServerSentEvent<String>> ofAKind) {
        return ofAKind.publish(all -> Flux.merge(
                        all.sampleFirst(EVERY).onBackpressureLatest(),
                        all.sample(EVERY).onBackpressureLatest()))
                .distinctUntilChanged(System::identityHashCode);
    }

    private static ServerSentEvent<String> relayed(ServerSentEvent<String> event) {
        if (event.event() == null) {
            return ServerSentEvent.<String>builder().comment("").build();
        }
        ServerSentEvent.Builder<String> relayed =
                ServerSentEvent.<String>builder().event(event.event()).data("");
        String id = event.id();
        return (id == null ? relayed : relayed.id(id)).build();
    }
}
