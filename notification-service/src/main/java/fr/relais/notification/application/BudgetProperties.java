package fr.relais.notification.application;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.LocalTime;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How often people may be interrupted.
 *
 * @param pushesADay notices that come to a person by themselves in a day, offers not counted; the rest comes in one digest
 * @param earliestDigest earliest time of a digest that a person may choose, in Europe/Paris
 * @param latestDigest latest time of a digest that a person may choose, in Europe/Paris
 */
@Validated
@ConfigurationProperties("relais.budget")
public record BudgetProperties(
        @DefaultValue("3") @Min(1) @Max(100) int pushesADay,
        @DefaultValue("06:00") @NotNull LocalTime earliestDigest,
        @DefaultValue("10:00") @NotNull LocalTime latestDigest) {}
