package fr.relais.directory.web;

import fr.relais.kit.problem.Problems;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What bodies of requests may leave out. */
final class Bodies {

    private Bodies() {}

    static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    static List<String> texts(@Nullable List<@Nullable String> texts) {
        return texts == null ? List.of() : texts.stream().map(Bodies::text).toList();
    }

    /** The id of an entry that is changed: that of the path, and none else in the body. */
    static String sameId(String inPath, @Nullable String inBody) {
        if (inBody != null && !inBody.equals(inPath)) {
            throw Problems.badRequest(
                    "id-mismatch",
                    "The path names " + inPath + " and the body another id: send the same id, or none in the body.");
        }
        return inPath;
    }

    /** A list is read from one index, and no index holds two lists of places. */
    static void requireOneOf(@Nullable String commune, @Nullable String structure, @Nullable String memberOf) {
        if (Stream.of(commune, structure, memberOf).filter(Objects::nonNull).count() > 1) {
            throw Problems.badRequest(
                    "filters-together",
                    "commune, structure and memberOf cannot be asked together: ask for the structure or the collective,"
                            + " its people are few.");
        }
    }
}
