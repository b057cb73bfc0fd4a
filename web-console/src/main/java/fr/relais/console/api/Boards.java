package fr.relais.console.api;

import fr.relais.console.access.Visitor;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.util.UriBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What pathway-service is asked by those who watch over many pathways. */
@Component
public class Boards {

    private static final ParameterizedTypeReference<Dashboard> DASHBOARD = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Page<WorkItem>> WORK = new ParameterizedTypeReference<>() {};

    private static final ParameterizedTypeReference<Reoffers> REOFFERS = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Page<Dashboard.InCommune>> COMMUNES =
            new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Page<Weeks>> WEEKS = new ParameterizedTypeReference<>() {};

    private final ServiceClient service;
    private final WebClient streams;

    Boards(ServicesProperties services) {
        this.service = new ServiceClient("pathway-service", services.pathway(), services.timeout());
        this.streams = WebClient.create(services.pathway().toString());
    }

    /** Counters, narrowed as asked. */
    public Dashboard dashboard(Visitor visitor, Map<String, String> narrowed) {
        return service.get(
                visitor,
                null,
                address -> with(address.path("/api/v1/dashboard"), narrowed).build(values(narrowed)),
                DASHBOARD);
    }

    /** The list behind a counter, the most pressing first. */
    public Page<WorkItem> work(
            Visitor visitor,
            String kind,
            Map<String, String> narrowed,
            @Nullable String after,
            int limit,
            @Nullable AtLeast atLeast) {
        Map<String, String> query = new HashMap<>(narrowed);
        query.put("kind", kind);
        query.put("limit", Integer.toString(limit));
        if (after != null) {
            query.put("after", after);
        }
        return service.get(
                visitor,
                atLeast,
                address -> with(address.path("/api/v1/worklist"), query).build(values(query)),
                WORK);
    }

    /** Somebody was called; nobody answered, and the visitor will call again. */
    public AtLeast called(Visitor visitor, String pathway, String step, Instant callBackAt, String once) {
        return service.command(
                visitor,
                once,
                address ->
                        address.path("/api/v1/pathways/{id}/steps/{step}/calls").build(pathway, step),
                Map.of("outcome", "no-answer", "callBackAt", callBackAt.toString()));
    }

    /** Offers a step that nobody has: the directory is asked anew. */
    public AtLeast offer(Visitor visitor, String pathway, String step, String once) {
        return service.command(
                visitor,
                once,
                address ->
                        address.path("/api/v1/pathways/{id}/steps/{step}/offer").build(pathway, step),
                null);
    }

    /** Offers many steps anew, each by itself; with {@code dryRun} nothing is done, and each says what would be. */
    public Reoffers offer(Visitor visitor, List<Reoffers.Item> items, boolean dryRun, @Nullable String once) {
        return service.post(
                visitor,
                once,
                address -> address.path("/api/v1/handoffs/bulk/offer")
                        .queryParam("dryRun", dryRun)
                        .build(),
                Map.of("items", items),
                REOFFERS);
    }

    /** How things stand in each commune, of one collective where it is said; a page of them. */
    public Page<Dashboard.InCommune> communes(Visitor visitor, @Nullable String collective, @Nullable String after) {
        Map<String, String> query = query("limit", "100", collective, after);
        return service.get(
                visitor,
                null,
                address -> with(address.path("/api/v1/dashboard/by/communes"), query)
                        .build(values(query)),
                COMMUNES);
    }

    /** The last weeks, by {@code structures} or {@code professions}, of one collective where it is said. */
    public Page<Weeks> weeks(Visitor visitor, String by, @Nullable String collective, @Nullable String after) {
        Map<String, String> query = query("weeks", "12", collective, after);
        return service.get(
                visitor,
                null,
                address -> with(address.path("/api/v1/dashboard/weeks/" + by), query)
                        .build(values(query)),
                WEEKS);
    }

    /** The whole list as CSV, as it comes: no part of it is kept here. */
    public Mono<ResponseEntity<Flux<DataBuffer>>> export(Visitor visitor, String kind, Map<String, String> narrowed) {
        Map<String, String> query = new HashMap<>(narrowed);
        query.put("kind", kind);
        return streams.get()
                .uri(address ->
                        with(address.path("/api/v1/worklist.csv"), query).build(values(query)))
                .headers(headers -> {
                    headers.setBearerAuth(visitor.token());
                    headers.set(HttpHeaders.ACCEPT_LANGUAGE, visitor.language().toLanguageTag());
                })
                .retrieve()
                .toEntityFlux(DataBuffer.class)
                .onErrorMap(WebClientRequestException.class, e -> new ServiceAway("pathway-service", e))
                .onErrorMap(
                        WebClientResponseException.class,
                        e -> ServiceClient.refusal(
                                "pathway-service", e.getStatusCode().value(), e.getResponseBodyAsByteArray()));
    }

    private static Map<String, String> query(
            String name, String value, @Nullable String collective, @Nullable String after) {
        Map<String, String> query = new HashMap<>(Map.of(name, value));
        if (collective != null) {
            query.put("collective", collective);
        }
        if (after != null) {
            query.put("after", after);
        }
        return query;
    }

    private static UriBuilder with(UriBuilder address, Map<String, String> query) {
        query.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        return address;
    }

    private static Map<String, Object> values(Map<String, String> query) {
        return new HashMap<>(query);
    }
}
