package fr.relais.pathway.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long it stays known who read what.
 *
 * @param keepFor how long a record of the audit is kept; establishments owe six months (CSP, traces of access)
 */
@ConfigurationProperties("relais.audit")
public record AuditConfiguration(@DefaultValue("P365D") Duration keepFor) {

    private static final Duration OWED = Duration.ofDays(184);

    public AuditConfiguration {
        if (keepFor.compareTo(OWED) < 0) {
            throw new IllegalArgumentException(
                    "relais.audit.keep-for is " + keepFor + ": give at least " + OWED + ", six months are owed");
        }
    }
}
