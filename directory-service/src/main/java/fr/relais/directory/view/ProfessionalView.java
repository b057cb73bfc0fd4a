package fr.relais.directory.view;

import fr.relais.events.DirectoryEvent.Availability;
import fr.relais.events.DirectoryEvent.Contact;
import fr.relais.events.DirectoryEvent.Membership;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A professional as searched. Of those who left, nothing but the number is kept, so that no index finds them.
 *
 * @param id the stream's id
 * @param number RPPS number or national identifier
 * @param listed whether they are in the directory now
 * @param folded the name as it is searched
 * @param availability what they said about being asked
 * @param practised specialties, each alone and with each commune and structure ({@code SM04}, {@code SM04@23096})
 * @param spans memberships as they are searched
 * @param spread an evenly spread number, see {@link Names#spread}
 */
public record ProfessionalView(
        String id,
        String number,
        boolean listed,
        @Nullable String profession,
        @Nullable String name,
        @Nullable String folded,
        List<String> specialties,
        List<String> structures,
        List<String> communes,
        List<String> delegateOf,
        @Nullable Availability availability,
        @Nullable List<Membership> memberships,
        @Nullable List<Contact> contacts,
        List<String> practised,
        List<Span> spans,
        long spread) {

    /** The word under which a specialty is found in a commune or structure. */
    static String practised(String specialty, String where) {
        return specialty + "@" + where;
    }

    static ProfessionalView of(String stream, ProfessionalListed as) {
        return new ProfessionalView(
                stream,
                as.id(),
                true,
                as.profession(),
                as.name(),
                Names.folded(as.name()),
                as.specialties(),
                as.structures(),
                as.communes(),
                as.delegateOf(),
                as.availability(),
                as.memberships(),
                as.contacts(),
                as.specialties().stream()
                        .flatMap(specialty -> Stream.concat(
                                Stream.of(specialty),
                                Stream.concat(as.communes().stream(), as.structures().stream())
                                        .map(where -> practised(specialty, where))))
                        .toList(),
                Span.of(List.of(), as.memberships()),
                Names.spread(as.id()));
    }

    static ProfessionalView retired(String stream, String number) {
        return new ProfessionalView(
                stream, number, false, null, null, null, List.of(), List.of(), List.of(), List.of(), null, null, null,
                List.of(), List.of(), 0);
    }

    /** The entry as the event says it. */
    public ProfessionalListed listing() {
        return new ProfessionalListed(
                number,
                profession,
                name == null ? "" : name,
                specialties,
                structures,
                communes,
                delegateOf,
                availability,
                memberships,
                contacts);
    }
}
