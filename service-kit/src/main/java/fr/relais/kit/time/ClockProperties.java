package fr.relais.kit.time;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The business clock.
 *
 * @param offsetFile file that holds an ISO-8601 duration such as PT48H by which the clock of every service that reads it
 *     runs ahead; for development and tests only, refused under the production profile
 */
@ConfigurationProperties("relais.clock")
public record ClockProperties(@Nullable Path offsetFile) {}
