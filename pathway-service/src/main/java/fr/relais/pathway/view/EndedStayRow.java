package fr.relais.pathway.view;

import fr.relais.events.EncounterEvent.Destination;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stay that ended: in a ward's list as long as it is open.
 *
 * @param patient internal id
 * @param facility as the hospital's messages name it (MSH-4)
 * @param unit number that the hospital gives its unit, where it said
 * @param destination null where the hospital did not say how the patient left
 */
public record EndedStayRow(
        String id,
        String patient,
        String stay,
        String facility,
        @Nullable String unit,
        Instant endedAt,
        @Nullable Destination destination,
        boolean open) {}
