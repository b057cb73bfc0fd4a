package fr.relais.console.access;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizationContext;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.RefreshTokenReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.reactive.result.view.CsrfRequestDataValueProcessor;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Finds out who asks, before any page is made: in the session, on the event loop, so that pages need not wait for it. */
@Component
public class Visitors implements WebFilter {

    private static final String ATTRIBUTE = Visitor.class.getName();

    private static final Logger log = LoggerFactory.getLogger(Visitors.class);

    private final ServerOAuth2AuthorizedClientRepository clients;

    /** What is about to end is asked for anew a minute before, so that a page's calls still find it good. */
    private final ReactiveOAuth2AuthorizedClientProvider renewal =
            new RefreshTokenReactiveOAuth2AuthorizedClientProvider();

    private final Duration timeout;

    Visitors(ServerOAuth2AuthorizedClientRepository clients, LoginProperties login) {
        this.clients = clients;
        this.timeout = login.timeout();
    }

    /** Who asks; null where nobody is logged in. */
    public static Visitor of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE) instanceof Visitor visitor ? visitor : nobody();
    }

    /** Whether anybody is logged in. */
    public static boolean isKnown(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE) instanceof Visitor;
    }

    private static Visitor nobody() {
        throw new LoginNeeded();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .ofType(OAuth2AuthenticationToken.class)
                .flatMap(login -> clients.<OAuth2AuthorizedClient>loadAuthorizedClient(Provider.RELAIS, login, exchange)
                        .flatMap(client -> renewed(client, login, exchange))
                        .doOnNext(client -> exchange.getAttributes()
                                .put(ATTRIBUTE, visitor(login.getPrincipal(), client, exchange)))
                        .then(csrf(exchange)))
                .then(Mono.defer(() -> chain.filter(exchange)));
    }

    /**
     * With another access token where the one at hand is over and the provider gave the means: providers' tokens live for
     * minutes, a session for hours, and one on a wall for weeks. Where the provider refuses, the visitor logs in again.
     */
    private Mono<OAuth2AuthorizedClient> renewed(
            OAuth2AuthorizedClient client, OAuth2AuthenticationToken visitor, ServerWebExchange exchange) {
        if (client.getRefreshToken() == null) {
            return Mono.just(client);
        }
        return renewal.authorize(OAuth2AuthorizationContext.withAuthorizedClient(client)
                        .principal(visitor)
                        .build())
                .timeout(timeout)
                .flatMap(fresh ->
                        clients.saveAuthorizedClient(fresh, visitor, exchange).thenReturn(fresh))
                .onErrorResume(failure -> {
                    log.info("A session was not renewed: {}", failure.toString());
                    return Mono.empty();
                })
                .defaultIfEmpty(client);
    }

    /** Forms carry it; what draws them finds it there. */
    private static Mono<Void> csrf(ServerWebExchange exchange) {
        Mono<CsrfToken> token = exchange.getAttributeOrDefault(CsrfToken.class.getName(), Mono.empty());
        return token.doOnNext(found ->
                        exchange.getAttributes().put(CsrfRequestDataValueProcessor.DEFAULT_CSRF_ATTR_NAME, found))
                .then();
    }

    private static Visitor visitor(OAuth2User user, OAuth2AuthorizedClient client, ServerWebExchange exchange) {
        Set<Visitor.Role> roles = EnumSet.noneOf(Visitor.Role.class);
        if (user.getAttribute("relais_roles") instanceof Collection<?> words) {
            for (Visitor.Role role : Visitor.Role.values()) {
                if (words.contains(role.name().toLowerCase(Locale.ROOT))) {
                    roles.add(role);
                }
            }
        }
        String name = user.getAttribute("name");
        Locale language = exchange.getLocaleContext().getLocale();
        return new Visitor(
                "person:" + id(user),
                name == null ? user.getName() : name,
                roles,
                user.getAttributes(),
                client.getAccessToken().getTokenValue(),
                language == null ? Locale.FRENCH : language);
    }

    /** As the services read it: the RPPS number where there is one, else the national identifier as it is. */
    private static String id(OAuth2User user) {
        List<Object> others = new ArrayList<>();
        if (user.getAttribute("otherIds") instanceof Collection<?> ids) {
            others.addAll(ids);
        }
        for (Object other : others) {
            if (other instanceof Map<?, ?> named && "RPPS".equals(named.get("origine"))) {
                return String.valueOf(named.get("identifiant"));
            }
        }
        String national = user.getAttribute("preferred_username");
        return national == null ? user.getName() : national;
    }
}
