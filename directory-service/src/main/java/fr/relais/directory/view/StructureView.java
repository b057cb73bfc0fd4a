package fr.relais.directory.view;

import fr.relais.events.DirectoryEvent.Availability;
import fr.relais.events.DirectoryEvent.Contact;
import fr.relais.events.DirectoryEvent.Membership;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureType;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A structure as searched. Of those that left, nothing but the number is kept, so that no index finds them.
 *
 * @param id the stream's id
 * @param number FINESS number
 * @param listed whether it is in the directory now
 * @param folded the name as it is searched
 * @param serves communes served, the seat among them
 * @param availability what it said about being asked
 * @param spans memberships as they are searched
 * @param names how many rows of names there ever were, see {@link StructureName}
 * @param spread an evenly spread number, see {@link Names#spread}
 */
public record StructureView(
        String id,
        String number,
        boolean listed,
        @Nullable StructureType type,
        @Nullable String name,
        @Nullable String folded,
        @Nullable String commune,
        List<String> communes,
        List<String> serves,
        List<String> memberOf,
        @Nullable Availability availability,
        @Nullable List<Membership> memberships,
        @Nullable List<Contact> contacts,
        List<Span> spans,
        int names,
        long spread) {

    static StructureView of(String stream, StructureListed as, @Nullable StructureView before) {
        String folded = Names.folded(as.name());
        return new StructureView(
                stream,
                as.id(),
                true,
                as.type(),
                as.name(),
                folded,
                as.commune(),
                as.communes(),
                Stream.concat(Stream.of(as.commune()), as.communes().stream())
                        .distinct()
                        .sorted()
                        .toList(),
                as.memberOf(),
                as.availability(),
                as.memberships(),
                as.contacts(),
                Span.of(as.memberOf(), as.memberships()),
                Math.max(Names.beginnings(folded).size(), before == null ? 0 : before.names),
                Names.spread(as.id()));
    }

    static StructureView retired(String stream, String number, @Nullable StructureView before) {
        return new StructureView(
                stream,
                number,
                false,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                before == null ? 0 : before.names,
                0);
    }

    /** The entry as the event says it; only of those listed. */
    public StructureListed listing() {
        if (type == null || name == null || commune == null) {
            throw new IllegalStateException("structure " + number + " left the directory: ask listed() first");
        }
        return new StructureListed(
                number, type, name, commune, communes, memberOf, availability, memberships, contacts);
    }
}
