package fr.relais.console.access;

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
 * Ends a login that hangs. Whoever comes back from the identity provider waits while the console asks it three things, and
 * nothing else sets an end to that: a provider that takes a question and never answers would leave a white page for ever.
 */
@Component
@Order(LoginInTime.BEFORE_THE_LOGIN)
class LoginInTime implements WebFilter {

    /** Spring Security's filters stand at -100. */
    static final int BEFORE_THE_LOGIN = -101;

    private static final Logger log = LoggerFactory.getLogger(LoginInTime.class);
    private static final String FROM_THE_PROVIDER = "/login/oauth2/code/";

    private final ServerRedirectStrategy redirect = new DefaultServerRedirectStrategy();
    private final LoginProperties login;

    LoginInTime(LoginProperties login) {
        this.login = login;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Mono<Void> rest = chain.filter(exchange);
        return exchange.getRequest().getPath().value().startsWith(FROM_THE_PROVIDER)
                ? rest.timeout(login.timeout()).onErrorResume(TimeoutException.class, late -> {
                    log.warn("A login was not done within {}: {} does not answer", login.timeout(), login.issuer());
                    return redirect.sendRedirect(exchange, URI.create(SecurityConfiguration.NOT_LOGGED_IN));
                })
                : rest;
    }
}
