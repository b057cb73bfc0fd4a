package fr.relais.localstack.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

class DevTokensTest {

    @TempDir
    private Path folder;

    @Test
    void a_token_says_who_for_whom_and_how_long() {
        DevTokens tokens = DevTokens.generate();

        Jwt token = decoder(tokens).decode(tokens.token("gp-alice"));

        assertThat(token.getIssuer()).hasToString(DevTokens.ISSUER);
        assertThat(token.getAudience()).containsExactly("relais");
        assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt())).isEqualTo(Duration.ofHours(12));
        assertThat(token.getClaimAsString("preferred_username")).isEqualTo("899700900014");
    }

    @Test
    void another_key_or_a_past_token_is_refused() {
        DevTokens tokens = DevTokens.generate();
        NimbusJwtDecoder decoder = decoder(tokens);

        assertThatThrownBy(() -> decoder.decode(DevTokens.generate().token("gp-alice")))
                .isInstanceOf(JwtException.class);
        assertThatThrownBy(() -> decoder.decode(
                        tokens.token(Map.of("sub", "x"), Instant.now().minus(Duration.ofDays(2)))))
                .isInstanceOf(JwtException.class);
    }

    @Test
    void a_claim_can_be_put_over_the_standard_ones() {
        DevTokens tokens = DevTokens.generate();

        Jwt token = decoder(tokens)
                .decode(tokens.token(Map.of("sub", "x", "aud", List.of("somebody-else")), Instant.now()));

        assertThat(token.getAudience()).containsExactly("somebody-else");
    }

    @Test
    void kept_keys_make_tokens_outlive_a_restart_and_are_private() throws Exception {
        String token = DevTokens.keptIn(folder, DevTokens.ISSUER).token("nurse-anne");

        assertThat(decoder(DevTokens.keptIn(folder, DevTokens.ISSUER)).decode(token))
                .isNotNull();
        try (var files = Files.list(folder)) {
            assertThat(files)
                    .singleElement()
                    .satisfies(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void the_token_server_answers_discovery_and_keys() throws Exception {
        try (TokenServer server = TokenServer.start();
                HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest discovery = HttpRequest.newBuilder(
                            URI.create(server.issuer() + "/.well-known/openid-configuration"))
                    .build();

            assertThat(http.send(discovery, BodyHandlers.ofString()).body()).contains(server.issuer());
            assertThat(NimbusJwtDecoder.withIssuerLocation(server.issuer())
                            .build()
                            .decode(server.tokens().token("nurse-anne")))
                    .isNotNull();
        }
    }

    private static NimbusJwtDecoder decoder(DevTokens tokens) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withPublicKey(tokens.publicKey()).build();
        decoder.setJwtValidator(JwtValidators.createDefaultWithIssuer(DevTokens.ISSUER));
        return decoder;
    }
}
