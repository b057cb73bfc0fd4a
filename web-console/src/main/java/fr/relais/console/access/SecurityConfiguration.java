package fr.relais.console.access;

import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.client.oidc.web.server.logout.OidcClientInitiatedServerLogoutSuccessHandler;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.server.DefaultServerOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.server.ServerOAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.server.WebSessionServerOAuth2AuthorizedClientRepository;
import org.springframework.security.web.server.DefaultServerRedirectStrategy;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.ServerRedirectStrategy;
import org.springframework.security.web.server.authentication.RedirectServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.logout.DelegatingServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.SecurityContextServerLogoutHandler;
import org.springframework.security.web.server.authentication.logout.WebSessionServerLogoutHandler;
import org.springframework.security.web.server.authorization.HttpStatusServerAccessDeniedHandler;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.context.WebSessionServerSecurityContextRepository;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRequestHandler;
import org.springframework.security.web.server.csrf.XorServerCsrfTokenRequestAttributeHandler;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter.Mode;

/** Who is let in, and what a browser may do with a page. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    /** Where a login ends that came to nothing. */
    static final String NOT_LOGGED_IN = "/left?why=login";

    private static final String LOGIN = "/oauth2/authorization/" + Provider.RELAIS;

    @Bean
    ServerOAuth2AuthorizedClientRepository clients() {
        // Tokens lie in the session, encrypted with it; the usual place is the memory of one instance.
        return new WebSessionServerOAuth2AuthorizedClientRepository();
    }

    @Bean
    SecurityWebFilterChain pages(
            ServerHttpSecurity http,
            Provider provider,
            ServerOAuth2AuthorizedClientRepository clients,
            LoginProperties login) {
        DefaultServerOAuth2AuthorizationRequestResolver requests =
                new DefaultServerOAuth2AuthorizationRequestResolver(provider);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        return http.authorizeExchange(exchange -> exchange.pathMatchers(
                                "/assets/**",
                                "/webjars/**",
                                "/favicon.ico",
                                "/left",
                                "/preferences/*",
                                "/actuator/health/**")
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .oauth2Login(oauth -> oauth.clientRegistrationRepository(provider)
                        .authorizedClientRepository(clients)
                        .authorizationRequestResolver(requests)
                        .authenticationFailureHandler(
                                (exchange, failure) -> new RedirectServerAuthenticationEntryPoint(NOT_LOGGED_IN)
                                        .commence(exchange.getExchange(), failure)))
                // A letter comes as a file, its form's token beside it.
                .csrf(csrf -> csrf.csrfTokenRequestHandler(forms()).accessDeniedHandler(orLeftAlready()))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(login()))
                .logout(logout -> logout.logoutHandler(new DelegatingServerLogoutHandler(
                                new SecurityContextServerLogoutHandler(), new WebSessionServerLogoutHandler()))
                        .logoutSuccessHandler(elsewhere(provider)))
                .headers(headers -> headers.frameOptions(frames -> frames.mode(Mode.DENY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .permissionsPolicy(
                                permissions -> permissions.policy("camera=(), microphone=(), geolocation=()"))
                        .contentSecurityPolicy(csp -> csp.policyDirectives(policy(login))))
                .build();
    }

    /** Of two tabs that lock at the same moment, or are left one after the other, the second finds its session ended as it wanted. */
    private static ServerAccessDeniedHandler orLeftAlready() {
        ServerAccessDeniedHandler refused = new HttpStatusServerAccessDeniedHandler(HttpStatus.FORBIDDEN);
        ServerRedirectStrategy redirect = new DefaultServerRedirectStrategy();
        return (exchange, denied) -> exchange.getSession()
                .flatMap(session -> exchange.getRequest().getPath().value().equals("/logout")
                                && session.getAttribute(
                                                WebSessionServerSecurityContextRepository
                                                        .DEFAULT_SPRING_SECURITY_CONTEXT_ATTR_NAME)
                                        == null
                        ? redirect.sendRedirect(exchange, URI.create("/left"))
                        : refused.handle(exchange, denied));
    }

    private static ServerCsrfTokenRequestHandler forms() {
        XorServerCsrfTokenRequestAttributeHandler forms = new XorServerCsrfTokenRequestAttributeHandler();
        forms.setTokenFromMultipartDataEnabled(true);
        return forms;
    }

    /** Nothing inline and nothing from elsewhere; a logout form leads on to the identity provider. */
    private static String policy(LoginProperties login) {
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                + " connect-src 'self'; form-action 'self' " + login.origin()
                + "; frame-ancestors 'none'; base-uri 'none'";
    }

    /** A fragment cannot follow to another site: the page around it is told to load anew, and logs in. */
    private static ServerAuthenticationEntryPoint login() {
        RedirectServerAuthenticationEntryPoint page = new RedirectServerAuthenticationEntryPoint(LOGIN);
        return (exchange, failure) -> {
            if (exchange.getRequest().getHeaders().getFirst("HX-Request") == null) {
                return page.commence(exchange, failure);
            }
            exchange.getResponse().setStatusCode(HttpStatus.UNAUTHORIZED);
            exchange.getResponse().getHeaders().set("HX-Refresh", "true");
            return exchange.getResponse().setComplete();
        };
    }

    private static OidcClientInitiatedServerLogoutSuccessHandler elsewhere(Provider provider) {
        OidcClientInitiatedServerLogoutSuccessHandler handler =
                new OidcClientInitiatedServerLogoutSuccessHandler(provider);
        handler.setPostLogoutRedirectUri("{baseUrl}/left");
        handler.setLogoutSuccessUrl(URI.create("/left"));
        return handler;
    }
}
