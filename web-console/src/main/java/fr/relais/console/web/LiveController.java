package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.LiveStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Tells open pages that something changed. */
@RestController
class LiveController {

    private final LiveStream live;

    LiveController(LiveStream live) {
        this.live = live;
    }

    @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> live(
            Visitor visitor, @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        return live.of(visitor, lastEventId);
    }
}
