package fr.relais.kit.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import reactor.core.publisher.Mono;

/**
 * Tokens that were found good a moment ago: a person's software sends the same one with every request, and its signature
 * need not be computed again for each. A token is known by its digest, for a minute at most and never past its expiry, so
 * that a key that the issuer withdraws stops opening doors within that minute.
 */
final class KnownTokens implements ReactiveAuthenticationManager {

    private static final Duration GOOD_FOR = Duration.ofMinutes(1);
    private static final int MOST = 10_000;

    private final ReactiveAuthenticationManager checking;
    private final Map<ByteBuffer, Known> known = new ConcurrentHashMap<>();

    private record Known(CallerToken caller, long until) {
        boolean isOver() {
            return System.nanoTime() - until >= 0;
        }
    }

    KnownTokens(ReactiveAuthenticationManager checking) {
        this.checking = checking;
    }

    @Override
    public Mono<Authentication> authenticate(Authentication shown) {
        if (!(shown instanceof BearerTokenAuthenticationToken bearer)) {
            return checking.authenticate(shown);
        }
        ByteBuffer digest = digest(bearer.getToken());
        Known before = known.get(digest);
        if (before != null && !before.isOver()) {
            return Mono.just(before.caller());
        }
        return checking.authenticate(shown).doOnNext(checked -> remember(digest, checked));
    }

    private void remember(ByteBuffer digest, Authentication checked) {
        if (checked instanceof CallerToken caller) {
            Duration goodFor = goodFor(caller.expiresAt());
            if (goodFor.isPositive()) {
                makeRoom();
                known.put(digest, new Known(caller, System.nanoTime() + goodFor.toNanos()));
            }
        }
    }

    private static Duration goodFor(@Nullable Instant expiresAt) {
        if (expiresAt == null) {
            return Duration.ZERO;
        }
        // Real time: tokens never follow a moved clock.
        long left = expiresAt.toEpochMilli() - System.currentTimeMillis();
        return left < GOOD_FOR.toMillis() ? Duration.ofMillis(left) : GOOD_FOR;
    }

    private void makeRoom() {
        if (known.size() >= MOST) {
            known.values().removeIf(Known::isOver);
            if (known.size() >= MOST) {
                known.clear();
            }
        }
    }

    private static ByteBuffer digest(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
