package fr.relais.directory.domain;

import java.util.List;

/** What the codes of communes say by themselves (INSEE, code officiel géographique). */
public final class Communes {

    private Communes() {}

    /**
     * The codes under which somebody who serves this commune may be listed: its own, and that of the whole city where it
     * is an arrondissement of Paris, Lyon or Marseille.
     */
    public static List<String> covering(String commune) {
        String city = city(commune);
        return city.equals(commune) ? List.of(commune) : List.of(commune, city);
    }

    private static String city(String commune) {
        if (between(commune, "75101", "75120")) {
            return "75056";
        }
        if (between(commune, "69381", "69389")) {
            return "69123";
        }
        return between(commune, "13201", "13216") ? "13055" : commune;
    }

    private static boolean between(String code, String first, String last) {
        return code.length() == first.length() && code.compareTo(first) >= 0 && code.compareTo(last) <= 0;
    }
}
