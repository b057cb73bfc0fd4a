package fr.relais.pathway.application;

import fr.relais.kit.access.Caller;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Under which names (MSH-4) hospitals speak. A FINESS number is always a name of its own structure. */
public final class SendingFacilities {

    private final Map<String, Set<String>> names;

    /**
     * Takes what is configured.
     *
     * @param names by FINESS number, beside the number itself
     */
    public SendingFacilities(Map<String, Set<String>> names) {
        this.names = new TreeMap<>(names);
    }

    /** The names of those structures. */
    public Set<String> namesOf(Collection<String> finess) {
        Set<String> found = new HashSet<>(finess);
        finess.forEach(number -> found.addAll(names.getOrDefault(number, Set.of())));
        return Set.copyOf(found);
    }

    /** The names of the structure the caller acts for, or of all of theirs while they have not chosen. */
    public Set<String> namesOf(Caller caller) {
        String structure = caller.structure();
        return namesOf(structure == null ? caller.structures() : Set.of(structure));
    }
}
