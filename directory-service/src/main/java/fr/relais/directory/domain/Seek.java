package fr.relais.directory.domain;

import fr.relais.events.Party;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is sought.
 *
 * @param profession code of TRE_G15
 * @param specialty code of TRE_R38, where one is needed
 * @param commune INSEE code of where the care is given
 * @param chosen whom the patient chose
 * @param circle who already cares for the patient
 * @param askedBefore who was asked already and is not asked again
 * @param on the day of asking, in Europe/Paris: who is full or away then
 * @param turn decides whose turn it is among equals: another text, another order, the same text, the same order
 */
public record Seek(
        String profession,
        @Nullable String specialty,
        String commune,
        Set<Party> chosen,
        Set<Party> circle,
        Set<Party> askedBefore,
        LocalDate on,
        String turn) {

    public Seek {
        chosen = Set.copyOf(chosen);
        circle = Set.copyOf(circle);
        askedBefore = Set.copyOf(askedBefore);
    }

    /** The codes under which somebody who serves the commune may be listed. */
    public List<String> communes() {
        return Communes.covering(commune);
    }

    /** The codes of the specialty that is sought; empty when none is. */
    public List<String> specialties() {
        return specialty == null ? List.of() : Specialties.alike(specialty);
    }
}
