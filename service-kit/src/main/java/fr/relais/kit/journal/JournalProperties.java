package fr.relais.kit.journal;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The journal of a service.
 *
 * @param behind what to do at start when Kafka holds events of this service that its journal does not, as after MongoDB was
 *     restored from a backup: {@code refuse} to start and list them, or {@code adopt} them into the journal
 */
@Validated
@ConfigurationProperties("relais.journal")
public record JournalProperties(@DefaultValue("refuse") Behind behind) {

    /** What to do with a journal that is behind Kafka. */
    public enum Behind {
        REFUSE,
        ADOPT
    }
}
