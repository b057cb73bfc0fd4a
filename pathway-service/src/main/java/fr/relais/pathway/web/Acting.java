package fr.relais.pathway.web;

import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.pathway.domain.Professional;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A caller, as pathways see them. */
final class Acting {

    private Acting() {}

    /** As the rules see them: a delegate practises no profession here, whatever their token says. */
    static Professional professional(Caller caller) {
        return new Professional(
                caller.id(),
                caller.structure(),
                caller.has(Role.DELEGATE) ? Set.of() : caller.professions(),
                caller.has(Role.COORDINATOR),
                caller.specialties(),
                Set.of());
    }

    /** Keys of the person and of the structure they act for. */
    static Set<String> parties(Caller caller) {
        Set<String> keys = new LinkedHashSet<>(List.of(Party.person(caller.id()).key()));
        String structure = caller.structure();
        if (structure != null) {
            keys.add(Party.structure(structure).key());
        }
        return keys;
    }
}
