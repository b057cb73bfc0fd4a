package fr.relais.directory.web;

import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureType;
import fr.relais.kit.problem.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A structure as written by callers; what is missing is empty, and the rules say what must not be.
 *
 * @param id FINESS number; may be left out where the path names it
 * @param type a word of {@link StructureType}
 * @param commune INSEE code of the seat
 * @param communes INSEE codes of the communes it serves
 * @param memberOf FINESS numbers of the collectives it belongs to
 */
record StructureBody(
        @Nullable String id,
        @Nullable String type,
        @Nullable String name,
        @Nullable String commune,
        @Nullable List<@Nullable String> communes,
        @Nullable List<@Nullable String> memberOf) {

    StructureListed listing(String as) {
        return new StructureListed(
                as,
                typeOf(type).orElseThrow(() -> noType(type)),
                Bodies.text(name),
                Bodies.text(commune),
                Bodies.texts(communes),
                Bodies.texts(memberOf));
    }

    static Optional<StructureType> typeOf(@Nullable String word) {
        return Arrays.stream(StructureType.values())
                .filter(type -> type.name().equalsIgnoreCase(word))
                .findFirst();
    }

    static RuntimeException noType(@Nullable String word) {
        return Problems.badRequest(
                "type-unknown",
                (word == null ? "The type is missing" : "That is no type of structure") + ": write one of "
                        + Arrays.toString(StructureType.values()) + ".");
    }
}
