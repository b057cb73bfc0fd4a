package fr.relais.directory.register;

import fr.relais.directory.application.Line;
import fr.relais.directory.application.StructureTypes;
import fr.relais.events.DirectoryEvent.Membership;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Our own layout: from the named values of a line to what the line describes. */
final class Layout {

    private static final Set<String> SHARED = Set.of("kind", "id", "name", "communes", "memberOf", "contacts");
    private static final Set<String> OF_PROFESSIONALS = Set.of("profession", "specialties", "structures", "delegateOf");
    private static final Set<String> OF_STRUCTURES = Set.of("type", "commune");

    /** Names of columns in lower case, as spreadsheets and people do not keep case. */
    private static final Map<String, String> NAMES = Stream.of(SHARED, OF_PROFESSIONALS, OF_STRUCTURES)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableMap(name -> name.toLowerCase(Locale.ROOT), name -> name));

    private Layout() {}

    /** The column of that name, in whatever case. */
    static Optional<String> column(String name) {
        return Optional.ofNullable(NAMES.get(name.strip().toLowerCase(Locale.ROOT)));
    }

    /** All columns, for messages. */
    static String columns() {
        return String.join(", ", new TreeSet<>(NAMES.values()));
    }

    /** What a line describes; empty values may be left out of the map. */
    static Line line(long number, Map<String, List<String>> values) {
        if (values.values().stream().flatMap(List::stream).anyMatch(text -> text.indexOf('\uFFFD') >= 0)) {
            return new Line.Unusable(
                    number,
                    "not-utf-8",
                    "The line holds characters that are not UTF-8: save the file as UTF-8 (in a spreadsheet: \"CSV"
                            + " UTF-8\") and load it again.");
        }
        String kind = first(values, "kind").toLowerCase(Locale.ROOT);
        return switch (kind) {
            case "professional" -> professional(number, values);
            case "structure" -> structure(number, values);
            case "" -> missing(number, "kind", "write professional or structure");
            default ->
                new Line.Unusable(
                        number,
                        "kind-unknown",
                        "'" + shown(kind) + "' is no kind of line: write professional or structure.");
        };
    }

    private static Line professional(long number, Map<String, List<String>> values) {
        Optional<Line> fault = fault(number, values, OF_STRUCTURES, "professional");
        if (fault.isPresent()) {
            return fault.get();
        }
        String profession = first(values, "profession");
        return new Line.OfProfessional(
                number,
                new ProfessionalListed(
                        first(values, "id"),
                        profession.isEmpty() ? null : profession,
                        first(values, "name"),
                        all(values, "specialties"),
                        all(values, "structures"),
                        all(values, "communes"),
                        all(values, "delegateOf"),
                        null,
                        unlessEmpty(Cells.memberships(all(values, "memberOf"))),
                        unlessEmpty(Cells.contacts(all(values, "contacts")))));
    }

    private static Line structure(long number, Map<String, List<String>> values) {
        Optional<Line> fault = fault(number, values, OF_PROFESSIONALS, "structure");
        if (fault.isPresent()) {
            return fault.get();
        }
        String written = first(values, "type");
        Optional<StructureType> type = StructureTypes.ofWord(written);
        if (type.isEmpty()) {
            return new Line.Unusable(
                    number,
                    "type-unknown",
                    "'" + shown(written) + "' is no type of structure: write one of "
                            + Arrays.stream(StructureType.values())
                                    .map(Enum::name)
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        if (first(values, "commune").isEmpty()) {
            return missing(number, "commune", "write the INSEE code of the seat");
        }
        return new Line.OfStructure(
                number,
                new StructureListed(
                        first(values, "id"),
                        type.get(),
                        first(values, "name"),
                        first(values, "commune"),
                        all(values, "communes"),
                        Cells.memberships(all(values, "memberOf")).stream()
                                .filter(one -> one.to() == null)
                                .map(Membership::collective)
                                .toList(),
                        null,
                        unlessEmpty(Cells.memberships(all(values, "memberOf")).stream()
                                .filter(one -> one.from() != null || one.to() != null)
                                .toList()),
                        unlessEmpty(Cells.contacts(all(values, "contacts")))));
    }

    /** An empty cell says nothing: what is known stays. */
    private static <T> @Nullable List<T> unlessEmpty(List<T> values) {
        return values.isEmpty() ? null : values;
    }

    /** What makes a line unusable whatever its kind. A value in a column of the other kind is a slipped column. */
    private static Optional<Line> fault(
            long number, Map<String, List<String>> values, Set<String> ofTheOtherKind, String kind) {
        if (first(values, "id").isEmpty()) {
            return Optional.of(missing(number, "id", "write the RPPS or FINESS number"));
        }
        Optional<String> slipped = ofTheOtherKind.stream()
                .sorted()
                .filter(column -> !all(values, column).isEmpty())
                .findFirst();
        return slipped.isPresent()
                ? slipped.map(column -> new Line.Unusable(
                        number,
                        "column-of-other-kind",
                        "A " + kind + " has no " + column + ": leave it empty, or check whether the columns slipped."))
                : unreadable(number, values);
    }

    private static Optional<Line> unreadable(long number, Map<String, List<String>> values) {
        Optional<String> membership = all(values, "memberOf").stream()
                .filter(text -> Cells.membership(text).isEmpty())
                .findFirst();
        if (membership.isPresent()) {
            return membership.map(text -> new Line.Unusable(
                    number,
                    "membership-unreadable",
                    "'" + shown(text) + "' in memberOf cannot be read: write a FINESS number, and days as"
                            + " 990000051@2024-01-01.. or 990000051@2024-01-01..2025-12-31."));
        }
        return all(values, "contacts").stream()
                .filter(text -> Cells.contact(text).isEmpty())
                .findFirst()
                .map(text -> new Line.Unusable(
                        number,
                        "contact-unreadable",
                        "A value in contacts cannot be read: write mssante:address, email:address, phone:number or"
                                + " webhook:url, and for what before the colon, as in phone/calls:0500000000 (offers,"
                                + " documents, calls or anything)."));
    }

    private static Line missing(long number, String column, String todo) {
        return new Line.Unusable(number, column + "-missing", "The " + column + " is missing: " + todo + ".");
    }

    private static String first(Map<String, List<String>> values, String column) {
        List<String> all = all(values, column);
        return all.isEmpty() ? "" : all.getFirst();
    }

    private static List<String> all(Map<String, List<String>> values, String column) {
        return values.getOrDefault(column, List.of()).stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** Whether several values may stand in it. */
    static boolean isList(String column) {
        return switch (column) {
            case "specialties", "structures", "delegateOf", "communes", "memberOf", "contacts" -> true;
            default -> false;
        };
    }

    static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= 40 ? clean : clean.substring(0, 40) + "…";
    }
}
