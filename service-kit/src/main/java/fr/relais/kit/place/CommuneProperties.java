package fr.relais.kit.place;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The communes of the field of work.
 *
 * @param file CSV file of communes: code, name, inhabitants and the main town of the canton; without it communes are shown
 *     by their INSEE code, small ones too
 */
@ConfigurationProperties("relais.communes")
public record CommuneProperties(@Nullable Path file) {}
