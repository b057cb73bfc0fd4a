package fr.relais.directory.domain;

import fr.relais.events.DirectoryEvent.Availability;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.NationalIds;
import fr.relais.kit.decide.Rejection;
import java.util.Collection;
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
                as.memberships(),
                as.contacts());
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
                as.memberships(),
                as.contacts());
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
        return new StructureListed(
                as.id(),
                as.type(),
                as.name(),
                as.commune(),
                as.communes(),
                as.memberOf(),
                before == null ? null : before.availability(),
                said(as.memberships(), before == null ? null : before.memberships()),
                said(as.contacts(), before == null ? null : before.contacts()));
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
                wrong(as.communes(), NationalIds::isCommune, Descriptions::commune),
                wrong(as.delegateOf(), NationalIds::isRpps, id -> professionalId("delegate-of-invalid", id)),
                as.delegateOf().contains(as.id())
                        ? Rejection.invalid(
                                "delegate-of-itself",
                                "A professional needs no delegation of their own: take " + as.id()
                                        + " out of delegateOf.")
                        : null);
    }

    static Optional<Rejection> fault(StructureListed as) {
        return first(
                NationalIds.isFiness(as.id()) ? null : finess("structure-id-invalid", as.id()),
                name(as.name()),
                NationalIds.isCommune(as.commune()) ? null : commune(as.commune()),
                tooMany("communes", as.communes(), MOST_COMMUNES),
                tooMany("memberOf", as.memberOf(), MOST_LINKS),
                wrong(as.communes(), NationalIds::isCommune, Descriptions::commune),
                wrong(as.memberOf(), NationalIds::isFiness, id -> finess("member-of-invalid", id)),
                as.memberOf().contains(as.id())
                        ? Rejection.invalid(
                                "member-of-itself",
                                "A structure is no member of itself: take " + as.id() + " out of memberOf.")
                        : null);
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

    private static @Nullable Rejection tooMany(String field, List<String> values, int most) {
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
