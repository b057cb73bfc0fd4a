package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.live.LiveFeed;
import fr.relais.kit.live.LiveMessage;
import fr.relais.pathway.view.Colleagues;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What changes, as it changes, for whom it concerns. */
@RestController
class LiveController {

    private final LiveFeed feed;
    private final Colleagues colleagues;

    LiveController(LiveFeed feed, Colleagues colleagues) {
        this.feed = feed;
        this.colleagues = colleagues;
    }

    @GetMapping(path = "/api/v1/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<LiveMessage>> live(
            Caller caller, @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        // For whom a secretary keeps the diary is read, and that never on the event loop.
        return Mono.fromCallable(() -> Whose.audience(caller, colleagues))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMapMany(audience -> feed.subscribe(audience, lastEventId));
    }
}
