package fr.relais.pathway.application;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Rules of pathways that differ from one territory to another.
 *
 * @param recentDischarge how old a discharge may be to start a pathway that is opened after it; an older one waits for
 *     the next stay
 * @param coordinator FINESS number of the structure whose coordinators watch pathways that name none; without it their
 *     owner watches them
 * @param hospitalRules YAML file with the rules by which hospitals include patients themselves, as agreed with each of
 *     them, such as {@code file:/etc/relais/hospital-rules.yaml}; without it there are none
 * @param templates folder of a territory's own templates beside the built-in ones, such as {@code
 *     file:/etc/relais/templates}; the same on every instance, and a file that was used once never changes
 */
@Validated
@ConfigurationProperties("relais.pathway")
public record PathwayProperties(
        @DefaultValue("7d") Duration recentDischarge,
        @Nullable String coordinator,
        @Nullable String hospitalRules,
        @Nullable String templates) {}
