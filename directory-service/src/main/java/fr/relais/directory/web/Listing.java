package fr.relais.directory.web;

import fr.relais.directory.application.StructureTypes;
import fr.relais.events.DirectoryEvent.Contact;
import fr.relais.events.DirectoryEvent.ContactKind;
import fr.relais.events.DirectoryEvent.Membership;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureType;
import fr.relais.kit.problem.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mapstruct.Mapper;
import org.mapstruct.Mapping;

/** From what callers write to what an entry says. What callers do not describe, availability, is left to itself. */
@Mapper(implementationName = "<CLASS_NAME>ByMapStruct")
interface Listing {

    Listing OF = new ListingByMapStruct();

    @Mapping(target = "id", source = "as")
    @Mapping(target = "availability", ignore = true)
    ProfessionalListed professional(String as, ProfessionalBody body);

    @Mapping(target = "id", source = "as")
    @Mapping(target = "availability", ignore = true)
    StructureListed structure(String as, StructureBody body);

    Membership membership(MembershipBody body);

    @Mapping(target = "use", source = "use", defaultValue = "ANYTHING")
    Contact contact(ContactBody body);

    default String text(@Nullable String text) {
        return Bodies.text(text);
    }

    default List<String> texts(@Nullable List<@Nullable String> texts) {
        return Bodies.texts(texts);
    }

    default @Nullable List<Membership> memberships(@Nullable List<@Nullable MembershipBody> bodies) {
        return bodies == null
                ? null
                : bodies.stream().filter(Objects::nonNull).map(this::membership).toList();
    }

    default @Nullable List<Contact> contacts(@Nullable List<@Nullable ContactBody> bodies) {
        return bodies == null
                ? null
                : bodies.stream().filter(Objects::nonNull).map(this::contact).toList();
    }

    default ContactKind kind(@Nullable ContactKind kind) {
        if (kind == null) {
            throw Problems.badRequest(
                    "contact-kind-missing",
                    "The kind of a contact is missing: write one of " + Arrays.toString(ContactKind.values()) + ".");
        }
        return kind;
    }

    default StructureType type(@Nullable String word) {
        return StructureTypes.ofWord(Bodies.text(word))
                .orElseThrow(() -> Problems.badRequest(
                        "type-unknown",
                        (word == null ? "The type is missing" : "That is no type of structure") + ": write one of "
                                + Arrays.toString(StructureType.values()) + "."));
    }
}
