package fr.relais.localstack.persona;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The least a service needs of an issuer, discovery and keys, and a page the code flow with PKCE, over HTTP on loopback: for
 * tests that start services as processes and sign their own tokens. Nobody is asked who they are: a test says it.
 */
public final class TokenServer implements AutoCloseable {

    private final HttpServer server;
    private final DevTokens tokens;
    private final Map<String, Asked> codes = new ConcurrentHashMap<>();
    private volatile @Nullable Map<String, Object> next;

    /** Somebody who was sent back with a code. */
    private record Asked(String challenge, String nonce, String client, Map<String, Object> claims) {}

    private TokenServer(HttpServer server) {
        this.server = server;
        this.tokens =
                DevTokens.generate("http://127.0.0.1:" + server.getAddress().getPort());
        answer("/.well-known/openid-configuration", """
                {"issuer":"%1$s","jwks_uri":"%1$s/oauth2/jwks","authorization_endpoint":"%1$s/authorize",\
                "token_endpoint":"%1$s/token","response_types_supported":["code"],\
                "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}""".formatted(tokens.issuer()));
        answer("/oauth2/jwks", tokens.jwkSet());
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::exchange);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** On a free port. */
    public static TokenServer start() {
        try {
            return new TokenServer(HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on loopback", e);
        }
    }

    /** Signs tokens whose issuer is this server. */
    public DevTokens tokens() {
        return tokens;
    }

    /** What to give to a service as its issuer. */
    public String issuer() {
        return tokens.issuer();
    }

    /** Who logs in to a page from now on. */
    public void nextToLogIn(String persona) {
        nextToLogIn(Personas.get(persona).claims(Personas.all()));
    }

    /** The same of somebody who is no persona of the demonstration. */
    public void nextToLogIn(Map<String, Object> claims) {
        next = Map.copyOf(claims);
    }

    /** Whoever comes to log in is refused from now on. */
    public void nobodyLogsIn() {
        next = null;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = fields(exchange.getRequestURI().getRawQuery());
        Map<String, Object> claims = next;
        if (claims == null || !"S256".equals(query.get("code_challenge_method"))) {
            refuse(exchange);
            return;
        }
        String code = UUID.randomUUID().toString();
        codes.put(
                code,
                new Asked(field(query, "code_challenge"), field(query, "nonce"), field(query, "client_id"), claims));
        try (exchange) {
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            field(query, "redirect_uri") + "?code=" + code + "&state="
                                    + URLEncoder.encode(field(query, "state"), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(302, -1);
        }
    }

    private void exchange(HttpExchange exchange) throws IOException {
        Map<String, String> form = fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Asked asked = codes.remove(field(form, "code"));
        if (asked == null || !asked.challenge().equals(challenge(field(form, "code_verifier")))) {
            refuse(exchange);
            return;
        }
        Map<String, Object> identity = new HashMap<>(asked.claims());
        identity.put("aud", asked.client());
        identity.put("nonce", asked.nonce());
        send(
                exchange,
                JsonMapper.shared()
                        .writeValueAsBytes(Map.of(
                                "access_token",
                                tokens.token(asked.claims(), Instant.now()),
                                "token_type",
                                "Bearer",
                                "expires_in",
                                DevTokens.LIFETIME.toSeconds(),
                                "scope",
                                "openid profile",
                                "id_token",
                                tokens.token(identity, Instant.now()))));
    }

    /** RFC 7636. */
    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }

    private static String field(Map<String, String> fields, String name) {
        return fields.getOrDefault(name, "");
    }

    private static Map<String, String> fields(@Nullable String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text == null ? new String[0] : text.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(400, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> send(exchange, body));
    }

    private static void send(HttpExchange exchange, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
