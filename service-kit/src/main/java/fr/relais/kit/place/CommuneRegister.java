package fr.relais.kit.place;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.relais.events.NationalIds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Communes by their INSEE code (code officiel géographique). A code that is not in it is shown as it is.
 *
 * <p>Its file is a CSV in UTF-8 with semicolons and the header {@code code;name;inhabitants;main-town}, the last one being the
 * code of the main town of the canton (INSEE: bureau centralisateur), which may be empty. Two further columns,
 * {@code latitude} and {@code longitude}, say where it lies on a map, in degrees of WGS 84; they may be left out.
 */
public final class CommuneRegister {

    /** No commune is known. */
    public static final CommuneRegister EMPTY = new CommuneRegister(Map.of());

    /** In smaller ones a place and an act may be enough to know who is meant. */
    private static final int TELLS_NOBODY = 2_000;

    private static final int FAULTS_SHOWN = 10;

    /**
     * A commune.
     *
     * @param inhabitants as INSEE counts them
     * @param mainTown code of the main town of its canton, where it is known
     * @param centre where it lies, where that is known
     */
    public record Commune(
            String code,
            String name,
            int inhabitants,
            @Nullable String mainTown,
            @Nullable Centre centre) {}

    /** A place in degrees of WGS 84. */
    public record Centre(double latitude, double longitude) {}

    private final Map<String, Commune> communes;

    /** By how a name is typed, without accents, hyphens and capitals, and then by code: several may bear one name. */
    private final NavigableMap<String, Commune> byName = new TreeMap<>();

    private CommuneRegister(Map<String, Commune> communes) {
        this.communes = communes;
        communes.values().forEach(commune -> byName.put(typed(commune.name()) + '\t' + commune.code(), commune));
    }

    /**
     * Reads a file whole.
     *
     * @throws IllegalStateException where a line is wrong: it names the first ten and what to write there
     * @throws UncheckedIOException where the file cannot be read
     */
    public static CommuneRegister read(Path file) {
        Map<String, Commune> communes = new HashMap<>();
        List<String> faults = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> lines =
                CsvReader.builder().fieldSeparator(';').skipEmptyLines(true).ofNamedCsvRecord(file)) {
            for (NamedCsvRecord line : lines) {
                read(line, communes, faults);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("relais.communes.file: cannot read " + file, e);
        } catch (CsvParseException e) {
            throw new IllegalStateException("relais.communes.file: " + file + " is no CSV: " + e.getMessage(), e);
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("relais.communes.file: " + file + ": "
                    + String.join("; ", faults.subList(0, Math.min(FAULTS_SHOWN, faults.size())))
                    + (faults.size() > FAULTS_SHOWN ? "; and " + (faults.size() - FAULTS_SHOWN) + " more" : ""));
        }
        return new CommuneRegister(Map.copyOf(communes));
    }

    private static void read(NamedCsvRecord line, Map<String, Commune> communes, List<String> faults) {
        String code = field(line, "code");
        String name = field(line, "name");
        String inhabitants = field(line, "inhabitants");
        String mainTown = field(line, "main-town");
        String latitude = field(line, "latitude");
        String longitude = field(line, "longitude");
        String where = "line " + line.getStartingLineNumber() + ": ";
        if (!NationalIds.isCommune(code)) {
            faults.add(where + "code must be the INSEE code of a commune, such as 23096");
        } else if (name.isBlank()) {
            faults.add(where + "name is missing");
        } else if (!inhabitants.matches("\\d{1,8}")) {
            faults.add(where + "inhabitants must be a number");
        } else if (!mainTown.isEmpty() && !NationalIds.isCommune(mainTown)) {
            faults.add(where + "main-town must be the INSEE code of a commune, or empty");
        } else if (!isDegrees(latitude, 90)
                || !isDegrees(longitude, 180)
                || latitude.isEmpty() != longitude.isEmpty()) {
            faults.add(
                    where + "latitude and longitude must both be degrees, such as 46.1706 and 1.8715, or both empty");
        } else {
            communes.put(
                    code,
                    new Commune(
                            code,
                            name,
                            Integer.parseInt(inhabitants),
                            mainTown.isEmpty() ? null : mainTown,
                            latitude.isEmpty()
                                    ? null
                                    : new Centre(Double.parseDouble(latitude), Double.parseDouble(longitude))));
        }
    }

    private static boolean isDegrees(String text, int most) {
        return text.isEmpty() || text.matches("-?\\d{1,3}(\\.\\d{1,9})?") && Math.abs(Double.parseDouble(text)) <= most;
    }

    private static String field(NamedCsvRecord line, String name) {
        return line.findField(name).map(String::strip).orElse("");
    }

    /** The commune with this code. */
    public Optional<Commune> find(String code) {
        return Optional.ofNullable(communes.get(code));
    }

    /**
     * Communes whose name begins so, however it is typed: {@code gueret} finds Guéret, {@code st feyre} Sainte-Feyre not.
     *
     * @param limit at most so many; those that are called exactly so come first, then the largest
     */
    public List<Commune> named(String beginning, int limit) {
        String typed = typed(beginning);
        if (typed.isEmpty()) {
            return List.of();
        }
        return byName.subMap(typed, typed + Character.MAX_VALUE).values().stream()
                .sorted(Comparator.comparing(
                                (Commune commune) -> !typed(commune.name()).equals(typed))
                        .thenComparing(
                                Comparator.comparingInt(Commune::inhabitants).reversed())
                        .thenComparing(Commune::code))
                .limit(limit)
                .toList();
    }

    private static String typed(String name) {
        return Normalizer.normalize(name.replace("œ", "oe").replace("Œ", "Oe"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", " ")
                .strip();
    }

    /** The code of the place that may be told to whoever does not care for the patient yet: for a small commune its canton's main town. */
    public String told(String code) {
        Commune commune = communes.get(code);
        return commune == null || commune.inhabitants() >= TELLS_NOBODY || commune.mainTown() == null
                ? code
                : commune.mainTown();
    }

    /** How many there are. */
    public int size() {
        return communes.size();
    }
}
