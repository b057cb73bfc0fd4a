package fr.relais.console.access;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The identity provider, asked for its endpoints at the first login and not at the start: the console starts, and shows
 * that it is there, also while the provider is away.
 */
@Component
class Provider implements ReactiveClientRegistrationRepository {

    /** The one registration; part of the address to which the provider sends people back. */
    static final String RELAIS = "relais";

    private final Mono<ClientRegistration> registration;

    Provider(LoginProperties login) {
        this.registration = Mono.fromCallable(() -> discover(login))
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(login.timeout())
                // What failed is asked again by the next who wants to log in.
                .cacheInvalidateIf(found -> false);
    }

    private static ClientRegistration discover(LoginProperties login) {
        String secret = login.clientSecret();
        ClientRegistration.Builder found = ClientRegistrations.fromIssuerLocation(login.issuer())
                .registrationId(RELAIS)
                .clientId(login.clientId())
                .scope(login.scopes())
                .redirectUri("{baseUrl}/login/oauth2/code/{registrationId}");
        return secret == null || secret.isBlank()
                ? found.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .build()
                : found.clientSecret(secret).build();
    }

    @Override
    public Mono<ClientRegistration> findByRegistrationId(String registrationId) {
        return registrationId.equals(RELAIS) ? registration : Mono.empty();
    }
}
