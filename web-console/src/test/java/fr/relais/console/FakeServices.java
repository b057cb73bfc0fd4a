package fr.relais.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** The services' APIs, in small: each address answers what the test says, and what was asked is remembered. */
final class FakeServices implements AutoCloseable {

    /** What was asked. */
    record Call(String method, String path, String query, String body, Map<String, List<String>> headers) {

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst()
                    .orElse(null);
        }
    }

    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> linesOf = new ConcurrentHashMap<>();
    private final List<HttpExchange> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean cut;
    final List<Call> calls = new CopyOnWriteArrayList<>();

    FakeServices() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on this is the answer: {@code GET /api/v1/handoffs?status=offered}; the query may be left out. */
    void says(String request, String json) {
        says(request, 200, json);
    }

    void says(String request, int status, String json) {
        answers.put(request, new Answer(status, json));
    }

    String said(String request) {
        return answers.get(request).body();
    }

    void forget() {
        answers.clear();
        linesOf.clear();
        calls.clear();
    }

    /** Tells everybody who listens. */
    void tell(String kind) {
        tell(kind, "1");
    }

    /** Tells everybody who listens, under this id. */
    void tell(String kind, String id) {
        byte[] event = ("id: " + id + "\nevent: " + kind + "\ndata: {}\n\n").getBytes(StandardCharsets.UTF_8);
        for (HttpExchange listener : listeners) {
            try {
                listener.getResponseBody().write(event);
                listener.getResponseBody().flush();
            } catch (IOException e) {
                listeners.remove(listener);
            }
        }
    }

    /** Nobody is told anything any more, and whoever asks to be is refused; until it is mended. */
    void cutLive() {
        cut = true;
        listeners.forEach(HttpExchange::close);
        listeners.clear();
    }

    void mendLive() {
        cut = false;
    }

    /** From now on this list has so many lines, sent one by one; what the asker has not taken yet is not made. */
    void saysLines(String path, int lines) {
        linesOf.put(path, lines);
    }

    int listeners() {
        return listeners.size();
    }

    Call last(String method, String path) {
        return calls.reversed().stream()
                .filter(call -> call.method().equals(method) && call.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody asked " + method + " " + path + ", but " + calls));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getQuery();
        calls.add(new Call(
                exchange.getRequestMethod(),
                path,
                query == null ? "" : query,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                Map.copyOf(exchange.getRequestHeaders())));
        if (path.equals("/api/v1/live") && cut) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
            return;
        }
        if (path.equals("/api/v1/live")) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("event: ready\ndata: {}\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            listeners.add(exchange);
            return;
        }
        Integer lines = linesOf.get(path);
        if (lines != null) {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "text/csv");
                exchange.sendResponseHeaders(200, 0);
                byte[] line =
                        ("pathway-0198a,discharge-home," + "x".repeat(200) + "\r\n").getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < lines; i++) {
                    exchange.getResponseBody().write(line);
                }
            }
            return;
        }
        Answer answer = query != null && query.matches(".*\\blimit=(?!([1-9]|[1-9][0-9]|100)\\b).*")
                ? new Answer(400, "{\"title\":\"limit is a number from 1 to 100\",\"status\":400}")
                : find(exchange.getRequestMethod() + " " + path, query);
        try (exchange) {
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", answer.status() < 400 ? "application/json" : "application/problem+json");
            if (exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("ETag", "\"7\"");
            }
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private Answer find(String request, String query) {
        if (query != null) {
            for (Map.Entry<String, Answer> answer : answers.entrySet()) {
                int mark = answer.getKey().indexOf('?');
                if (mark > 0
                        && answer.getKey().substring(0, mark).equals(request)
                        && query.contains(answer.getKey().substring(mark + 1))) {
                    return answer.getValue();
                }
            }
        }
        return answers.getOrDefault(request, new Answer(404, """
                {"type":"https://relais.example/problems/not-found","title":"Rien là","status":404}"""));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
