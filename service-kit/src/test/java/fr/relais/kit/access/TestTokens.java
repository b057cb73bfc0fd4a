package fr.relais.kit.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import fr.relais.localstack.persona.DevTokens;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Flux;

/**
 * Tokens for tests, signed with a key that dies with the JVM. A service's test says
 * {@code @Import(TestTokens.Accepted.class)} and sends {@code Authorization: TestTokens.bearer("nurse-anne")}.
 */
public final class TestTokens {

    private static final DevTokens TOKENS = DevTokens.generate();

    private TestTokens() {}

    /** The header's value for one of the named personas of the development issuer. */
    public static String bearer(String persona) {
        return "Bearer " + TOKENS.token(persona);
    }

    /** The header's value for somebody with these claims. */
    public static String bearer(Map<String, Object> claims) {
        return bearer(claims, Instant.now());
    }

    /** The same, issued then. */
    public static String bearer(Map<String, Object> claims, Instant issuedAt) {
        return "Bearer " + TOKENS.token(claims, issuedAt);
    }

    /** The header's value for a health professional, as Pro Santé Connect names one. */
    public static String professional(String rpps, String profession, String... structures) {
        List<Map<String, Object>> activities = Arrays.stream(structures)
                .map(finess -> Map.<String, Object>of("numeroFinessSite", finess))
                .toList();
        return bearer(Map.of(
                "SubjectNameID",
                "8" + rpps,
                "given_name",
                "Alex",
                "family_name",
                "Exemple",
                "SubjectRefPro",
                Map.of("exercices", List.of(Map.of("codeProfession", profession, "activities", activities)))));
    }

    /** The header's value for somebody without a profession: {@code with("op-1", "990000010", "operator")}. */
    public static String with(String id, String structure, String... roles) {
        return bearer(
                Map.of("SubjectNameID", id, "SubjectOrganizationID", "1" + structure, "relais_roles", List.of(roles)));
    }

    /** Makes a service accept these tokens instead of asking an issuer. */
    @TestConfiguration(proxyBeanMethods = false)
    public static class Accepted {

        @Bean
        SigningKeys testKeys() throws ParseException {
            List<JWK> keys = JWKSet.parse(TOKENS.jwkSet()).getKeys();
            return token -> Flux.fromIterable(keys);
        }
    }
}
