package fr.relais.kit.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoTimeoutException;
import fr.relais.events.EventJson;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.TestTokens;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.page.Cursor;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.Problems;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=sample",
            "management.server.port=0",
            "relais.web.concurrent=2",
            "relais.web.waiting=2",
            "relais.web.patience=200ms",
            "relais.access.open=/open/**",
            "spring.http.codecs.max-in-memory-size=2KB",
            "relais.access.feeds=/api/v1/things"
        })
class WebIT {

    private static final String NURSE = TestTokens.professional("99700900014", "60", "990000010");

    private static final Duration ANSWERED = Duration.ofSeconds(10);
    private static final int CLOSED = 0;

    @Value("${local.server.port}")
    int port;

    @Value("${local.management.port}")
    int managementPort;

    @Autowired
    Sample sample;

    @Autowired
    Draining draining;

    private final HttpClient http = HttpClient.newHttpClient();

    // Access

    @Test
    void without_a_token_nobody_comes_in() throws Exception {
        HttpResponse<String> answer = send(get("/api/v1/me"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer realm=\"relais\"");
        assertProblem(answer, 401, "token-missing");
        assertThat(json(answer).get("title").asString()).isEqualTo("Identifiez-vous d’abord");
        assertThat(json(answer).get("detail").asString()).startsWith("Envoyez un jeton");
        assertThat(json(answer).get("type").asString()).isEqualTo("urn:relais:problem:token-missing");
    }

    @Test
    void titles_and_details_are_english_for_those_who_ask_for_english() throws Exception {
        HttpResponse<String> answer = send(get("/api/v1/me").header("Accept-Language", "de, en-GB;q=0.8, fr;q=0.5"));

        assertThat(json(answer).get("title").asString()).isEqualTo("Sign in first");
        assertThat(json(answer).get("detail").asString()).startsWith("Send a token");
    }

    @Test
    void tokens_of_the_past_for_others_or_of_others_are_refused() throws Exception {
        Map<String, Object> nurse = Map.of("SubjectNameID", "899700900014");
        List<String> bad = List.of(
                TestTokens.bearer(nurse, Instant.now().minusSeconds(48 * 3600)),
                TestTokens.bearer(Map.of("SubjectNameID", "899700900014", "aud", List.of("somebody-else"))),
                TestTokens.bearer(Map.of("SubjectNameID", "899700900014", "iss", "http://127.0.0.1:1")),
                "Bearer " + fr.relais.localstack.persona.DevTokens.generate().token(nurse, Instant.now()),
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
                "Bearer nonsense");
        for (String token : bad) {
            HttpResponse<String> answer = send(get("/api/v1/me").header("Authorization", token));

            assertProblem(answer, 401, "token-invalid");
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .contains("error=\"invalid_token\"");
        }
    }

    @Test
    void a_hospitals_machine_sends_and_sees_nothing() throws Exception {
        String feed = TestTokens.with("feed:990000044", "990000044", "feed");

        assertThat(send(post(feed, "/api/v1/things", "{\"name\":\"a\"}")).statusCode())
                .isBetween(200, 299);
        assertProblem(send(as(feed, "/api/v1/things")), 403, "forbidden");
        assertProblem(send(as(feed, "/api/v1/me")), 403, "forbidden");
    }

    @Test
    void what_only_operators_may_do_is_refused_before_it_is_read() throws Exception {
        assertProblem(send(post(NURSE, "/api/v1/dead-letters/dismissals", "no json")), 403, "forbidden");
    }

    @Test
    void a_caller_is_an_argument() throws Exception {
        HttpResponse<String> answer = send(as(NURSE, "/api/v1/me"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).get("structure").asString()).isEqualTo("990000010");
    }

    @Test
    void a_person_of_two_structures_chooses_one_to_act_and_need_not_to_read() throws Exception {
        String two = TestTokens.professional("99700900014", "60", "990000010", "990000028");

        assertThat(send(as(two, "/api/v1/me")).statusCode()).isEqualTo(200);
        HttpResponse<String> undecided = send(post(two, "/api/v1/things", "{\"name\":\"a\"}"));
        assertProblem(undecided, 400, "acting-for-missing");
        assertThat(json(undecided).get("structures").size()).isEqualTo(2);
        assertProblem(send(as(two, "/api/v1/me").header("Relais-Acting-For", "990000044")), 400, "acting-for-unknown");
        assertThat(send(post(two, "/api/v1/things", "{\"name\":\"a\"}").header("Relais-Acting-For", "990000028"))
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void health_and_metrics_are_open_on_the_management_port_only() throws Exception {
        URI health = URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/readiness");
        assertThat(send(HttpRequest.newBuilder(health)).statusCode()).isEqualTo(200);
        URI metrics = URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus");
        assertThat(send(HttpRequest.newBuilder(metrics)).body()).contains("relais_web_requests");
        assertThat(send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/env")))
                        .statusCode())
                .isIn(401, 404);
        assertThat(send(get("/actuator/health")).statusCode()).isEqualTo(401);
        assertThat(send(as(NURSE, "/actuator/health")).statusCode()).isEqualTo(404);
    }

    @Test
    void open_paths_need_no_token_and_answers_bear_security_headers() throws Exception {
        HttpResponse<String> answer = send(get("/open/hello").header("Origin", "https://elsewhere.example"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    // Problems

    @ParameterizedTest
    @CsvSource({
        "/api/v1/nothing, 404, not-found",
        "/api/v1/things/secret, 404, thing-unknown",
        "/api/v1/mongo-away, 503, backing-service-away",
        "/api/v1/list?limit=1000, 400, limit-out-of-range",
        "/api/v1/list?after=mangled, 400, cursor-mangled",
        "/api/v1/numbers?n=many, 400, parameter-malformed",
        "/api/v1/numbers?n=99, 400, validation-failed",
        "/api/v1/numbers, 400, parameter-missing"
    })
    void a_no_is_a_problem(String path, int status, String code) throws Exception {
        HttpResponse<String> answer = send(as(NURSE, path));

        assertProblem(answer, status, code);
        if (status == 503) {
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":\"a\",\"nmae\":\"b\"}|body-unreadable|nmae|is not known here; known are count, kind, name",
                "{\"name\":\"a\",\"count\":\"many\"}|body-unreadable|count|must be a whole number",
                "{\"name\":\"a\",\"kind\":\"PURPLE\"}|body-unreadable|kind|must be one of RED, BLUE",
                "{\"name\":\" \"}|validation-failed|name|must not be blank"
            })
    void a_bad_body_is_told_field_by_field(String body, String code, String field, String message) throws Exception {
        HttpResponse<String> answer = send(post(NURSE, "/api/v1/things", body));

        assertProblem(answer, 400, code);
        JsonNode told = json(answer).get("fields").get(0);
        assertThat(told.get("field").asString()).isEqualTo(field);
        assertThat(told.get("message").asString()).isEqualTo(message);
        assertThat(answer.body()).doesNotContain("PURPLE").doesNotContain("tools.jackson");
    }

    @Test
    void other_bodies_are_refused_with_what_would_do() throws Exception {
        assertProblem(send(post(NURSE, "/api/v1/things", "{\"name\":")), 400, "body-unreadable");
        assertProblem(send(post(NURSE, "/api/v1/things", "")), 400, "body-missing");
        assertProblem(
                send(post(NURSE, "/api/v1/things", "{\"name\":\"" + "a".repeat(5_000) + "\"}")), 413, "body-too-large");
        HttpResponse<String> text = send(
                post(NURSE, "/api/v1/things", "name=a").setHeader("Content-Type", "application/x-www-form-urlencoded"));
        assertProblem(text, 415, "media-type-unsupported");
        HttpResponse<String> method = send(as(NURSE, "/api/v1/things").DELETE());
        assertProblem(method, 405, "method-not-allowed");
        assertThat(method.headers().firstValue("Allow").orElseThrow()).contains("POST");
        assertThat(json(method).get("detail").asString())
                .startsWith("Ce chemin répond à ")
                .contains("POST");
    }

    @Test
    void a_bug_answers_with_a_reference_and_no_word_of_itself() throws Exception {
        HttpResponse<String> answer = send(as(NURSE, "/api/v1/bug"));

        assertProblem(answer, 500, "unexpected");
        assertThat(json(answer).get("reference").asString()).startsWith("error-");
        assertThat(answer.body()).doesNotContain("Dupont").doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource({"method", "answer", "stream"})
    void an_error_wherever_it_is_thrown_is_answered_as_a_bug_is(String where) throws Exception {
        HttpResponse<String> answer = send(as(NURSE, "/api/v1/broken/" + where).timeout(ANSWERED));

        assertProblem(answer, 500, "unexpected");
        assertThat(json(answer).get("reference").asString()).startsWith("error-");
        assertThat(answer.body()).doesNotContain("Dupont").doesNotContain("Error");
        await().until(() -> sample.concurrency.inside() == 0);
    }

    @Test
    void an_error_while_a_body_is_read_is_answered_too() throws Exception {
        assertProblem(send(post(NURSE, "/api/v1/broken", "{\"name\":\"a\"}").timeout(ANSWERED)), 500, "unexpected");
        assertThat(send(as(NURSE, "/api/v1/me").timeout(ANSWERED)).statusCode()).isEqualTo(200);
    }

    // Connections

    @Test
    void a_connection_is_read_on_after_a_request_that_waited_there_for_the_one_before() throws Exception {
        String slow = "GET /api/v1/me HTTP/1.1\r\nHost: relais\r\nAuthorization: " + NURSE + "\r\n\r\n";
        String refused = "GET /api/v1/me HTTP/1.1\r\nHost: relais\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) ANSWERED.toMillis());
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < 20; i++) {
                socket.getOutputStream().write((slow + refused).getBytes(US_ASCII));
                assertThat(statusOf(in)).isEqualTo(200);
                assertThat(statusOf(in)).isEqualTo(401);
            }
        }
    }

    private static int statusOf(BufferedInputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        header.substring(header.indexOf(':') + 1).strip());
            }
        }
        in.readNBytes(length);
        return status;
    }

    private static String line(BufferedInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended after: " + line);
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Test
    void every_request_is_answered_however_early_the_one_before_was_refused() throws Exception {
        String small = "{\"name\":\"a\"}";
        String large = "{\"name\":\"" + "a".repeat(300_000) + "\"}";
        List<HttpRequest.Builder> mixed = List.of(
                as(NURSE, "/api/v1/me"),
                get("/api/v1/me"),
                post("Bearer nonsense", "/api/v1/things", small),
                post(NURSE, "/api/v1/things", small),
                post(NURSE, "/api/v1/nothing", small),
                post(NURSE, "/api/v1/dead-letters/dismissals", small),
                as(NURSE, "/api/v1/reactive"),
                post(NURSE, "/api/v1/things", "name=a").setHeader("Content-Type", "text/plain"),
                post(NURSE, "/api/v1/things/taken/accept", small),
                post(NURSE, "/api/v1/me", small),
                post(NURSE, "/api/v1/things", large),
                post("Bearer nonsense", "/api/v1/things", large),
                post(NURSE, "/api/v1/dead-letters/dismissals", large));
        List<Integer> statuses = List.of(200, 401, 401, 201, 404, 403, 200, 415, 409, 405, 413, 401, 403);
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int caller = 0; caller < 2; caller++) {
                int seed = caller;
                Random random = new Random(seed);
                callers.add(CompletableFuture.runAsync(
                        () -> {
                            HttpClient one = HttpClient.newHttpClient();
                            for (int i = 0; i < 1_000; i++) {
                                int which = random.nextInt(mixed.size());
                                HttpRequest.Builder request =
                                        mixed.get(which).copy().timeout(ANSWERED);
                                assertThat(answer(one, request, which >= mixed.size() - 3))
                                        .as("request %d of caller %d", i, seed)
                                        .isIn(statuses.get(which), CLOSED);
                            }
                        },
                        threads));
            }
            for (CompletableFuture<Void> each : callers) {
                each.get();
            }
        }
        await().until(() -> sample.concurrency.inside() == 0);
    }

    @Test
    void an_instance_that_stops_answers_and_has_callers_connect_anew() throws Exception {
        String request = "GET /api/v1/me HTTP/1.1\r\nHost: relais\r\nAuthorization: " + NURSE + "\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) ANSWERED.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String first = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(first).isEqualTo("HTTP/1.1 200");

            draining.stop();
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

            // Read to its end: the connection is closed behind the answer.
            String rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(rest.substring(rest.indexOf("HTTP/1.1 200"))).containsIgnoringCase("connection: close");
        } finally {
            draining.start();
        }
    }

