package fr.relais.pathway.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How hospital messages are kept. What a message says is deleted early; that it came, and what became of it, is kept
 * longer. Those in triage stay whole until somebody decides.
 *
 * @param lease how long an instance may hold a message before another takes it over; longer than any processing takes
 * @param keepFor how long the content of a message is kept once nothing more is to be done about it
 * @param keepUnfollowedFor the same for messages that concern nobody whom a pathway follows
 * @param keepRecordFor how long it is known that a message came, without its content; a repeat is known so long
 * @param sweepEvery how often contents, documents, notes and audit records whose time is over are looked for
 */
@ConfigurationProperties("relais.hospital-messages")
public record HospitalMessagesConfiguration(
        @DefaultValue("PT1M") Duration lease,
        @DefaultValue("P30D") Duration keepFor,
        @DefaultValue("P7D") Duration keepUnfollowedFor,
        @DefaultValue("P365D") Duration keepRecordFor,
        @DefaultValue("PT10M") Duration sweepEvery) {

    public HospitalMessagesConfiguration {
        atLeast("lease", lease, Duration.ofSeconds(1));
        atLeast("keep-for", keepFor, Duration.ofDays(1));
        atLeast("keep-unfollowed-for", keepUnfollowedFor, Duration.ofDays(1));
        atLeast("keep-record-for", keepRecordFor, keepFor);
        atLeast("keep-record-for", keepRecordFor, keepUnfollowedFor);
        atLeast("sweep-every", sweepEvery, Duration.ofMillis(100));
    }

    private static void atLeast(String property, Duration given, Duration least) {
        if (given.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "relais.hospital-messages." + property + " is " + given + ": give at least " + least);
        }
    }
}
