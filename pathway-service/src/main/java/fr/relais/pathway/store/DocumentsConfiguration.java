package fr.relais.pathway.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long documents and notes about patients are kept.
 *
 * @param keepFor how long a document is kept; its sender has the original
 * @param keepUnfollowedFor the same for documents about somebody whom no pathway follows; one that opens in that time hears
 *     of them
 * @param keepNotesFor how long a note is kept: as long as the longest pathway runs
 */
@ConfigurationProperties("relais.documents")
public record DocumentsConfiguration(
        @DefaultValue("P30D") Duration keepFor,
        @DefaultValue("P7D") Duration keepUnfollowedFor,
        @DefaultValue("P200D") Duration keepNotesFor) {

    private static final Duration LEAST = Duration.ofDays(1);

    public DocumentsConfiguration {
        for (Duration each : new Duration[] {keepFor, keepUnfollowedFor, keepNotesFor}) {
            if (each.compareTo(LEAST) < 0) {
                throw new IllegalArgumentException("relais.documents keeps something for " + each
                        + " only: give at least P1D, as a repeat is known only while the document is kept");
            }
        }
    }
}
