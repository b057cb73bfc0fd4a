package fr.relais.systemtests.site;

import fr.relais.localstack.persona.Persona;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.persona.Structure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Invented professionals for load: in each of ten communes a cabinet of nurses, a medical home, an officine and a
 * cardiologist's practice. The same count gives the same people.
 */
public final class People {

    /** Where they work, and where patients live. */
    public static final List<String> COMMUNES =
            List.of("87001", "87002", "87003", "87004", "87005", "87006", "87007", "87008", "87009", "87010");

    private static final String TEAM_COMMUNE = "87011";
    private static final String PREFIX = "sim-";

    private People() {}

    /** So many of them. */
    public static Personas simulated(int count) {
        List<Structure> structures = new ArrayList<>();
        List<Persona> people = new ArrayList<>();
        for (int i = 0; i < COMMUNES.size(); i++) {
            for (Trade trade : Trade.values()) {
                structures.add(new Structure(
                        structure(i, trade),
                        trade.structure,
                        "Structure " + trade.word + " " + i,
                        COMMUNES.get(i),
                        served(i),
                        List.of()));
            }
        }
        for (int n = 0; n < count; n++) {
            people.add(person(n, n % COMMUNES.size(), Trade.of(n / COMMUNES.size())));
        }
        return new Personas(structures, people);
    }

    /** So many nurses of one cabinet, in a commune of their own. */
    public static Personas team(int count) {
        Structure cabinet = new Structure(
                keyed("87980001"), "CABINET", "Grand cabinet", TEAM_COMMUNE, List.of(TEAM_COMMUNE), List.of());
        List<Persona> nurses = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            nurses.add(new Persona(
                    PREFIX + "team-" + n,
                    "simulated",
                    "MME",
                    "Dominique",
                    "EQUIPE" + n,
                    "8" + keyed("9981%06d".formatted(n)),
                    Trade.NURSE.profession,
                    List.of(),
                    "L",
                    "SA08",
                    List.of(cabinet.id()),
                    List.of(TEAM_COMMUNE),
                    List.of(),
                    List.of("professional")));
        }
        return new Personas(List.of(cabinet), nurses);
    }

    /** Whether this is one of them rather than a persona of the demonstration. */
    public static boolean isSimulated(Persona persona) {
        return persona.key().startsWith(PREFIX);
    }

    /** Their FINESS number: the structure of a trade in a commune. */
    public static String structure(int commune, Trade trade) {
        return keyed("8799" + "%04d".formatted(commune * 10 + trade.ordinal()));
    }

    private static Persona person(int n, int commune, Trade trade) {
        return new Persona(
                PREFIX + trade.word + "-" + n,
                "simulated",
                "MME",
                "Camille",
                "SIMULATION" + n,
                "8" + keyed("9980%06d".formatted(n)),
                trade.profession,
                trade.specialty == null ? List.of() : List.of(trade.specialty),
                "L",
                "SA08",
                List.of(structure(commune, trade)),
                served(commune),
                List.of(),
                List.of("professional"));
    }

    // One's own commune and the next: offers that find nobody free go round.
    private static List<String> served(int commune) {
        return List.of(COMMUNES.get(commune), COMMUNES.get((commune + 1) % COMMUNES.size()));
    }

    private static String keyed(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return digits + (10 - sum % 10) % 10;
    }

    /** What they do. */
    public enum Trade {
        NURSE("nurse", "60", null, "CABINET"),
        GP("gp", "10", "SM54", "MSP"),
        PHARMACIST("pharmacist", "21", null, "OFFICINE"),
        CARDIOLOGIST("cardiologist", "10", "SM04", "CABINET");

        private final String word;
        private final String profession;
        private final @Nullable String specialty;
        private final String structure;

        Trade(String word, String profession, @Nullable String specialty, String structure) {
            this.word = word;
            this.profession = profession;
            this.specialty = specialty;
            this.structure = structure;
        }

        // Of ten: four nurses, three GPs, two pharmacists, one cardiologist.
        private static Trade of(int n) {
            return switch (n % 10) {
                case 0, 4, 6, 8 -> NURSE;
                case 1, 5, 9 -> GP;
                case 2, 7 -> PHARMACIST;
                default -> CARDIOLOGIST;
            };
        }
    }
}
