package fr.relais.pathway.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How hospital messages are kept.
 *
 * @param lease how long an instance may hold a message before another takes it over; longer than any processing takes
 * @param keepFor how long a message is kept once nothing more is to be done about it; those in triage stay
 */
@ConfigurationProperties("relais.hospital-messages")
public record HospitalMessagesConfiguration(
        @DefaultValue("PT1M") Duration lease,
        @DefaultValue("P30D") Duration keepFor) {

    public HospitalMessagesConfiguration {
        if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("relais.hospital-messages.lease is " + lease + ": give at least PT1S");
        }
        if (keepFor.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("relais.hospital-messages.keep-for is " + keepFor
                    + ": give at least P1D, as a repeat is known only while the message is kept");
        }
    }
}
