package fr.relais.console.api;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who a patient is; only for a page of somebody who cares for them, never for a log, a title or an address. */
public record Identity(String patient, @Nullable Traits traits) {

    /** What an identity document says, and how to reach them. */
    public record Traits(
            @Nullable String birthName,
            @Nullable String usedName,
            @Nullable List<String> givenNames,
            @Nullable String usedGivenName,
            @Nullable LocalDate birthDate,
            @Nullable String sex,
            @Nullable List<String> phones,
            @Nullable String street,
            @Nullable String postalCode,
            @Nullable String city) {

        @Override
        public String toString() {
            return "Traits[withheld]";
        }
    }

    @Override
    public String toString() {
        return "Identity[withheld]";
    }
}
