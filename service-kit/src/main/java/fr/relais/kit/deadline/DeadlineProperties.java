package fr.relais.kit.deadline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How deadlines are polled.
 *
 * @param pollEvery pause between two looks at what is due
 * @param claim how long a claimed deadline is left to the instance that claimed it, in real time
 * @param batch most deadlines claimed at once
 */
@Validated
@ConfigurationProperties("relais.deadline")
public record DeadlineProperties(
        @DefaultValue("250ms") Duration pollEvery,
        @DefaultValue("30s") Duration claim,
        @DefaultValue("1000") @Min(1) @Max(10_000) int batch) {}
