package fr.relais.console.access;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * With whom people log in. The identity provider is that of the services ({@code relais.access.issuer}): what it signs for
 * the console, the services take.
 *
 * @param issuer address of the identity provider
 * @param clientId as which the console is registered there
 * @param clientSecret where the provider wants one; PKCE is used in either case
 * @param scopes what is asked for
 * @param timeout how long to wait for the issuer
 */
@Validated
@ConfigurationProperties("relais.access")
public record LoginProperties(
        @NotBlank String issuer,
        @DefaultValue("relais-console") @NotBlank String clientId,
        @Nullable String clientSecret,
        @DefaultValue({"openid", "profile"}) @NotEmpty List<String> scopes,
        @DefaultValue("10s") @NotNull Duration timeout) {

    /** Scheme, host and port of the identity provider: a form may lead there, at logout. */
    String origin() {
        URI address = URI.create(issuer);
        return address.getScheme() + "://" + address.getAuthority();
    }

    @Override
    public String toString() {
        return "LoginProperties[issuer=" + issuer + ", clientId=" + clientId + "]";
    }
}
