package fr.relais.localstack.issuer;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import fr.relais.localstack.persona.DevTokens;
import fr.relais.localstack.persona.Personas;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/** The protocol: which client, which users, which keys, which claims. */
@Configuration(proxyBeanMethods = false)
class IssuerConfiguration {

    /** The web console: a public client that proves itself by PKCE. */
    static final String CONSOLE = "relais-console";

    static final String CONSOLE_ADDRESS = "http://127.0.0.1:8080";

    /** Everybody's: choosing a persona is the login. */
    static final String PASSWORD = "relais";

    @Bean
    DevTokens tokens(
            @Value("${relais.issuer.url:" + DevTokens.ISSUER + "}") String issuer,
            @Value("${relais.issuer.folder:.relais/issuer}") Path folder) {
        return DevTokens.keptIn(folder, issuer);
    }

    @Bean
    AuthorizationServerSettings settings(DevTokens tokens) {
        return AuthorizationServerSettings.builder().issuer(tokens.issuer()).build();
    }

    @Bean
    JWKSource<SecurityContext> keys(DevTokens tokens) {
        return new ImmutableJWKSet<>(new JWKSet(new RSAKey.Builder(tokens.publicKey())
                .privateKey(tokens.keys().getPrivate())
                .keyID(tokens.keyId())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .build()));
    }

    @Bean
    RegisteredClientRepository clients(@Value("${relais.issuer.console:" + CONSOLE_ADDRESS + "}") String console) {
        List<String> addresses = Stream.concat(
                        Stream.of(console),
                        Personas.all().personas().stream().map(persona -> as(persona.key(), console)))
                .toList();
        return new InMemoryRegisteredClientRepository(RegisteredClient.withId(CONSOLE)
                .clientId(CONSOLE)
                .clientName("Relais")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUris(all -> addresses.forEach(one -> all.add(one + "/login/oauth2/code/relais")))
                .postLogoutRedirectUris(all -> addresses.forEach(one -> all.addAll(List.of(one + "/", one + "/left"))))
                .scope(OidcScopes.OPENID)
                .scope(OidcScopes.PROFILE)
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(DevTokens.LIFETIME)
                        .build())
                .build());
    }

    /** Where the console is opened as a persona: {@code http://nurse-anne.localhost:8080}. */
    static String as(String persona, String console) {
        URI address = URI.create(console);
        return address.getScheme() + "://" + persona + ".localhost"
                + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }

    @Bean
    UserDetailsService users() {
        List<UserDetails> users = Personas.all().personas().stream()
                .map(persona -> User.withUsername(persona.key())
                        .password("{noop}" + PASSWORD)
                        .authorities("PERSONA")
                        .build())
                .toList();
        return new InMemoryUserDetailsManager(users);
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims() {
        return context -> {
            Authentication chosen = context.getPrincipal();
            Personas.get(Objects.requireNonNull(chosen).getName())
                    .claims(Personas.all())
                    .forEach((name, value) -> context.getClaims().claim(name, value));
            if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
                context.getClaims().audience(List.of(DevTokens.AUDIENCE));
            }
        };
    }

    @Bean
    @Order(1)
    SecurityFilterChain protocol(HttpSecurity http) throws Exception {
        return http.oauth2AuthorizationServer(server -> {
                    http.securityMatcher(server.getEndpointsMatcher());
                    server.oidc(Customizer.withDefaults());
                })
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .addFilterAfter(new PersonaByHost(), SecurityContextHolderFilter.class)
                .exceptionHandling(errors -> errors.defaultAuthenticationEntryPointFor(
                        new LoginUrlAuthenticationEntryPoint("/login"),
                        new MediaTypeRequestMatcher(MediaType.TEXT_HTML)))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(
                        requests -> requests.requestMatchers("/", "/login", "/token", "/try", "/personas", "/error")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                // A page of another site may not fetch tokens: it cannot read the answer, and nothing changes by
                // asking.
                .csrf(csrf -> csrf.ignoringRequestMatchers("/token"))
                .formLogin(form -> form.loginPage("/login"))
                .build();
    }
}
