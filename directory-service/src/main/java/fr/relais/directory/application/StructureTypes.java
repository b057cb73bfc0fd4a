package fr.relais.directory.application;

import fr.relais.events.DirectoryEvent.StructureType;
import java.util.Arrays;
import java.util.Optional;

/** Words for kinds of structures. */
public final class StructureTypes {

    private StructureTypes() {}

    /** The kind that a word names, in any case. SAD is what SSIAD become (services autonomie à domicile). */
    public static Optional<StructureType> ofWord(String word) {
        String name = word.equalsIgnoreCase("SAD") ? StructureType.SSIAD.name() : word;
        return Arrays.stream(StructureType.values())
                .filter(type -> type.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
