package fr.relais.console.web;

import fr.relais.console.api.Identity;
import fr.relais.console.web.Texts.Reader;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a patient is named on a page. */
final class Patients {

    private Patients() {}

    static PathwayModel.@Nullable Patient shown(@Nullable Identity identity, Reader reader) {
        Identity.Traits traits = identity == null ? null : identity.traits();
        if (traits == null) {
            return null;
        }
        List<String> givenNames = traits.givenNames();
        String given = traits.usedGivenName() != null
                ? traits.usedGivenName()
                : givenNames == null || givenNames.isEmpty() ? "" : givenNames.getFirst();
        String family = traits.usedName() == null ? traits.birthName() : traits.usedName();
        String address = Stream.of(traits.street(), traits.postalCode(), traits.city())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "))
                .strip();
        List<String> phones = traits.phones();
        return new PathwayModel.Patient(
                (family == null ? "" : family.toUpperCase(Locale.FRENCH) + " ") + given,
                traits.birthDate() == null ? null : reader.text("pathway.born", reader.date(traits.birthDate())),
                phones == null ? List.of() : phones,
                address.isEmpty() ? null : address);
    }
}
