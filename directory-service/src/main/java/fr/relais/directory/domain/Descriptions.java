package fr.relais.directory.domain;

import fr.relais.events.DirectoryEvent.Availability;
import fr.relais.events.DirectoryEvent.Membership;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.NationalIds;
import fr.relais.kit.decide.Rejection;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an entry may say: put in one normal form first, so that the same facts in another order or spelling are no change,
 * then checked. A message never repeats a name.
 */
public final class Descriptions {

    private static final int LONGEST_NAME = 200;
    private static final int MOST_SPECIALTIES = 20;
    private static final int MOST_LINKS = 200;
    /** A department has up to 900 communes, and a DAC may serve two. */
    private static final int MOST_COMMUNES = 2_000;

    /**
     * National identifiers of those without an RPPS number: a digit for whose register the inner number is of (1 ADELI, 3
     * FINESS, 4 SIREN, 5 SIRET, 6 RPPS), that number, and what it says inside.
     */
    private static final Pattern INNER_ID = Pattern.compile("([13456])([0-9A-Z]{9,14})/([0-9A-Za-z._-]{1,40})");

    private Descriptions() {}

    /** The id of a professional in its one form: the RPPS number alone where an RPPS number is in it. */
    public static String professionalId(String id) {
        return NationalIds.personId(id.strip());
    }

    /** The FINESS number of a structure in its one form. */
    public static String structureId(String id) {
        return id.strip().toUpperCase(Locale.ROOT);
    }

    static ProfessionalListed normal(ProfessionalListed as) {
        String profession = as.profession();
        return new ProfessionalListed(
                professionalId(as.id()),
                profession == null || profession.isBlank() ? null : profession.strip(),
                oneLine(as.name()),
                normal(as.specialties(), Descriptions::code),
                normal(as.structures(), Descriptions::structureId),
                normal(as.communes(), Descriptions::code),
                normal(as.delegateOf(), Descriptions::professionalId),
                as.availability(),
                normal(as.memberships()),
                Contacts.normal(as.contacts()));
    }

    static StructureListed normal(StructureListed as) {
        return new StructureListed(
                structureId(as.id()),
                as.type(),
                oneLine(as.name()),
                code(as.commune()),
                normal(as.communes(), Descriptions::code),
                normal(as.memberOf(), Descriptions::structureId),
                as.availability(),
                normal(as.memberships()),
                Contacts.normal(as.contacts()));
    }

    private static @Nullable List<Membership> normal(@Nullable List<Membership> memberships) {
        return memberships == null
                ? null
                : memberships.stream()
                        .map(one -> new Membership(structureId(one.collective()), one.from(), one.to()))
                        .distinct()
                        .sorted(Comparator.comparing(Membership::collective)
                                .thenComparing(Membership::from, Comparator.nullsFirst(Comparator.naturalOrder()))
                                .thenComparing(Membership::to, Comparator.nullsLast(Comparator.naturalOrder())))
                        .toList();
    }

    /**
     * The entry as it is recorded: what a description does not say, and what it cannot say, stays as it was.
     *
     * @param before the entry until now, where there was one
     */
    static ProfessionalListed whole(ProfessionalListed as, @Nullable ProfessionalListed before) {
        return new ProfessionalListed(
                as.id(),
                as.profession(),
                as.name(),
                as.specialties(),
                as.structures(),
                as.communes(),
                as.delegateOf(),
                before == null ? null : before.availability(),
                said(as.memberships(), before == null ? null : before.memberships()),
                said(as.contacts(), before == null ? null : before.contacts()));
    }

    /** The same entry with another availability. */
    static ProfessionalListed with(ProfessionalListed as, @Nullable Availability availability) {
        return new ProfessionalListed(
                as.id(),
                as.profession(),
                as.name(),
                as.specialties(),
                as.structures(),
                as.communes(),
                as.delegateOf(),
                availability,
                as.memberships(),
                as.contacts());
    }

    /**
     * The entry as it is recorded: what a description does not say, and what it cannot say, stays as it was.
     *
     * @param before the entry until now, where there was one
     */
    static StructureListed whole(StructureListed as, @Nullable StructureListed before) {
        List<Membership> memberships = said(as.memberships(), before == null ? null : before.memberships());
        return new StructureListed(
                as.id(),
                as.type(),
                as.name(),
                as.commune(),
                as.communes(),
                Stream.concat(as.memberOf().stream(), untilFurtherNotice(memberships))
                        .distinct()
                        .sorted()
                        .toList(),
                before == null ? null : before.availability(),
                memberships,
                said(as.contacts(), before == null ? null : before.contacts()));
    }

    private static Stream<String> untilFurtherNotice(@Nullable List<Membership> memberships) {
        return memberships == null
                ? Stream.of()
                : memberships.stream().filter(one -> one.to() == null).map(Membership::collective);
    }

