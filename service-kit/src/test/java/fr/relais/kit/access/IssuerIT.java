package fr.relais.kit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import fr.relais.kit.problem.ProblemException;
import fr.relais.localstack.persona.DevTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.reactive.function.client.WebClient;

class IssuerIT {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private String issuer;
    private volatile DevTokens tokens;

    @BeforeEach
    void start() throws IOException {
        start(0);
    }

    private void start(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        tokens = tokens == null ? DevTokens.generate(issuer) : tokens;
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            String answer = path.equals("/keys")
                    ? tokens.jwkSet()
                    : "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/keys\"}";
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ReactiveJwtDecoder decoder() {
        AccessProperties properties = properties(Map.of("relais.access.issuer", issuer, "relais.access.timeout", "2s"));
        AccessConfiguration configuration = new AccessConfiguration(properties, new MockEnvironment());
        return configuration.jwtDecoder(properties, new IssuerKeys(properties, WebClient.create()));
    }

    private static AccessProperties properties(Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given))
                .bindOrCreate("relais.access", AccessProperties.class);
    }

    private String nurse() {
        return tokens.token(Map.of("SubjectNameID", "899700900014"), Instant.now());
    }

    @Test
    void keys_are_found_through_the_issuers_description_once() {
        ReactiveJwtDecoder decoder = decoder();
        assertThat(asked).as("nothing is asked before the first token").isEmpty();

        Jwt read = decoder.decode(nurse()).block();
        decoder.decode(nurse()).block();

        assertThat(read.getClaimAsString("SubjectNameID")).isEqualTo("899700900014");
        assertThat(asked).containsExactly("/.well-known/openid-configuration", "/keys");
    }

    @Test
    void an_issuer_that_is_away_is_said_so_and_nothing_about_the_token() {
        String token = nurse();
        server.stop(0);

        assertThatThrownBy(() -> decoder().decode(token).block())
                .hasRootCauseInstanceOf(ProblemException.class)
                .rootCause()
                .hasMessageContaining("issuer-unreachable");
    }

    @Test
    void an_issuer_that_comes_late_is_asked_again() throws IOException {
        int port = server.getAddress().getPort();
        server.stop(0);
        ReactiveJwtDecoder decoder = decoder();
        String token = nurse();
        assertThatThrownBy(() -> decoder.decode(token).block()).isInstanceOf(IllegalStateException.class);

        start(port);

        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptions()
                .until(() -> decoder.decode(token).block() != null);
    }

    @Test
    void known_keys_are_good_while_the_issuer_is_away() {
        ReactiveJwtDecoder decoder = decoder();
        decoder.decode(nurse()).block();
        server.stop(0);

        assertThat(decoder.decode(nurse()).block()).isNotNull();
    }

    @Test
    void made_up_keys_do_not_make_it_hammer_the_issuer() {
        ReactiveJwtDecoder decoder = decoder();
        String stranger = DevTokens.generate(issuer).token(Map.of("SubjectNameID", "x"), Instant.now());
        decoder.decode(nurse()).block();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> decoder.decode(stranger).block()).isInstanceOf(BadJwtException.class);
        }

        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:9000",
                "http://idp.example.fr",
                "https://localhost/realms/x",
                "https://127.0.0.2",
                "https://[::1]:8443"
            })
    void the_production_profile_refuses_development_issuers(String issuer) {
        MockEnvironment production = new MockEnvironment();
        production.setActiveProfiles("production");

        assertThatThrownBy(
                        () -> new AccessConfiguration(properties(Map.of("relais.access.issuer", issuer)), production))
                .hasMessageContaining("relais.access.issuer")
                .hasMessageContaining("https");
    }

    @Test
    void the_production_profile_takes_a_real_issuer_and_no_open_api() {
        MockEnvironment production = new MockEnvironment();
        production.setActiveProfiles("production");
        String real = "https://auth.esw.esante.gouv.fr/auth/realms/esante-wallet";

        assertThat(new AccessConfiguration(properties(Map.of("relais.access.issuer", real)), production))
                .isNotNull();
        assertThat(properties(Map.of()).timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(properties(Map.of()).issuer()).isEqualTo(URI.create("http://127.0.0.1:9000"));
        assertThatThrownBy(() -> new AccessConfiguration(
                        properties(Map.of("relais.access.open[0]", "/api/v1/x")), new MockEnvironment()))
                .hasMessageContaining("relais.access.open");
    }
}
