package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.LiveStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;

/** Tells open pages that something changed. */
@RestController
class LiveController {

    private static final String COUNTERS = "counters";

    private final LiveStream live;
    private final LiveCounters counters;

    LiveController(LiveStream live, LiveCounters counters) {
        this.live = live;
        this.counters = counters;
    }

    /** The query of a stream that brings the counters, too, narrowed by these. */
    static String counters(Map<String, String> filters) {
        UriComponentsBuilder query = UriComponentsBuilder.newInstance().queryParam(COUNTERS, true);
        filters.keySet().forEach(name -> query.queryParam(name, "{" + name + "}"));
        return String.valueOf(query.encode().buildAndExpand(filters).getQuery());
    }

    @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> live(
            Visitor visitor,
            @RequestParam MultiValueMap<String, String> query,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        if (!query.containsKey(COUNTERS)) {
            return live.of(visitor, lastEventId, () -> {});
        }
        Map<String, String> filters = new LinkedHashMap<>();
        for (String filter : BoardPage.OF_COUNTERS) {
            String value = query.getFirst(filter);
            if (value != null) {
                filters.put(filter, value);
            }
        }
        return Flux.using(
                () -> counters.follow(visitor, filters),
                followed -> {
                    Flux<ServerSentEvent<String>> changes = live.of(visitor, lastEventId, followed::changed)
                            .publish()
                            .refCount(2);
                    Flux<ServerSentEvent<String>> numbers = Flux.merge(
                            followed.counters().map(each -> event(COUNTERS, each)),
                            followed.spread().map(each -> event("spread", Integer.toString(each))));
                    return Flux.merge(changes, numbers.takeUntilOther(changes.ignoreElements()));
                },
                LiveCounters.Followed::close);
    }

    private static ServerSentEvent<String> event(String name, String data) {
        return ServerSentEvent.<String>builder().event(name).data(data).build();
    }
}