    /** The same entry after it left a structure or collective: what was open ends, what had not begun never was. */
    static ProfessionalListed left(ProfessionalListed as, String structure, LocalDate on) {
        return new ProfessionalListed(
                as.id(),
                as.profession(),
                as.name(),
                as.specialties(),
                without(as.structures(), structure),
                as.communes(),
                as.delegateOf(),
                as.availability(),
                ended(as.memberships(), structure, on),
                as.contacts());
    }

    /** The same entry after it left a collective. */
    static StructureListed left(StructureListed as, String collective, LocalDate on) {
        List<Membership> ended = ended(as.memberships(), collective, on);
        boolean undated = as.memberOf().contains(collective)
                && (ended == null
                        || ended.stream().noneMatch(one -> one.collective().equals(collective) && on.equals(one.to())));
        return new StructureListed(
                as.id(),
                as.type(),
                as.name(),
                as.commune(),
                as.communes(),
                without(as.memberOf(), collective),
                as.availability(),
                undated
                        ? normal(Stream.concat(
                                        ended == null ? Stream.of() : ended.stream(),
                                        Stream.of(new Membership(collective, null, on)))
                                .toList())
                        : ended,
                as.contacts());
    }

    private static @Nullable List<Membership> ended(
            @Nullable List<Membership> memberships, String collective, LocalDate on) {
        if (memberships == null) {
            return null;
        }
        return said(
                memberships.stream()
                        .filter(one -> !one.collective().equals(collective) || !isAfter(one.from(), on))
                        .map(one -> one.collective().equals(collective)
                                        && (one.to() == null || one.to().isAfter(on))
                                ? new Membership(collective, one.from(), on)
                                : one)
                        .toList(),
                null);
    }

    private static boolean isAfter(@Nullable LocalDate day, LocalDate other) {
        return day != null && day.isAfter(other);
    }

    private static List<String> without(List<String> values, String value) {
        return values.stream().filter(one -> !one.equals(value)).toList();
    }

    /** The same entry without what machines are told alone: a URL that is called may bear a secret. */
    public static ProfessionalListed withoutWebhooks(ProfessionalListed as) {
        return new ProfessionalListed(
                as.id(),
                as.profession(),
                as.name(),
                as.specialties(),
                as.structures(),
                as.communes(),
                as.delegateOf(),
                as.availability(),
                as.memberships(),
                Contacts.withoutWebhooks(as.contacts()));
    }

    /** The same entry without what machines are told alone. */
    public static StructureListed withoutWebhooks(StructureListed as) {
        return new StructureListed(
                as.id(),
                as.type(),
                as.name(),
                as.commune(),
                as.communes(),
                as.memberOf(),
                as.availability(),
                as.memberships(),
                Contacts.withoutWebhooks(as.contacts()));
    }

    /** The same entry with another availability. */
    static StructureListed with(StructureListed as, @Nullable Availability availability) {
        return new StructureListed(
                as.id(),
                as.type(),
                as.name(),
                as.commune(),
                as.communes(),
                as.memberOf(),
                availability,
                as.memberships(),
                as.contacts());
    }

    /** A list that is not said stays as it was; an empty one says that there are none. */
    private static <T> @Nullable List<T> said(@Nullable List<T> now, @Nullable List<T> before) {
        List<T> list = now == null ? before : now;
        return list == null || list.isEmpty() ? null : list;
    }

