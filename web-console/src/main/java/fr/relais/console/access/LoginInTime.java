package fr.relais.console.access;

import fr.relais.console.store.SessionsUnreadable;
import java.net.URI;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.security.web.server.DefaultServerRedirectStrategy;
import org.springframework.security.web.server.ServerRedirectStrategy;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Ends a login that comes to nothing with the page that says so. Whoever is sent to the identity provider waits while the
 * console asks where it is, and whoever comes back while it is asked three things more; a provider that is away is an error
 * there, and one that takes a question and never answers would leave a white page for ever.
 */
@Component
@Order(LoginInTime.BEFORE_THE_LOGIN)
class LoginInTime implements WebFilter {

    /** Spring Security's filters stand at -100. */
    static final int BEFORE_THE_LOGIN = -101;

    private static final Logger log = LoggerFactory.getLogger(LoginInTime.class);
    private static final String TO_THE_PROVIDER = "/oauth2/authorization/";
    private static final String FROM_THE_PROVIDER = "/login/oauth2/code/";

    private final ServerRedirectStrategy redirect = new DefaultServerRedirectStrategy();
    private final LoginProperties login;

    LoginInTime(LoginProperties login) {
        this.login = login;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        Mono<Void> rest = chain.filter(exchange);
        if (path.startsWith(TO_THE_PROVIDER)) {
            return rest.onErrorResume(
                    failure -> !(failure instanceof SessionsUnreadable), failure -> nothing(exchange, failure));
        }
        return path.startsWith(FROM_THE_PROVIDER)
                ? rest.timeout(login.timeout())
                        .onErrorResume(TimeoutException.class, failure -> nothing(exchange, failure))
                : rest;
    }

    private Mono<Void> nothing(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        log.warn("A login came to nothing, {} does not answer: {}", login.issuer(), failure.toString());
        return redirect.sendRedirect(exchange, URI.create(SecurityConfiguration.NOT_LOGGED_IN));
    }
}
