package fr.relais.console.api;

import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the services are.
 *
 * @param directory base address of directory-service
 * @param pathway base address of pathway-service
 * @param notification base address of notification-service
 * @param timeout how long a page waits for one answer
 * @param silence how long the stream of changes may bring nothing, not even the comment of a quiet time
 *     ({@code relais.live.heartbeat} of pathway-service), before it is given up for lost
 */
@Validated
@ConfigurationProperties("relais.services")
public record ServicesProperties(
        @NotNull URI directory,
        @NotNull URI pathway,
        @NotNull URI notification,
        @DefaultValue("5s") @NotNull Duration timeout,
        @DefaultValue("45s") @NotNull Duration silence) {}
