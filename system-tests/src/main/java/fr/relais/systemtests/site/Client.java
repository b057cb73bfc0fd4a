package fr.relais.systemtests.site;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * HTTP to the services of a site as good client software does it: through whichever instance runs, and again with the same
 * key when the answer was lost or said "come back".
 */
public final class Client {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(35);
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final Site site;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    /** A client of this site. */
    public Client(Site site) {
        this.site = site;
    }

    /**
     * What is asked.
     *
     * @param who the key of the person whose token is shown; null for none
     * @param key the idempotency key; null for requests that change nothing
     * @param body sent as JSON, or as it is when it is a text
     */
    public record Call(
            String service,
            @Nullable String who,
            String method,
            String path,
            @Nullable String key,
            @Nullable Object body,
            String contentType,
            Map<String, String> headers) {

        /** A read. */
        public static Call get(String service, String who, String path) {
            return new Call(service, who, "GET", path, null, null, "application/json", Map.of());
        }

        /** A command that may be repeated. */
        public static Call post(String service, String who, String path, String key, @Nullable Object body) {
            return new Call(service, who, "POST", path, key, body, "application/json", Map.of());
        }

        /** A setting. */
        public static Call put(String service, String who, String path, Object body) {
            return new Call(service, who, "PUT", path, null, body, "application/json", Map.of());
        }

        /** The same with another type of body. */
        public Call as(String type) {
            return new Call(service, who, method, path, key, body, type, headers);
        }
    }

    /** An answer as it came; header names in lower case. */
    public record Reply(int status, JsonNode body, Map<String, String> headers) {

        /** Whether it went well. */
        public boolean isOk() {
            return status / 100 == 2;
        }

        /** The body of an answer that went well. */
        public JsonNode ok() {
            if (!isOk()) {
                throw new IllegalStateException("the service answered " + status + ": " + body);
            }
            return body;
        }
    }

    /** How many answers said that something broke; "come back" (503) is not one of them. */
    public long errors() {
        return errors.get();
    }

    /** How many requests reached somebody and had no answer. */
    public long lost() {
        return lost.get();
    }

    /** Asks once. */
    public Reply once(Call call) throws IOException {
        Instance instance = site.any(call.service(), turn.getAndIncrement());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(instance.url() + call.path()))
                .timeout(PATIENCE)
                .header("Accept-Language", "fr");
        call.headers().forEach(request::header);
        if (call.who() != null) {
            request.header("Authorization", "Bearer " + site.token(call.who()));
        }
        if (call.key() != null) {
            request.header("Idempotency-Key", call.key());
        }
        if (call.body() == null) {
            request.method(call.method(), HttpRequest.BodyPublishers.noBody());
        } else {
            String text = call.body() instanceof String said ? said : JSON.writeValueAsString(call.body());
            request.header("Content-Type", call.contentType())
                    .method(call.method(), HttpRequest.BodyPublishers.ofString(text));
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Map<String, String> headers = new LinkedHashMap<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
            if (response.statusCode() >= 500 && response.statusCode() != 503) {
                errors.incrementAndGet();
            }
            return new Reply(response.statusCode(), json(response, headers), Map.copyOf(headers));
        } catch (ConnectException e) {
            throw e;
        } catch (IOException e) {
            lost.incrementAndGet();
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static JsonNode json(HttpResponse<String> response, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("content-type", "").contains("json")
                || response.body().isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("an answer that is no JSON", e);
        }
    }

    /**
     * Asks until there is an answer that stands: anything but silence, a broken line, a 5xx or a 429.
     *
     * @return empty when there was none in this time; whether it was done is then unknown
     */
    public Optional<Reply> persist(Call call, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Reply reply = once(call);
                if (reply.status() < 500 && reply.status() != 429) {
                    return Optional.of(reply);
                }
            } catch (IOException e) {
                // Nobody there, or the answer was lost: again.
            }
            if (System.nanoTime() - until > 0) {
                return Optional.empty();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Optional.empty();
    }
}
