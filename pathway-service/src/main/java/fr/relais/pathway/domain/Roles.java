package fr.relais.pathway.domain;

import java.util.Map;

/** The roles that templates may name, and the professions (TRE_G15-ProfessionSante) that fill them. */
public final class Roles {

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
            "70");

    private Roles() {}

    /** All roles and the profession code of each. */
    public static Map<String, String> professions() {
        return PROFESSIONS;
    }
}
