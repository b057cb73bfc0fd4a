package fr.relais.kit.access;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whose tokens are believed. The defaults are those of the development issuer, which the production profile refuses.
 *
 * @param issuer who signs the tokens, exactly as in their claim {@code iss}
 * @param audience for whom the tokens must be, as in their claim {@code aud}
 * @param jwkSetUri where the issuer's public keys are; found through the issuer's own description when not given
 * @param timeout how long to wait for the issuer
 * @param open paths that need no token, for example {@code /l/**}; nothing under {@code /api} may be among them
 * @param feeds paths to which a hospital's machine may POST; it gets in nowhere else, whatever its structure is part of
 * @param claims which claims say who somebody is
 */
@Validated
@ConfigurationProperties("relais.access")
public record AccessProperties(
        @DefaultValue("http://127.0.0.1:9000") URI issuer,
        @DefaultValue("relais") @NotBlank String audience,
        @Nullable URI jwkSetUri,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue List<String> open,
        @DefaultValue List<String> feeds,
        @DefaultValue ClaimNames claims) {}
