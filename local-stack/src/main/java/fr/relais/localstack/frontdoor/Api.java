package fr.relais.localstack.frontdoor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** One person's (or machine's) HTTP client of one service. */
public final class Api {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 4;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String base;
    private final @Nullable String token;
    private final Map<String, String> headers;
    private final Duration patience;

    private Api(String base, @Nullable String token, Map<String, String> headers, Duration patience) {
        this.base = base;
        this.token = token;
        this.headers = Map.copyOf(headers);
        this.patience = patience;
    }

    /** A client that shows this token; null for one that shows none. */
    public static Api of(String base, @Nullable String token) {
        return new Api(base, token, Map.of("Accept-Language", "fr"), PATIENCE);
    }

    /** The same with a header in each request. */
    public Api with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Api(base, token, more, patience);
    }

    /** The same with more patience, for what takes minutes. */
    public Api waiting(Duration longer) {
        return new Api(base, token, headers, longer);
    }

    /** An answer as it came. */
    public record Answer(int status, JsonNode body, Map<String, String> headers) {

        /** The body of an answer that went well. */
        public JsonNode ok() {
            if (status / 100 != 2) {
                throw new IllegalStateException("the service answered " + status + ": " + body);
            }
            return body;
        }

        /** A header, by its name in lower case. */
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /** GET. */
    public Answer get(String path) {
        return send(request(path).GET());
    }

    /** POST without a body. */
    public Answer post(String path) {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** POST of JSON. */
    public Answer post(String path, Object body) {
        return post(path, "application/json", JSON.writeValueAsString(body));
    }

    /** POST of text in any format. */
    public Answer post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** PUT of JSON. */
    public Answer put(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    /** Any method, with a body of any type; a null body sends none. */
    public Answer send(String method, String path, String contentType, @Nullable Object body) {
        HttpRequest.Builder request = request(path);
        if (body == null) {
            return send(request.method(method, HttpRequest.BodyPublishers.noBody()));
        }
        String text = body instanceof String said ? said : JSON.writeValueAsString(body);
        return send(
                request.header("Content-Type", contentType).method(method, HttpRequest.BodyPublishers.ofString(text)));
    }

    /** How a stream is answered, without following it. */
    public int statusOf(String path) {
        try {
            HttpResponse<InputStream> response =
                    http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode();
        } catch (IOException e) {
            throw new IllegalStateException(base + " does not answer: is it up? ./relais status", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(patience);
        headers.forEach(request::header);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    // 503 with Retry-After says that nothing was done and when to come back.
    private Answer send(HttpRequest.Builder request) {
        for (int attempt = 1; ; attempt++) {
            Answer answer = sendOnce(request);
            String retryAfter = answer.headers().get("retry-after");
            if (answer.status() != 503 || retryAfter == null || attempt == ATTEMPTS) {
                return answer;
            }
            try {
                TimeUnit.SECONDS.sleep(Math.clamp(Long.parseLong(retryAfter), 1, 10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return answer;
            }
        }
    }

    private Answer sendOnce(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Map<String, String> found = new LinkedHashMap<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> found.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            String type = found.getOrDefault("content-type", "");
            JsonNode body = type.contains("json") && !response.body().isBlank()
                    ? JSON.readTree(response.body())
                    : MissingNode.getInstance();
            return new Answer(response.statusCode(), body, Map.copyOf(found));
        } catch (IOException e) {
            throw new IllegalStateException(base + " does not answer: is it up? ./relais status", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
