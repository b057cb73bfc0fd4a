package fr.relais.notification.application;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Deliveries.
 *
 * @param platform the name under which people know this platform, as public notices say it
 * @param console address of the web console, where the links of public notices lead
 * @param firstRetry delay after the first failure; it doubles with each further one
 * @param longestRetry no delay is longer, also when the receiver asks for more
 * @param giveUpAfter how long a delivery is tried
 * @param stalledAfter an attempt without a result for so long is taken for crashed; longer than any attempt may take
 */
@Validated
@ConfigurationProperties("relais.delivery")
public record DeliveryProperties(
        @DefaultValue("Relais") @NotBlank String platform,
        @DefaultValue("http://127.0.0.1:8080") @NotNull URI console,
        @DefaultValue("10s") @NotNull Duration firstRetry,
        @DefaultValue("1h") @NotNull Duration longestRetry,
        @DefaultValue("72h") @NotNull Duration giveUpAfter,
        @DefaultValue("1m") @NotNull Duration stalledAfter) {

    /** How long an attempt may wait for its turn before it is journaled once more. */
    public Duration leavesWithin() {
        return stalledAfter.dividedBy(12);
    }
}
