package fr.relais.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.relais.localstack.persona.DevTokens;
import fr.relais.localstack.persona.Personas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** An identity provider that lets everybody in as the persona that the test says, and looks closely at PKCE. */
final class FakeIssuer implements AutoCloseable {

    private record Asked(String challenge, String nonce, String client, String persona) {}

    private final HttpServer server;
    private final DevTokens tokens;
    private final Map<String, Asked> codes = new ConcurrentHashMap<>();
    private volatile String next = "nurse-anne";
    volatile int logouts;

    private final Map<String, String> refreshes = new ConcurrentHashMap<>();
    private volatile boolean shortLived;
    private volatile boolean mute;

    /** How often a token was asked for anew. */
    volatile int renewed;

    FakeIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tokens = DevTokens.generate("http://127.0.0.1:" + server.getAddress().getPort());
        server.createContext(
                "/.well-known/openid-configuration", exchange -> json(exchange, """
                {"issuer":"%1$s","jwks_uri":"%1$s/jwks","authorization_endpoint":"%1$s/authorize",\
                "token_endpoint":"%1$s/token","userinfo_endpoint":"%1$s/userinfo","end_session_endpoint":"%1$s/logout",\
                "response_types_supported":["code"],"subject_types_supported":["public"],\
                "id_token_signing_alg_values_supported":["RS256"]}""".formatted(tokens.issuer())));
        server.createContext("/jwks", exchange -> json(exchange, tokens.jwkSet()));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/userinfo", this::userinfo);
        server.createContext("/logout", this::logout);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String address() {
        return tokens.issuer();
    }

    /** Who logs in next. */
    void next(String persona) {
        next = persona;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
        if (!"S256".equals(query.get("code_challenge_method"))) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        String code = "code-" + codes.size();
        codes.put(
                code,
                new Asked(query.get("code_challenge"), query.getOrDefault("nonce", ""), query.get("client_id"), next));
        redirect(
                exchange,
                query.get("redirect_uri") + "?code=" + code + "&state="
                        + URLEncoder.encode(query.get("state"), StandardCharsets.UTF_8));
    }

    /** From now on a token is over as soon as it is given, and comes with what gets another that lives. */
    void givesShortTokens(boolean now) {
        shortLived = now;
    }

    /** From now on it takes requests for tokens and answers none. */
    void isMute(boolean now) {
        mute = now;
    }

    private void token(HttpExchange exchange) throws IOException {
        if (mute) {
            return;
        }
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if ("refresh_token".equals(form.get("grant_type"))) {
            String persona = refreshes.remove(form.get("refresh_token"));
            if (persona == null) {
                exchange.sendResponseHeaders(400, -1);
                return;
            }
            renewed++;
            json(exchange, answer(persona, 43_200, Map.of()));
            return;
        }
        Asked asked = codes.remove(form.get("code"));
        if (asked == null || !asked.challenge().equals(s256(form.get("code_verifier")))) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        Map<String, Object> claims =
                new LinkedHashMap<>(Personas.get(asked.persona()).claims(Personas.all()));
        claims.put("aud", asked.client());
        claims.put("nonce", asked.nonce());
        Map<String, Object> more = new LinkedHashMap<>(Map.of("id_token", tokens.token(claims, Instant.now())));
        if (shortLived) {
            String refresh = "refresh-" + refreshes.size();
            refreshes.put(refresh, asked.persona());
            more.put("refresh_token", refresh);
        }
        json(exchange, answer(asked.persona(), shortLived ? 1 : 43_200, more));
    }

    private String answer(String persona, int seconds, Map<String, Object> more) {
        Map<String, Object> answer = new LinkedHashMap<>(Map.of(
                "access_token",
                tokens.token(persona),
                "token_type",
                "Bearer",
                "expires_in",
                seconds,
                "scope",
                "openid profile"));
        answer.putAll(more);
        return JsonMapper.shared().writeValueAsString(answer);
    }

    private void userinfo(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
        json(exchange, new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    private void logout(HttpExchange exchange) throws IOException {
        logouts++;
        redirect(exchange, parameters(exchange.getRequestURI().getRawQuery()).get("post_logout_redirect_uri"));
    }

    private static String s256(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> all = new HashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            all.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return all;
    }

    private static void redirect(HttpExchange exchange, String to) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Location", URI.create(to).toString());
            exchange.sendResponseHeaders(302, -1);
        }
    }

    private static void json(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
