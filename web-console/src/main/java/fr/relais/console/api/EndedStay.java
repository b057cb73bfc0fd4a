package fr.relais.console.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stay that ended without a pathway.
 *
 * @param patient internal id, with which the ward may include the patient
 * @param facility as the hospital's messages name it
 * @param destination how the patient left, where the hospital said
 */
public record EndedStay(
        String stay,
        String patient,
        String facility,
        @Nullable String unit,
        Instant endedAt,
        @Nullable String destination) {}
