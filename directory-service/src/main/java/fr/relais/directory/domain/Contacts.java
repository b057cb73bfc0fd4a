package fr.relais.directory.domain;

import fr.relais.events.DirectoryEvent.Contact;
import fr.relais.events.DirectoryEvent.ContactKind;
import fr.relais.kit.decide.Rejection;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules of ways to reach somebody. A message never repeats an address: most hold a name. */
final class Contacts {

    private static final int MOST = 20;
    private static final int LONGEST = 254;

    private static final Pattern MAIL =
            Pattern.compile("[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}");

    /** The domains of the secure mail of health, which alone may carry patient data, have it in their name. */
    private static final Pattern SECURE_MAIL = Pattern.compile(".*[@.]mssante\\.fr");

    /** A French number, or one with the code of its country. */
    private static final Pattern PHONE = Pattern.compile("0[1-9]\\d{8}|00000\\d{5}|\\+\\d{8,15}|\\d{2,6}");

    private Contacts() {}

    static @Nullable List<Contact> normal(@Nullable List<Contact> contacts) {
        return contacts == null
                ? null
                : contacts.stream()
                        .map(one -> new Contact(
                                one.kind(), normal(one.kind(), one.value().strip()), one.use()))
                        .distinct()
                        .sorted(Comparator.comparing(Contact::kind)
                                .thenComparing(Contact::value)
                                .thenComparing(Contact::use))
                        .toList();
    }

    private static String normal(ContactKind kind, String value) {
        return switch (kind) {
            case MSSANTE, EMAIL -> value.toLowerCase(Locale.ROOT);
            case PHONE -> value.replaceAll("[\\s.()-]", "");
            case WEBHOOK -> value;
        };
    }

    static @Nullable Rejection fault(@Nullable List<Contact> contacts) {
        if (contacts == null) {
            return null;
        }
        if (contacts.size() > MOST) {
            return Rejection.invalid(
                    "list-too-long",
                    "contacts has " + contacts.size() + " values and may have " + MOST
                            + ": leave out those that are never used.");
        }
        return contacts.stream()
                .map(Contacts::fault)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Rejection fault(Contact contact) {
        String value = contact.value();
        if (value.length() > LONGEST) {
            return Rejection.invalid(
                    "contact-invalid", "A contact has more than " + LONGEST + " characters: check what was pasted.");
        }
        return switch (contact.kind()) {
            case MSSANTE ->
                MAIL.matcher(value).matches() && SECURE_MAIL.matcher(value).matches()
                        ? null
                        : Rejection.invalid(
                                "contact-not-mssante",
                                "A contact of kind MSSANTE is no address of the secure mail of health (its domain ends"
                                        + " in mssante.fr): correct it, or call it EMAIL and no patient data goes"
                                        + " there.");
            case EMAIL ->
                MAIL.matcher(value).matches()
                        ? null
                        : Rejection.invalid(
                                "contact-invalid", "A contact of kind EMAIL is no address such as a@b.fr: correct it.");
            case PHONE ->
                PHONE.matcher(value).matches()
                        ? null
                        : Rejection.invalid(
                                "contact-invalid",
                                "A contact of kind PHONE is no number: write ten digits, or + and the code of the"
                                        + " country.");
            case WEBHOOK ->
                isHook(value)
                        ? null
                        : Rejection.invalid(
                                "contact-invalid",
                                "A contact of kind WEBHOOK is no URL that begins with https:// and names a host,"
                                        + " without user and password: correct it.");
        };
    }

    private static boolean isHook(String text) {
        try {
            URI url = URI.create(text);
            return "https".equals(url.getScheme()) && url.getHost() != null && url.getUserInfo() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static @Nullable List<Contact> withoutWebhooks(@Nullable List<Contact> contacts) {
        return contacts == null
                ? null
                : contacts.stream()
                        .filter(one -> one.kind() != ContactKind.WEBHOOK)
                        .toList();
    }
}
