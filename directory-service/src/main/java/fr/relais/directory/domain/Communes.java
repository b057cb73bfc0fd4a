package fr.relais.directory.domain;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the codes of communes say by themselves (INSEE, code officiel géographique). */
public final class Communes {

    private Communes() {}

    /** Cities that have arrondissements, each with a code of its own. */
    private record City(String code, int first, int last) {

        boolean has(String commune) {
            return commune.length() == code.length()
                    && commune.compareTo(String.valueOf(first)) >= 0
                    && commune.compareTo(String.valueOf(last)) <= 0;
        }

        Stream<String> all() {
            return Stream.concat(
                    Stream.of(code), IntStream.rangeClosed(first, last).mapToObj(String::valueOf));
        }
    }

    private static final List<City> CITIES = List.of(
            new City("75056", 75_101, 75_120), new City("69123", 69_381, 69_389), new City("13055", 13_201, 13_216));

    private static final Pattern SHAPE =
            Pattern.compile("(0[1-9]|[1345678]\\d|2[1-9AB]|9[0-5])\\d{3}|97[1-8]\\d{2}|98\\d{3}");

    /**
     * The codes under which somebody who serves this commune may be listed: its own, and that of the whole city where it
     * is an arrondissement of Paris, Lyon or Marseille. Whoever serves an arrondissement serves the city.
     */
    public static List<String> covering(String commune) {
        for (City city : CITIES) {
            if (city.code().equals(commune)) {
                return city.all().toList();
            }
            if (city.has(commune)) {
                return List.of(commune, city.code());
            }
        }
        return List.of(commune);
    }

    /** Whether a commune may have this code: of a department or territory that there is. */
    public static boolean isPossible(String code) {
        return SHAPE.matcher(code).matches();
    }
}
