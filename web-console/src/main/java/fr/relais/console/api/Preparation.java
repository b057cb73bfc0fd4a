package fr.relais.console.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was ready for those who take over, as the ward said when it included the patient.
 *
 * @param order whether the order for nursing was given
 * @param material whether material and drugs are available
 * @param line phone number of the ward; null where it gave none
 * @param lineUntil until when somebody answers there; null where it was not said
 */
public record Preparation(
        boolean order,
        boolean material,
        @Nullable String line,
        @Nullable Instant lineUntil) {}
