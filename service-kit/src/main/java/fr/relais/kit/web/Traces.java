package fr.relais.kit.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives every request a W3C trace context, the caller's where they sent one, and says it in the answer: what a person
 * reports can be found in logs, journal and Kafka.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Traces implements WebFilter {

    static final String HEADER = "traceparent";

    private static final Pattern VALID = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String given = exchange.getRequest().getHeaders().getFirst(HEADER);
        String trace = given != null && VALID.matcher(given).matches() ? given : fresh();
        exchange.getAttributes().put(HEADER, trace);
        exchange.getResponse().getHeaders().set(HEADER, trace);
        return chain.filter(exchange);
    }

    static String of(ServerWebExchange exchange) {
        @Nullable String trace = exchange.getAttribute(HEADER);
        return trace == null ? fresh() : trace;
    }

    private static String fresh() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        HexFormat hex = HexFormat.of();
        return "00-" + hex.formatHex(bytes, 0, 16) + "-" + hex.formatHex(bytes, 16, 24) + "-01";
    }
}
