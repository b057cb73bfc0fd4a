package fr.relais.pathway.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What pathways need to know of somebody in the directory.
 *
 * @param party key of the person or structure; null for who left the directory
 * @param delegateOf ids of those for whom they set appointments
 * @param absences by their first day
 */
public record ColleagueView(String id, @Nullable String party, List<String> delegateOf, List<Away> absences) {

    /**
     * Somebody is away. Days are kept as text: stored as instants they would be other days in another time zone.
     *
     * @param from first civil day, as {@code 2026-03-03}
     * @param to last civil day
     * @param substitute key of who is asked instead
     */
    public record Away(String from, String to, @Nullable String substitute) {

        boolean holdsOn(String day) {
            return from.compareTo(day) <= 0 && day.compareTo(to) <= 0;
        }
    }

    public ColleagueView {
        delegateOf = List.copyOf(delegateOf);
        absences = List.copyOf(absences);
    }
}
