package fr.relais.notification.application;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Webhooks.
 *
 * @param allowLoopback whether receivers on this machine are taken, also without TLS; for development only
 * @param allowPrivateNetworks whether receivers may have addresses inside private networks
 * @param connectTimeout how long a receiver may take to answer the telephone
 * @param timeout how long one attempt may take as a whole; shorter than eleven twelfths of {@code relais.delivery.stalled-after}
 * @param atOnce how many attempts run at the same time towards one host
 * @param places how many attempts run or wait for one host; others wait for their deadline
 * @param key 32 bytes in Base64 that encrypt the secrets of receivers where they are stored
 */
@Validated
@ConfigurationProperties("relais.webhook")
public record WebhookProperties(
        @DefaultValue("false") boolean allowLoopback,
        @DefaultValue("false") boolean allowPrivateNetworks,
        @DefaultValue("3s") @NotNull Duration connectTimeout,
        @DefaultValue("10s") @NotNull Duration timeout,
        @DefaultValue("4") @Min(1) @Max(64) int atOnce,
        @DefaultValue("256") @Min(1) @Max(10_000) int places,
        @NotBlank String key) {

    @Override
    public String toString() {
        return "WebhookProperties[allowLoopback=" + allowLoopback + ", allowPrivateNetworks=" + allowPrivateNetworks
                + ", timeout=" + timeout + "]";
    }
}
