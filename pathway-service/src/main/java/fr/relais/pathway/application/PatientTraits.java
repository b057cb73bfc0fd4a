package fr.relais.pathway.application;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a patient is, for those who care for them. Null means that nothing was said, the empty text that it was withdrawn
 * (HL7's {@code ""}).
 *
 * @param birthName family name at birth
 * @param givenNames given names at birth, the first one first; empty when nothing was said
 * @param usedName family name used in daily life
 * @param usedGivenName given name used in daily life
 * @param birthDate date of birth; never derived from the INS
 * @param sex M, F or another code of the sender
 * @param birthPlace INSEE code of the commune or country of birth
 * @param street street of the home
 * @param postalCode postal code of the home
 * @param city city of the home
 * @param phones telephone numbers; empty when nothing was said
 */
public record PatientTraits(
        @Nullable String birthName,
        List<String> givenNames,
        @Nullable String usedName,
        @Nullable String usedGivenName,
        @Nullable LocalDate birthDate,
        @Nullable String sex,
        @Nullable String birthPlace,
        @Nullable String street,
        @Nullable String postalCode,
        @Nullable String city,
        List<String> phones) {

    /** Nothing is known. */
    public static final PatientTraits NONE =
            new PatientTraits(null, List.of(), null, null, null, null, null, null, null, null, List.of());

    public PatientTraits {
        givenNames = List.copyOf(givenNames);
        phones = List.copyOf(phones);
    }

    /** These, brought up to date by what a later message says. */
    public PatientTraits updatedBy(PatientTraits later) {
        return new PatientTraits(
                newer(birthName, later.birthName),
                later.givenNames.isEmpty() ? givenNames : later.givenNames,
                newer(usedName, later.usedName),
                newer(usedGivenName, later.usedGivenName),
                later.birthDate == null ? birthDate : later.birthDate,
                newer(sex, later.sex),
                newer(birthPlace, later.birthPlace),
                newer(street, later.street),
                newer(postalCode, later.postalCode),
                newer(city, later.city),
                later.phones.isEmpty() ? phones : later.phones);
    }

    private static @Nullable String newer(@Nullable String known, @Nullable String said) {
        if (said == null) {
            return known;
        }
        return said.isEmpty() ? null : said;
    }

    @Override
    public String toString() {
        return "PatientTraits[withheld]";
    }
}
