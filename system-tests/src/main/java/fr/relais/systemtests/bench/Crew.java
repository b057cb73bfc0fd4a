package fr.relais.systemtests.bench;

import fr.relais.events.NationalIds;
import fr.relais.localstack.persona.DevTokens;
import fr.relais.localstack.persona.Persona;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.persona.Structure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Those who work on one pathway at a time: a ward that hands out, and for each step a structure whose software is told and
 * one of its professionals who answers.
 *
 * @param ward token of the ward
 * @param receivers who is offered each step
 */
record Crew(String ward, List<Receiver> receivers) {

    /** Roles of the template's steps in their order: key of the step, profession (TRE_G15). */
    static final List<List<String>> STEPS =
            List.of(List.of("nurse", "60"), List.of("gp", "10"), List.of("pharmacist", "21"), List.of("physio", "70"));

    /**
     * A structure and one of its professionals.
     *
     * @param structure FINESS number
     * @param token the professional's
     * @param desk of whoever sees the common inbox of the structure
     */
    record Receiver(String structure, String profession, String token, String desk) {}

    Crew {
        receivers = List.copyOf(receivers);
    }

    /** So many, each with structures and people of its own. */
    static List<Crew> of(int number, DevTokens tokens) {
        Numbers finess = new Numbers(98, 9, NationalIds::isFiness);
        Numbers rpps = new Numbers(997, 11, NationalIds::isRpps);
        List<Crew> crews = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            String hospital = finess.next();
            String ward = token(tokens, "3" + hospital + "/ward", null, hospital, "ward");
            List<Receiver> receivers = new ArrayList<>();
            for (List<String> step : STEPS) {
                String structure = finess.next();
                String profession = step.getLast();
                receivers.add(new Receiver(
                        structure,
                        profession,
                        token(tokens, "8" + rpps.next(), profession, structure, "professional"),
                        token(tokens, "3" + structure + "/desk", null, structure, "ward")));
            }
            crews.add(new Crew(ward, receivers));
        }
        return crews;
    }

    private static String token(
            DevTokens tokens,
            String nationalId,
            @org.jspecify.annotations.Nullable String profession,
            String structure,
            String role) {
        Persona persona = new Persona(
                "bench-" + nationalId,
                "",
                null,
                "Bench",
                "MARK",
                nationalId,
                profession,
                List.of(),
                "L",
                "SA08",
                List.of(structure),
                List.of("23096"),
                List.of(),
                List.of(role));
        Personas where = new Personas(
                List.of(new Structure(structure, "CABINET", "Bench", "23096", List.of("23096"), List.of())),
                List.of(persona));
        return tokens.token(persona.claims(where), Instant.now());
    }

    /** Numbers with a right key, one after the other. */
    private static final class Numbers {
        private final String format;
        private final Predicate<String> right;
        private int last;

        Numbers(int prefix, int digits, Predicate<String> right) {
            this.format = prefix + "%0" + (digits - Integer.toString(prefix).length()) + "d";
            this.right = right;
        }

        String next() {
            String number;
            do {
                number = String.format(format, ++last);
            } while (!right.test(number));
            return number;
        }
    }
}
