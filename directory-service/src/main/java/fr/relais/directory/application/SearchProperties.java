package fr.relais.directory.application;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How searches for somebody who takes a step are answered.
 *
 * @param lookedAt professionals, and teams, that a search looks at in the commune; where there are more, each search
 *     begins at another place
 */
@Validated
@ConfigurationProperties("relais.search")
public record SearchProperties(
        @DefaultValue("300") @Min(1) @Max(1_000) int lookedAt) {}