    private static List<String> normal(Collection<String> values, Function<String, String> form) {
        return values.stream()
                .map(form)
                .filter(value -> !value.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static String code(String text) {
        return text.strip().toUpperCase(Locale.ROOT);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    static Optional<Rejection> fault(ProfessionalListed as) {
        String profession = as.profession();
        return first(
                isProfessionalId(as.id()) ? null : professionalId("professional-id-invalid", as.id()),
                name(as.name()),
                profession == null || Professions.isKnown(profession)
                        ? null
                        : Rejection.invalid(
                                "profession-unknown",
                                "'" + shown(profession)
                                        + "' is no profession of TRE_G15: write its code, for example 10 for a"
                                        + " doctor, 21 for a pharmacist, 60 for a nurse."),
                tooMany("specialties", as.specialties(), MOST_SPECIALTIES),
                tooMany("structures", as.structures(), MOST_LINKS),
                tooMany("communes", as.communes(), MOST_COMMUNES),
                tooMany("delegateOf", as.delegateOf(), MOST_LINKS),
                wrong(as.specialties(), Specialties::isShaped, Descriptions::specialty),
                wrong(
                        as.specialties(),
                        code -> Specialties.profession(code)
                                .map(its -> its.equals(profession))
                                .orElse(true),
                        Descriptions::specialtyOfOthers),
                wrong(as.structures(), NationalIds::isFiness, id -> finess("structure-id-invalid", id)),
                wrong(as.communes(), Communes::isPossible, Descriptions::commune),
                wrong(as.delegateOf(), NationalIds::isRpps, id -> professionalId("delegate-of-invalid", id)),
                as.delegateOf().contains(as.id())
                        ? Rejection.invalid(
                                "delegate-of-itself",
                                "A professional needs no delegation of their own: take " + as.id()
                                        + " out of delegateOf.")
                        : null,
                memberships(as.id(), as.memberships()),
                Contacts.fault(as.contacts()));
    }

    static Optional<Rejection> fault(StructureListed as) {
        return first(
                NationalIds.isFiness(as.id()) ? null : finess("structure-id-invalid", as.id()),
                name(as.name()),
                Communes.isPossible(as.commune()) ? null : commune(as.commune()),
                tooMany("communes", as.communes(), MOST_COMMUNES),
                tooMany("memberOf", as.memberOf(), MOST_LINKS),
                wrong(as.communes(), Communes::isPossible, Descriptions::commune),
                wrong(as.memberOf(), NationalIds::isFiness, id -> finess("member-of-invalid", id)),
                as.memberOf().contains(as.id()) ? memberOfItself(as.id()) : null,
                memberships(as.id(), as.memberships()),
                Contacts.fault(as.contacts()));
    }

    private static @Nullable Rejection memberships(String id, @Nullable List<Membership> memberships) {
        if (memberships == null) {
            return null;
        }
        return first(
                        tooMany("memberships", memberships, MOST_LINKS),
                        wrong(
                                memberships.stream().map(Membership::collective).toList(),
                                NationalIds::isFiness,
                                finess -> finess("member-of-invalid", finess)),
                        memberships.stream().anyMatch(one -> one.collective().equals(id)) ? memberOfItself(id) : null,
                        memberships.stream()
                                .filter(one -> one.from() != null
                                        && one.to() != null
                                        && one.to().isBefore(one.from()))
                                .findFirst()
                                .map(one -> Rejection.invalid(
                                        "membership-backwards",
                                        "The membership of " + one.collective()
                                                + " ends before it begins: exchange from and to."))
                                .orElse(null))
                .orElse(null);
    }

    private static Rejection memberOfItself(String id) {
        return Rejection.invalid(
                "member-of-itself", "A structure is no member of itself: take " + id + " out of memberOf.");
    }

    static boolean isProfessionalId(String id) {
        if (NationalIds.isRpps(id)) {
            return true;
        }
        var inner = INNER_ID.matcher(id);
        return inner.matches() && (!"3".equals(inner.group(1)) || NationalIds.isFiness(inner.group(2)));
    }

    private static @Nullable Rejection name(String name) {
        if (name.isEmpty()) {
            return Rejection.invalid("name-missing", "The name is missing: write it as the national register does.");
        }
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            return Rejection.invalid(
                    "name-unusable",
                    "The name has more than " + LONGEST_NAME
                            + " characters or holds control characters: shorten it, and check the encoding of the"
                            + " file (UTF-8).");
        }
        return null;
    }

    private static @Nullable Rejection tooMany(String field, List<?> values, int most) {
        return values.size() <= most
                ? null
                : Rejection.invalid(
                        "list-too-long",
                        field + " has " + values.size() + " values and may have " + most + ": leave out those that"
                                + " are never used.");
    }

    private static @Nullable Rejection wrong(
            List<String> values, Predicate<String> right, Function<String, Rejection> rejection) {
        return values.stream().filter(right.negate()).findFirst().map(rejection).orElse(null);
    }

    private static Rejection professionalId(String code, String id) {
        return Rejection.invalid(
                code,
                "'" + shown(id) + "' is no RPPS number (11 digits with a right key) and no national identifier such as"
                        + " 3<FINESS>/<internal>: check it for a wrong or missing digit.");
    }

    private static Rejection finess(String code, String id) {
        return Rejection.invalid(
                code,
                "'" + shown(id) + "' is no FINESS number (9 characters with a right key): check it for a wrong digit;"
                        + " a spreadsheet drops a leading zero, format the column as text.");
    }

    private static Rejection commune(String code) {
        return Rejection.invalid(
                "commune-invalid",
                "'" + shown(code) + "' is no INSEE code of a commune (5 characters, for example 23096 or 2A004; not"
                        + " the post code): a spreadsheet drops a leading zero, format the column as text.");
    }

    private static Rejection specialty(String code) {
        return Rejection.invalid(
                "specialty-unknown",
                "'" + shown(code) + "' is no specialty of TRE_R38: write its code, for example SM04 for cardiology.");
    }

    private static Rejection specialtyOfOthers(String code) {
        String profession = Specialties.profession(code).orElse("");
        return Rejection.invalid(
                "specialty-of-other-profession",
                "Specialty " + labelled(code, Specialties.label(code)) + " belongs to profession "
                        + labelled(profession, Professions.label(profession))
                        + ": correct the profession or leave the specialty out.");
    }

    private static String labelled(String code, Optional<String> label) {
        return label.map(text -> code + " (" + text + ")").orElse(code);
    }

    private static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 40 ? clean : clean.substring(0, 40) + "…";
    }

    private static Optional<Rejection> first(@Nullable Rejection... rejections) {
        return Stream.of(rejections).filter(Objects::nonNull).findFirst();
    }
}
