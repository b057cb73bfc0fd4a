package fr.relais.kit.journal;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this service talks to MongoDB; addresses and credentials are Spring's own {@code spring.mongodb.*}.
 *
 * @param connections most connections at once
 * @param connectionWait how long a request waits for a free connection before it is told to come back
 * @param answersWithin how long a call may take before its connection is given up for lost and the call fails, to be
 *     repeated; longer than the longest index takes to build
 * @param unreachableAfter how long a store that does not answer is looked for before a request fails
 */
@Validated
@ConfigurationProperties("relais.store")
public record StoreProperties(
        @DefaultValue("64") @Min(1) int connections,
        @DefaultValue("5s") Duration connectionWait,
        @DefaultValue("60s") Duration answersWithin,
        @DefaultValue("10s") Duration unreachableAfter) {}
