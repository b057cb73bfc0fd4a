package fr.relais.directory.domain;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Specialties of TRE_R38-SpecialiteOrdinale. The list grows (nurses got theirs in 2026), so a code of the right shape is
 * taken although it has no label here; what its first letters say about the profession is checked.
 */
public final class Specialties {

    private static final Map<String, String> LABELS = Map.ofEntries(
            entry("SM04", "Cardiologie et maladies vasculaires"),
            entry("SM08", "Chirurgie orthopédique et traumatologie"),
            entry("SM26", "Qualifié en médecine générale"),
            entry("SM32", "Neurologie"),
            entry("SM38", "Ophtalmologie"),
            entry("SM39", "Oto-rhino-laryngologie"),
            entry("SM42", "Psychiatrie"),
            entry("SM49", "Santé publique et médecine sociale"),
            entry("SM53", "Spécialiste en médecine générale"),
            entry("SM54", "Médecine générale"),
            entry("SI01", "IPA pathologies chroniques stabilisées, prévention et polypathologies courantes"),
            entry("SI02", "IPA oncologie et hémato-oncologie"),
            entry("SI03", "IPA maladie rénale chronique, dialyse et transplantation rénale"),
            entry("SI04", "IPA psychiatrie et santé mentale"),
            entry("SI05", "IPA urgences"),
            entry("SI06", "Infirmier de bloc opératoire"),
            entry("SI07", "Infirmier anesthésiste"),
            entry("SI08", "Infirmier puériculteur"));

    /** Three codes of three eras for the same skill: who has one of them is a general practitioner. */
    private static final Set<String> GENERAL_PRACTICE = Set.of("SM26", "SM53", "SM54");

    private static final Pattern SHAPE = Pattern.compile("S[A-Z]{1,2}\\d{2}");

    private Specialties() {}

    /** Whether it has the shape of a code of the list. */
    public static boolean isShaped(String code) {
        return SHAPE.matcher(code).matches();
    }

    /** The French label of a code that is known here. */
    public static Optional<String> label(String code) {
        return Optional.ofNullable(LABELS.get(code));
    }

    /** The profession that a specialty belongs to, as far as its first letters say. */
    public static Optional<String> profession(String code) {
        if (code.startsWith("SM")) {
            return Optional.of("10");
        }
        if (code.startsWith("SCD")) {
            return Optional.of("40");
        }
        return code.startsWith("SI") ? Optional.of("60") : Optional.empty();
    }

    /** Whether one of these specialties is the one that is sought; true when none is sought. */
    public static boolean satisfies(Set<String> held, @Nullable String sought) {
        return sought == null || alike(sought).stream().anyMatch(held::contains);
    }

    /** The codes that stand for the same skill, itself among them. */
    public static List<String> alike(String code) {
        return GENERAL_PRACTICE.contains(code)
                ? GENERAL_PRACTICE.stream().sorted().toList()
                : List.of(code);
    }
}