    /** A connection may end while a body is sent that nobody reads. */
    private static int answer(HttpClient client, HttpRequest.Builder request, boolean mayEnd) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (HttpTimeoutException e) {
            throw new AssertionError("never answered: " + request.build(), e);
        } catch (IOException e) {
            if (mayEnd) {
                return CLOSED;
            }
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    // Commands and reads

    @Test
    void a_command_answers_with_its_state_and_how_far_it_has_come() throws Exception {
        HttpResponse<String> answer = send(post(NURSE, "/api/v1/things", "{\"name\":\"a\"}")
                .header("Idempotency-Key", "k-1")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.headers().firstValue("ETag")).contains("\"7\"");
        assertThat(answer.headers().firstValue("Relais-Sequence")).contains("thing-1:7");
        assertThat(answer.headers().firstValue("traceparent"))
                .contains("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(json(answer).get("command").asString()).isEqualTo("http/99700900014/k-1");
        assertThat(json(answer).get("trace").asString()).contains("0af7651916cd43dd8448eb211c80319c");
        assertThat(json(answer).get("thread").asString()).isEqualTo("virtual");
        assertThat(json(answer).has("missing")).isFalse();
        assertThat(json(answer).get("at").asString()).endsWith("Z");
    }

    @Test
    void a_trace_is_made_for_those_who_send_none_or_nonsense() throws Exception {
        HttpResponse<String> answer = send(as(NURSE, "/api/v1/me").header("traceparent", "nonsense"));

        assertThat(answer.headers().firstValue("traceparent").orElseThrow()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    @Test
    void a_rejection_is_a_problem_with_its_details() throws Exception {
        HttpResponse<String> answer = send(post(NURSE, "/api/v1/things/taken/accept", "{}"));

        assertProblem(answer, 409, "handoff-already-taken");
        assertThat(json(answer).get("holder").asString()).isEqualTo("person:99700900022");
        assertThat(json(answer).get("title").asString()).isEqualTo("somebody was faster");
    }

    @Test
    void a_malformed_header_is_told() throws Exception {
        assertProblem(
                send(post(NURSE, "/api/v1/things", "{\"name\":\"a\"}").header("If-Match", "7")),
                400,
                "if-match-malformed");
        assertProblem(
                send(post(NURSE, "/api/v1/things", "{\"name\":\"a\"}").header("Idempotency-Key", "a b")),
                400,
                "idempotency-key-malformed");
        assertProblem(send(as(NURSE, "/api/v1/things/1").header("Relais-At-Least", "7")), 400, "at-least-malformed");
    }

    @Test
    void a_read_says_when_it_is_behind_what_the_caller_wrote() throws Exception {
        HttpResponse<String> fresh = send(as(NURSE, "/api/v1/things/1").header("Relais-At-Least", "thing-1:3"));
        assertThat(fresh.headers().firstValue("ETag")).contains("\"3\"");
        assertThat(fresh.headers().firstValue("Relais-Stale")).isEmpty();

        HttpResponse<String> behind = send(as(NURSE, "/api/v1/things/1").header("Relais-At-Least", "thing-1:4"));
        assertThat(behind.statusCode()).isEqualTo(200);
        assertThat(behind.headers().firstValue("Relais-Stale")).contains("true");
    }

    @Test
    void what_has_not_changed_is_not_sent_again() throws Exception {
        assertThat(send(as(NURSE, "/api/v1/things/1").header("If-None-Match", "\"3\""))
                        .statusCode())
                .isEqualTo(304);
    }

    // Load

    @Test
    void two_run_two_wait_and_the_rest_are_told_to_come_back() throws Exception {
        // An answer is on its way a moment before its place is free.
        await().until(() -> sample.concurrency.inside() == 0);
        sample.gate = new CountDownLatch(1);
        List<CompletableFuture<HttpResponse<String>>> inside = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            inside.add(http.sendAsync(as(NURSE, "/api/v1/slow").build(), HttpResponse.BodyHandlers.ofString()));
        }
        await().untilAsserted(() -> assertThat(sample.concurrency.inside())
                .as(
                        "%s",
                        inside.stream()
                                .filter(CompletableFuture::isDone)
                                .map(CompletableFuture::join)
                                .toList())
                .isEqualTo(4));
        await().until(() -> sample.running.get() == 2);

        HttpResponse<String> tooMany = send(as(NURSE, "/api/v1/slow"));
        assertProblem(tooMany, 503, "too-busy");
        assertThat(tooMany.headers().firstValue("Retry-After")).contains("1");
        assertThat(send(as(NURSE, "/api/v1/reactive")).statusCode())
                .as("the event loop is free")
                .isEqualTo(200);
        assertThat(sample.running).hasValue(2);

        sample.gate.countDown();
        for (CompletableFuture<HttpResponse<String>> each : inside) {
            assertThat(each.get().statusCode()).isEqualTo(200);
        }
        await().until(() -> sample.concurrency.inside() == 0);
        assertThat(send(as(NURSE, "/api/v1/slow")).statusCode()).isEqualTo(200);
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpRequest.Builder as(String token, String path) {
        return get(path).header("Authorization", token);
    }

    private HttpRequest.Builder post(String token, String path, String body) {
        return as(token, path)
                .setHeader("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return EventJson.mapper().readTree(answer.body());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).get("code").asString()).isEqualTo(code);
        assertThat(json(answer).get("status").asInt()).isEqualTo(status);
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(
            excludeName = {
                "fr.relais.kit.kafka.KafkaConfiguration",
                "fr.relais.kit.journal.JournalConfiguration",
                "fr.relais.kit.stream.StreamConfiguration",
                "fr.relais.kit.view.ViewConfiguration",
                "fr.relais.kit.deadline.DeadlineConfiguration",
                "fr.relais.kit.live.LiveConfiguration",
                "fr.relais.kit.operate.OperateConfiguration",
                "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
                "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration"
            })
    @Import({TestTokens.Accepted.class, Sample.class})
    static class App {}

    enum Kind {
        RED,
        BLUE
    }

    record NewThing(
            @NotBlank String name,
            @Nullable Integer count,
            @Nullable Kind kind) {}

    record BrokenAnswer(String name) {
        @Override
        public String name() {
            throw new NoClassDefFoundError(name);
        }
    }

    record BrokenBody(String name) {
        BrokenBody {
            throw new NoClassDefFoundError(name);
        }
    }

    record Thing(
            String command,
            String trace,
            String thread,
            Instant at,
            @Nullable String missing) {}

    @RestController
    @RequestMapping
    static class Sample {

        final Concurrency concurrency;
        final AtomicInteger running = new AtomicInteger();
        volatile CountDownLatch gate = new CountDownLatch(0);

        Sample(Concurrency concurrency) {
            this.concurrency = concurrency;
        }

        @GetMapping("/open/hello")
        String hello() {
            return "hello";
        }

        @GetMapping("/api/v1/me")
        Caller me(Caller caller) {
            return caller;
        }

        @PostMapping("/api/v1/things")
        ResponseEntity<Thing> create(Request request, @Valid @RequestBody NewThing body) {
            var context = request.command(body);
            Outcome<String> outcome = new Outcome.Done<>("state", 7, false);
            return Answers.created(
                    URI.create("/api/v1/things/1"),
                    "thing-1",
                    outcome,
                    state -> new Thing(
                            context.commandId(),
                            String.valueOf(context.traceparent()),
                            Thread.currentThread().isVirtual() ? "virtual" : "platform",
                            context.at(),
                            null));
        }

        @PostMapping("/api/v1/things/{id}/accept")
        ResponseEntity<String> accept(Request request, @PathVariable String id) {
            request.command();
            return Answers.of(
                    id,
                    new Outcome.Refused<>(
                            Rejection.conflict(
                                    "handoff-already-taken",
                                    "somebody was faster",
                                    Map.of("holder", "person:99700900022")),
                            "state",
                            3),
                    state -> state);
        }

        @GetMapping("/api/v1/things/{id}")
        ResponseEntity<Map<String, String>> read(@PathVariable String id, AtLeast atLeast) {
            if (id.equals("secret")) {
                throw Problems.notFound("thing-unknown", "There is no such thing");
            }
            return Answers.read(3, atLeast.behind(() -> 3), Map.of("id", id));
        }

        @GetMapping("/api/v1/list")
        Page<String> list(Paging paging) {
            if (paging.after() != null) {
                Cursor.read(paging.after(), 1);
            }
            return new Page<>(List.of("a"), null);
        }

        @GetMapping("/api/v1/numbers")
        int numbers(@RequestParam @Max(10) int n) {
            return n;
        }

        @GetMapping("/api/v1/mongo-away")
        String away() {
            throw new MongoTimeoutException("no server answers");
        }

        @GetMapping("/api/v1/bug")
        String bug() {
            throw new IllegalStateException("patient Dupont is in a state");
        }

        @GetMapping("/api/v1/broken/method")
        String brokenMethod() {
            throw new NoClassDefFoundError("patient Dupont");
        }

        @GetMapping("/api/v1/broken/answer")
        BrokenAnswer brokenAnswer() {
            return new BrokenAnswer("patient Dupont");
        }

        @GetMapping("/api/v1/broken/stream")
        Mono<String> brokenStream() {
            return Mono.fromSupplier(() -> {
                throw new StackOverflowError("patient Dupont");
            });
        }

        @PostMapping("/api/v1/broken")
        String brokenBody(@RequestBody BrokenBody body) {
            return body.name();
        }

        @GetMapping("/api/v1/slow")
        String slow() throws InterruptedException {
            running.incrementAndGet();
            try {
                gate.await();
                return "done";
            } finally {
                running.decrementAndGet();
            }
        }

        @GetMapping("/api/v1/reactive")
        Mono<String> reactive() {
            return Mono.just("hello");
        }
    }
}
