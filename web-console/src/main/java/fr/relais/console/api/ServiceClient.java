package fr.relais.console.api;

import fr.relais.console.access.LoginNeeded;
import fr.relais.console.access.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.UriBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks one service, in the visitor's name and language, on the virtual thread that makes the page. */
final class ServiceClient {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final String service;
    private final RestClient http;

    ServiceClient(String service, URI base, Duration timeout) {
        this.service = service;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build());
        requests.setReadTimeout(timeout);
        this.http = RestClient.builder()
                .baseUrl(base.toString())
                .requestFactory(requests)
                .build();
    }

    <T> T get(
            Visitor visitor,
            @Nullable AtLeast atLeast,
            Function<UriBuilder, URI> address,
            ParameterizedTypeReference<T> type) {
        return answered(() -> {
            RestClient.RequestHeadersSpec<?> request = http.get().uri(address);
            request.headers(headers -> common(headers, visitor, atLeast));
            return request.exchange((sent, answer) -> body(answer, type));
        });
    }

    <T> T post(
            Visitor visitor,
            @Nullable String once,
            Function<UriBuilder, URI> address,
            @Nullable Object body,
            ParameterizedTypeReference<T> type) {
        return answered(() ->
                request(HttpMethod.POST, visitor, once, address, body).exchange((sent, answer) -> body(answer, type)));
    }

    /** Hands on a command; says what the service's views must have seen for a reader to find it done. */
    AtLeast command(Visitor visitor, String once, Function<UriBuilder, URI> address, @Nullable Object body) {
        return command(HttpMethod.POST, visitor, once, address, body);
    }

    /** The same by another method. */
    AtLeast command(
            HttpMethod method, Visitor visitor, String once, Function<UriBuilder, URI> address, @Nullable Object body) {
        return answered(() -> request(method, visitor, once, address, body).exchange((sent, answer) -> {
            refuse(answer);
            // Some commands answer nothing.
            JsonNode done = JSON.readTree(answer.getBody().readAllBytes());
            String etag = answer.getHeaders().getETag();
            return new AtLeast(
                    done.path("pathway").asString(done.path("id").asString("")),
                    etag == null ? "0" : etag.replaceAll("\\D", ""));
        }));
    }

    private RestClient.RequestHeadersSpec<?> request(
            HttpMethod method,
            Visitor visitor,
            @Nullable String once,
            Function<UriBuilder, URI> address,
            @Nullable Object body) {
        RestClient.RequestBodySpec request = http.method(method).uri(address);
        request.headers(headers -> {
            common(headers, visitor, null);
            if (once != null && !once.isBlank()) {
                headers.set("Idempotency-Key", once);
            }
        });
        return method.equals(HttpMethod.DELETE)
                ? request
                : request.contentType(MediaType.APPLICATION_JSON).body(body == null ? Map.of() : body);
    }

    private static void common(HttpHeaders headers, Visitor visitor, @Nullable AtLeast atLeast) {
        headers.setBearerAuth(visitor.token());
        headers.set(HttpHeaders.ACCEPT_LANGUAGE, visitor.language().toLanguageTag());
        if (atLeast != null) {
            headers.set("Relais-At-Least", atLeast.toString());
        }
    }

    private <T> T answered(java.util.function.Supplier<T> call) {
        try {
            return call.get();
        } catch (ResourceAccessException e) {
            throw new ServiceAway(service, e);
        }
    }

    private <T> T body(ClientHttpResponse answer, ParameterizedTypeReference<T> type) throws IOException {
        refuse(answer);
        try {
            return JSON.readValue(answer.getBody(), JSON.constructType(type.getType()));
        } catch (JacksonException e) {
            throw new ServiceAway(service, e);
        }
    }

    private void refuse(ClientHttpResponse answer) throws IOException {
        int status = answer.getStatusCode().value();
        if (status < 300) {
            return;
        }
        throw refusal(service, status, answer.getBody().readAllBytes());
    }

    /** What a visitor is told when a service answers so. */
    static RuntimeException refusal(String service, int status, byte[] body) {
        if (status == 401) {
            return new LoginNeeded();
        }
        return status >= 500 ? new ServiceAway(service, status) : problem(status, body);
    }

    private static Refusal problem(int status, byte[] body) {
        try {
            JsonNode problem = JSON.readTree(body);
            String type = problem.path("type").asString("");
            return new Refusal(
                    status,
                    type.substring(type.lastIndexOf('/') + 1),
                    problem.path("title").asString(String.valueOf(status)),
                    problem.hasNonNull("detail") ? problem.path("detail").asString() : null);
        } catch (JacksonException e) {
            return new Refusal(status, "unknown", String.valueOf(status), null);
        }
    }
}
