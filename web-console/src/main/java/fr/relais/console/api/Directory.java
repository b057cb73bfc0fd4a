package fr.relais.console.api;

import fr.relais.console.access.Visitor;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;

/** Who works where, and how they are reached. */
@Component
public class Directory {

    private static final ParameterizedTypeReference<Structure> STRUCTURE = new ParameterizedTypeReference<>() {};

    /** What somebody said about room, and until when it holds. */
    public record Room(String state, LocalDate until) {}

    /** Days away, and who is asked instead. */
    public record Absence(
            LocalDate from, LocalDate to, @Nullable Party substitute) {}

    /** Somebody: a person or a structure. */
    public record Party(String kind, String id) {

        /** As everywhere in this console: {@code structure:990000028}. */
        public String key() {
            return kind.toLowerCase(java.util.Locale.ROOT) + ":" + id;
        }
    }

    /** Whether they may be asked, as they said themselves. */
    public record Availability(@Nullable Room room, List<Absence> absences) {}

    /** Since when and until when somebody belongs to a collective. */
    public record Membership(
            String collective,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    /** A way to reach somebody at work. */
    public record Contact(String kind, String value, String use) {}

    /** A structure. */
    public record Structure(
            String id,
            String type,
            String name,
            String commune,
            List<String> communes,
            List<String> memberOf,
            @Nullable Availability availability,
            @Nullable List<Membership> memberships,
            @Nullable List<Contact> contacts) {

        /** The number on which it takes calls; empty where it published none. */
        public Optional<String> phone() {
            return contacts == null ? Optional.empty() : Directory.phone(contacts);
        }
    }

    private final ServiceClient service;

    Directory(ServicesProperties services) {
        this.service = new ServiceClient("directory-service", services.directory(), services.timeout());
    }

    /** A structure by its FINESS number. */
    public Structure structure(Visitor visitor, String id) {
        return service.get(
                visitor,
                null,
                address -> address.path("/api/v1/structures/{id}").build(id),
                STRUCTURE);
    }

    static Optional<String> phone(List<Contact> contacts) {
        return contacts.stream()
                .filter(contact -> contact.kind().equals("PHONE"))
                .min(java.util.Comparator.comparing(contact -> !contact.use().equals("CALLS")))
                .map(Contact::value);
    }
}
