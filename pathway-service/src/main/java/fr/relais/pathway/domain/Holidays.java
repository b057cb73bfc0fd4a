package fr.relais.pathway.domain;

import java.time.LocalDate;
import java.util.Set;

/**
 * French public holidays around the time of a command.
 *
 * @param everywhere holidays of the whole country
 * @param alsaceMoselle the two more of the departments 57, 67 and 68
 */
public record Holidays(Set<LocalDate> everywhere, Set<LocalDate> alsaceMoselle) {

    public Holidays {
        everywhere = Set.copyOf(everywhere);
        alsaceMoselle = Set.copyOf(alsaceMoselle);
    }

    /** Whether that day is one, in that commune (INSEE code). */
    boolean on(LocalDate day, String commune) {
        return everywhere.contains(day)
                || (alsaceMoselle.contains(day)
                        && (commune.startsWith("57") || commune.startsWith("67") || commune.startsWith("68")));
    }
}
