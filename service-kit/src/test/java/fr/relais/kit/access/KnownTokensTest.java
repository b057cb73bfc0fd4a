package fr.relais.kit.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import reactor.core.publisher.Mono;

class KnownTokensTest {

    private final AtomicInteger checks = new AtomicInteger();
    private Instant expiresAt = Instant.now().plusSeconds(600);
    private final KnownTokens tokens = new KnownTokens(shown -> {
        checks.incrementAndGet();
        String token = ((BearerTokenAuthenticationToken) shown).getToken();
        return token.startsWith("good")
                ? Mono.just(new CallerToken(Caller.of(token, "N", Set.of(), Set.of()), expiresAt))
                : Mono.error(new InvalidBearerTokenException("not good"));
    });

    @Test
    void a_token_that_was_found_good_is_not_checked_again_the_next_moment() {
        assertThat(caller("good-anne")).isEqualTo("good-anne");
        assertThat(caller("good-anne")).isEqualTo("good-anne");
        assertThat(caller("good-brahim")).isEqualTo("good-brahim");

        assertThat(checks).hasValue(2);
    }

    @Test
    void a_token_that_was_refused_is_checked_each_time() {
        for (int i = 0; i < 2; i++) {
            assertThat(show("bad").onErrorComplete().blockOptional()).isEmpty();
        }

        assertThat(checks).hasValue(2);
    }

    @Test
    void a_token_that_is_over_is_not_known_any_more() {
        expiresAt = Instant.now().minusSeconds(1);

        caller("good-anne");
        caller("good-anne");

        assertThat(checks).hasValue(2);
    }

    private String caller(String token) {
        return show(token).blockOptional().orElseThrow().getName();
    }

    private Mono<Authentication> show(String token) {
        return tokens.authenticate(new BearerTokenAuthenticationToken(token));
    }
}
