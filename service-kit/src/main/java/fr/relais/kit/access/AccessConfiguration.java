package fr.relais.kit.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSecurityContextJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import fr.relais.kit.problem.ProblemWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Who may come in: everything wants a bearer token of the issuer, except health and metrics on the management port and
 * the paths that are declared open. Nothing is kept between requests.
 */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.reactive.ReactiveOAuth2ResourceServerAutoConfiguration"
        },
        afterName = "fr.relais.kit.problem.ProblemConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@EnableConfigurationProperties(AccessProperties.class)
@EnableWebFluxSecurity
class AccessConfiguration {

    private static final String[] OPERATORS_ONLY = {
        "/api/v1/dead-letters",
        "/api/v1/dead-letters/**",
        "/api/v1/journal",
        "/api/v1/journal/**",
        "/api/v1/views",
        "/api/v1/views/**"
    };

    AccessConfiguration(AccessProperties properties, Environment environment) {
        properties.open().stream()
                .filter(path -> path.startsWith("/api") || !path.startsWith("/") || path.startsWith("/*"))
                .findFirst()
                .ifPresent(path -> {
                    throw new IllegalStateException("relais.access.open lists '" + path
                            + "': open paths begin with / and a word of their own, and the API is never open");
                });
        if (environment.acceptsProfiles(Profiles.of("production | prod"))) {
            refuseDevelopment("relais.access.issuer", properties.issuer());
            refuseDevelopment("relais.access.jwk-set-uri", properties.jwkSetUri());
        }
    }

    private static void refuseDevelopment(String property, @Nullable URI uri) {
        if (uri != null && (!"https".equals(uri.getScheme()) || isThisMachine(uri.getHost()))) {
            throw new IllegalStateException(property + " is " + uri
                    + ", as for development; under the production profile it must be the https address of your"
                    + " real identity provider");
        }
    }

    private static boolean isThisMachine(@Nullable String host) {
        if (host == null || host.equalsIgnoreCase("localhost") || host.endsWith(".localhost")) {
            return true;
        }
        // Only addresses are looked at: a name may not be known yet while this starts.
        if (!host.matches("[0-9.]+|\\[.*]")) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || address.isAnyLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Mono<AuthorizationResult> isNoFeed(Mono<Authentication> known, AuthorizationContext context) {
        return known.map(caller -> new AuthorizationDecision(caller.isAuthenticated()
                        && caller.getAuthorities().stream().noneMatch(role -> "ROLE_FEED".equals(role.getAuthority()))))
                .map(AuthorizationResult.class::cast)
                .defaultIfEmpty(new AuthorizationDecision(false));
    }

    @Bean
    @ConditionalOnMissingBean
    SigningKeys issuerKeys(AccessProperties properties) {
        return new IssuerKeys(properties, WebClient.create());
    }

    @Bean
    ReactiveJwtDecoder jwtDecoder(AccessProperties properties, SigningKeys keys) {
        NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSource(keys)
                // Signatures by a public key only; with a shared secret, whoever checks could sign.
                .jwtProcessorCustomizer(processor -> processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                        Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256),
                        new JWKSecurityContextJWKSet())))
                .validateType(false)
                .build();
        JwtTimestampValidator times = new JwtTimestampValidator();
        times.setAllowEmptyExpiryClaim(false);
        JwtTypeValidator types = new JwtTypeValidator("JWT", "at+jwt");
        types.setAllowEmpty(true);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<Jwt>(List.of(
                types,
                times,
                new JwtIssuerValidator(properties.issuer().toString()),
                new JwtClaimValidator<Collection<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(properties.audience())))));
        return decoder;
    }

    @Bean
    @ConditionalOnMissingBean
    SecurityWebFilterChain accessChain(
            ServerHttpSecurity http, AccessProperties properties, ReactiveJwtDecoder decoder, ProblemWriter writer) {
        AccessProblems problems = new AccessProblems(writer);
        JwtReactiveAuthenticationManager checking = new JwtReactiveAuthenticationManager(decoder);
        checking.setJwtAuthenticationConverter(new TokenReader(properties.claims()));
        KnownTokens tokens = new KnownTokens(checking);
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .cors(ServerHttpSecurity.CorsSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .permissionsPolicy(policy -> policy.policy("geolocation=(), camera=(), microphone=()")))
                .authorizeExchange(paths -> {
                    paths.matchers(EndpointRequest.toAnyEndpoint()).permitAll();
                    if (!properties.open().isEmpty()) {
                        paths.pathMatchers(properties.open().toArray(String[]::new))
                                .permitAll();
                    }
                    paths.pathMatchers(HttpMethod.TRACE).denyAll();
                    // Before a word of the request is read: a machine's token, once stolen, must open nothing that
                    // people see.
                    if (!properties.feeds().isEmpty()) {
                        paths.pathMatchers(HttpMethod.POST, properties.feeds().toArray(String[]::new))
                                .authenticated();
                    }
                    paths.pathMatchers(OPERATORS_ONLY).hasRole(Role.OPERATOR.name());
                    paths.anyExchange().access(AccessConfiguration::isNoFeed);
                })
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems)
                        .jwt(jwt -> jwt.authenticationManager(tokens)))
                .build();
    }
}
