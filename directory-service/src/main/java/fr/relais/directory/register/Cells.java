package fr.relais.directory.register;

import fr.relais.events.DirectoryEvent.Contact;
import fr.relais.events.DirectoryEvent.ContactKind;
import fr.relais.events.DirectoryEvent.ContactUse;
import fr.relais.events.DirectoryEvent.Membership;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of several parts in one text: {@code 990000051@2024-01-01..2025-12-31}, {@code phone/calls:0500000000}. */
final class Cells {

    private static final Pattern MEMBERSHIP =
            Pattern.compile("([^@]+)(?:@(\\d{4}-\\d{2}-\\d{2})?\\.\\.(\\d{4}-\\d{2}-\\d{2})?)?");

    private static final Pattern CONTACT = Pattern.compile("([A-Za-z]+)(?:/([A-Za-z]+))?:(.+)");

    private Cells() {}

    /** Those that can be read. */
    static List<Membership> memberships(List<String> texts) {
        return texts.stream().flatMap(text -> membership(text).stream()).toList();
    }

    static Optional<Membership> membership(String text) {
        Matcher parts = MEMBERSHIP.matcher(text);
        try {
            return parts.matches()
                    ? Optional.of(new Membership(parts.group(1), day(parts.group(2)), day(parts.group(3))))
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        return text == null ? null : LocalDate.parse(text);
    }

    /** Those that can be read. */
    static List<Contact> contacts(List<String> texts) {
        return texts.stream().flatMap(text -> contact(text).stream()).toList();
    }

    static Optional<Contact> contact(String text) {
        Matcher parts = CONTACT.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<ContactUse> use =
                parts.group(2) == null ? Optional.of(ContactUse.ANYTHING) : word(ContactUse.values(), parts.group(2));
        return word(ContactKind.values(), parts.group(1))
                .flatMap(kind -> use.map(one -> new Contact(kind, parts.group(3), one)));
    }

    private static <E extends Enum<E>> Optional<E> word(E[] words, String text) {
        return Arrays.stream(words)
                .filter(word -> word.name().equalsIgnoreCase(text))
                .findFirst();
    }
}
