package fr.relais.directory.domain;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/** The professions of health that Relais knows: TRE_G15-ProfessionSante (OID 1.2.250.1.71.1.2.7). */
public final class Professions {

    private static final Map<String, String> LABELS = Map.ofEntries(
            entry("10", "Médecin"),
            entry("21", "Pharmacien"),
            entry("26", "Audioprothésiste"),
            entry("28", "Opticien-lunetier"),
            entry("31", "Assistant dentaire"),
            entry("32", "Physicien médical"),
            entry("35", "Aide-soignant"),
            entry("36", "Ambulancier"),
            entry("37", "Auxiliaire de puériculture"),
            entry("38", "Préparateur en pharmacie hospitalière"),
            entry("39", "Préparateur en pharmacie"),
            entry("40", "Chirurgien-dentiste"),
            entry("50", "Sage-femme"),
            entry("60", "Infirmier"),
            entry("70", "Masseur-kinésithérapeute"),
            entry("80", "Pédicure-podologue"),
            entry("81", "Orthoprothésiste"),
            entry("82", "Podo-orthésiste"),
            entry("83", "Orthopédiste-orthésiste"),
            entry("84", "Oculariste"),
            entry("85", "Épithésiste"),
            entry("86", "Technicien de laboratoire médical"),
            entry("91", "Orthophoniste"),
            entry("92", "Orthoptiste"),
            entry("94", "Ergothérapeute"),
            entry("95", "Diététicien"),
            entry("96", "Psychomotricien"),
            entry("98", "Manipulateur d'électroradiologie médicale"));

    private Professions() {}

    /** Whether the code stands in the list. */
    public static boolean isKnown(String code) {
        return LABELS.containsKey(code);
    }

    /** The French label of a code. */
    public static Optional<String> label(String code) {
        return Optional.ofNullable(LABELS.get(code));
    }
}
