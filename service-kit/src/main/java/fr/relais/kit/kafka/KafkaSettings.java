package fr.relais.kit.kafka;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How this service talks to Kafka; addresses and credentials are Spring's own {@code spring.kafka.*}.
 *
 * @param replication copies of each partition of the topics that are made at start; 3 in production
 * @param minInSyncReplicas copies that must have a record before it counts as sent; 2 in production
 * @param concurrency consumer threads of each view and reaction in one instance
 * @param batch most records a listener takes at once
 * @param liveRetention how long live changes can be resumed from
 * @param replayAskedEvery how long a view waits for events it asked for before it asks again
 */
@Validated
@ConfigurationProperties("relais.kafka")
public record KafkaSettings(
        @DefaultValue("1") @Min(1) short replication,
        @DefaultValue("1") @Min(1) short minInSyncReplicas,
        @DefaultValue("1") @Min(1) int concurrency,
        @DefaultValue("500") @Min(1) int batch,
        @DefaultValue("10m") Duration liveRetention,
        @DefaultValue("15s") Duration replayAskedEvery) {}
