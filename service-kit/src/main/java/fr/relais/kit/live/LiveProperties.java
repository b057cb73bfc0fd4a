package fr.relais.kit.live;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How open pages are told what changed.
 *
 * @param remembered changes that an instance keeps in memory, from which pages resume
 * @param heartbeat a comment is sent after so long a silence, so that proxies keep the line and dead ones are found
 * @param subscribers open pages that one instance serves; beyond, the answer is 503
 * @param buffer changes that wait for one slow page; beyond, its stream ends and it resumes when it comes back
 * @param patience how long to wait for a change that another instance has told and this one has not yet read
 */
@Validated
@ConfigurationProperties("relais.live")
public record LiveProperties(
        @DefaultValue("20000") @Min(1) int remembered,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("5000") @Min(1) int subscribers,
        @DefaultValue("256") @Min(8) int buffer,
        @DefaultValue("5s") Duration patience) {}
