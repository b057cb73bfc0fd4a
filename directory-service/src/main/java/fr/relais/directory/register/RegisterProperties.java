package fr.relais.directory.register;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How files are loaded into the directory.
 *
 * @param batch lines that are applied side by side
 * @param reportLines lines that the report of a load shows, and rejected lines beside; all are counted
 */
@Validated
@ConfigurationProperties("relais.register")
public record RegisterProperties(
        @DefaultValue("200") @Min(1) @Max(2_000) int batch,
        @DefaultValue("10000") @Min(0) @Max(100_000) int reportLines) {}
