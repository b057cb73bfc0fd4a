package fr.relais.console.access;

import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/**
 * A session that a screen on a wall has: nobody stands before it, so it neither locks nor leads anywhere. Whoever touches
 * that screen reaches the numbers, the way out, and no other page.
 */
@Component
public class Wall implements WebFilter {

    /** Under which a session says that it is a wall's. */
    public static final String ATTRIBUTE = "relais.wall";

    /** What a wall loads, how it logs in anew, and how it is left. */
    private static final List<String> ITS_OWN = List.of(
            "/live", "/assets/", "/webjars/", "/favicon.ico", "/logout", "/left", "/oauth2/", "/login/", "/actuator/");

    /** From now on the session is a wall's, until it is over. */
    public static void begin(WebSession session) {
        session.getAttributes().put(ATTRIBUTE, true);
    }

    /** Whether the session is a wall's. */
    public static boolean is(WebSession session) {
        return Boolean.TRUE.equals(session.getAttribute(ATTRIBUTE));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        if (path.equals("/wall") || ITS_OWN.stream().anyMatch(path::startsWith)) {
            return chain.filter(exchange);
        }
        return exchange.getSession().flatMap(session -> {
            if (!is(session)) {
                return chain.filter(exchange);
            }
            exchange.getResponse().setStatusCode(HttpStatus.SEE_OTHER);
            exchange.getResponse().getHeaders().setLocation(URI.create("/wall"));
            return exchange.getResponse().setComplete();
        });
    }
}
