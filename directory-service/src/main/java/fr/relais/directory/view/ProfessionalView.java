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
 * @param names how many rows of names there ever were, see {@link ProfessionalName}
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
        int names,
        long spread) {

    /** The word under which a specialty is found in a commune or structure. */
    static String practised(String specialty, String where) {
        return specialty + "@" + where;
    }

    static ProfessionalView of(String stream, ProfessionalListed as, @Nullable ProfessionalView before) {
        String folded = Names.folded(as.name());
        return new ProfessionalView(
                stream,
                as.id(),
                true,
                as.profession(),
                as.name(),
                folded,
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
                Math.max(Names.beginnings(folded).size(), before == null ? 0 : before.names),
                Names.spread(as.id()));
    }

    static ProfessionalView retired(String stream, String number, @Nullable ProfessionalView before) {
        return new ProfessionalView(
                stream,
                number,
                false,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                before == null ? 0 : before.names,
                0);
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
