package fr.relais.kit.access;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import fr.relais.kit.problem.Problems;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The issuer's public keys, asked for when the first token comes, kept for an hour, and asked for again when a token
 * names another key. While the issuer is away, tokens of known keys are checked as ever; of others nobody can say
 * whether they are good, and the answer is 503.
 */
final class IssuerKeys implements SigningKeys {

    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
    private static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {};
    private static final long GOOD_FOR_NANOS = Duration.ofHours(1).toNanos();

    /** Tokens with made-up key names must not make this service hammer the issuer. */
    private static final long ASK_AGAIN_NANOS = Duration.ofSeconds(10).toNanos();

    private static final Duration RETRY = Duration.ofSeconds(5);

    private record Kept(List<JWK> keys, long since) {}

    private final AccessProperties properties;
    private final WebClient http;
    private volatile @Nullable Kept kept;
    private final Object lock = new Object();
    private @Nullable Mono<Kept> asking;

    IssuerKeys(AccessProperties properties, WebClient http) {
        this.properties = properties;
        this.http = http;
    }

    @Override
    public Flux<JWK> apply(SignedJWT token) {
        Kept now = kept;
        long age = now == null ? Long.MAX_VALUE : System.nanoTime() - now.since();
        List<JWK> found = now == null ? List.of() : of(now, token);
        if (now != null && !found.isEmpty()) {
            if (age > GOOD_FOR_NANOS) {
                return ask().map(fresh -> of(fresh, token))
                        // What was good an hour ago is better than sending everybody away.
                        .onErrorReturn(found)
                        .flatMapIterable(keys -> keys);
            }
            return Flux.fromIterable(found);
        }
        if (now != null && age < ASK_AGAIN_NANOS) {
            return Flux.empty();
        }
        return ask().flatMapIterable(fresh -> of(fresh, token));
    }

    private static List<JWK> of(Kept kept, SignedJWT token) {
        String name = token.getHeader().getKeyID();
        return name == null
                ? kept.keys()
                : kept.keys().stream()
                        .filter(key -> name.equals(key.getKeyID()))
                        .toList();
    }

    /** One question at a time, however many tokens wait for its answer. */
    private Mono<Kept> ask() {
        synchronized (lock) {
            Mono<Kept> going = asking;
            if (going == null) {
                going = fetch().doFinally(signal -> {
                            synchronized (lock) {
                                asking = null;
                            }
                        })
                        .cache();
                asking = going;
            }
            return going;
        }
    }

    private Mono<Kept> fetch() {
        URI given = properties.jwkSetUri();
        return (given == null ? discover() : Mono.just(given))
                .flatMap(uri -> http.get().uri(uri).retrieve().bodyToMono(String.class))
                .map(IssuerKeys::read)
                .timeout(properties.timeout())
                .doOnNext(read -> kept = read)
                .onErrorMap(failure -> {
                    log.warn(
                            "the issuer {} gives no keys ({}); tokens it signed cannot be checked. Check relais.access.issuer and relais.access.jwk-set-uri",
                            properties.issuer(),
                            failure.getMessage());
                    return Problems.unavailable(
                            "issuer-unreachable",
                            "The identity provider cannot be asked now, so nobody can say whether your token is good",
                            RETRY);
                });
    }

    private Mono<URI> discover() {
        String issuer = properties.issuer().toString();
        String description = (issuer.endsWith("/") ? issuer : issuer + "/") + ".well-known/openid-configuration";
        return http.get()
                .uri(URI.create(description))
                .retrieve()
                .bodyToMono(OBJECT)
                .map(found -> {
                    if (!issuer.equals(found.get("issuer")) || !(found.get("jwks_uri") instanceof String keys)) {
                        throw new IllegalStateException(
                                description + " describes the issuer " + found.get("issuer") + " instead of " + issuer);
                    }
                    return URI.create(keys);
                });
    }

    private static Kept read(String json) {
        try {
            return new Kept(JWKSet.parse(json).getKeys(), System.nanoTime());
        } catch (ParseException e) {
            throw new IllegalStateException("what the issuer gives is no set of keys", e);
        }
    }
}
