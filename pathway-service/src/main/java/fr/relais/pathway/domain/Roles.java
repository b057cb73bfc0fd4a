package fr.relais.pathway.domain;

import java.util.Map;
import java.util.Set;

/** The roles that templates may name, and the professions (TRE_G15-ProfessionSante) that fill them. */
public final class Roles {

    /** No health profession: its steps are never offered. */
    static final String COORDINATOR = "coordinator";

    static final String PHYSICIAN = "10";
    static final String PHARMACIST = "21";
    static final String NURSE = "60";

    private static final Map<String, String> PROFESSIONS = Map.of(
            "ward",
            PHYSICIAN,
            "gp",
            PHYSICIAN,
            "specialist",
            PHYSICIAN,
            "pharmacist",
            PHARMACIST,
            "midwife",
            "50",
            "nurse",
            NURSE,
            "physiotherapist",
            "70",
            COORDINATOR,
            "");

    /** TRE_R38: médecine générale, and spécialiste en médecine générale under its older codes. */
    private static final Set<String> GENERAL_PRACTICE = Set.of("SM54", "SM53", "SM26");

    private Roles() {}

    /** The specialties that will do where one is asked for: who practises general medicine has one of three codes. */
    static Set<String> specialties(String asked) {
        return GENERAL_PRACTICE.contains(asked) ? GENERAL_PRACTICE : Set.of(asked);
    }

    /** All roles and the profession code of each. */
    public static Map<String, String> professions() {
        return PROFESSIONS;
    }
}
