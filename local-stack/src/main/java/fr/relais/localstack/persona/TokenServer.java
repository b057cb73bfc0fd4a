package fr.relais.localstack.persona;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * The least a service needs of an issuer, discovery and keys, over HTTP on loopback: for tests that start services as
 * processes and sign their own tokens.
 */
public final class TokenServer implements AutoCloseable {

    private final HttpServer server;
    private final DevTokens tokens;

    private TokenServer(HttpServer server) {
        this.server = server;
        this.tokens =
                DevTokens.generate("http://127.0.0.1:" + server.getAddress().getPort());
        answer("/.well-known/openid-configuration", """
                {"issuer":"%1$s","jwks_uri":"%1$s/oauth2/jwks","authorization_endpoint":"%1$s/none",\
                "token_endpoint":"%1$s/none","response_types_supported":["code"],\
                "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}""".formatted(tokens.issuer()));
        answer("/oauth2/jwks", tokens.jwkSet());
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
