package fr.relais.console.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the console talks to MongoDB; addresses and credentials are Spring's own {@code spring.mongodb.*}.
 *
 * @param answersWithin how long a call may take before its connection is given up for lost; it is tried once more, and then
 *     the page says that it cannot be shown
 * @param unreachableAfter how long a store that does not answer is looked for before a page says so
 */
@Validated
@ConfigurationProperties("relais.store")
public record StoreProperties(
        @DefaultValue("5s") Duration answersWithin,
        @DefaultValue("10s") Duration unreachableAfter) {}
