package fr.relais.kit.web;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much one instance takes on over HTTP.
 *
 * @param concurrent requests that run at once; keep it near the size of MongoDB's connection pool
 * @param waiting requests that may wait for their turn; beyond, the answer is 503 with {@code Retry-After}
 * @param retryAfter what callers are told to wait when it is too much
 * @param patience how long a read waits for a view that is behind what the caller has written
 * @param writeTimeout a client that takes nothing for so long is cut off
 * @param drain how long an instance that stops goes on serving after it has said that it is not ready: twice as long as
 *     your load balancer waits between two looks; none where nobody looks
 */
@Validated
@ConfigurationProperties("relais.web")
public record WebProperties(
        @DefaultValue("100") @Min(1) int concurrent,
        @DefaultValue("400") @Min(0) int waiting,
        @DefaultValue("1s") Duration retryAfter,
        @DefaultValue("2s") Duration patience,
        @DefaultValue("30s") Duration writeTimeout,
        @DefaultValue("0s") Duration drain) {}
