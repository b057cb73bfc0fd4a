package fr.relais.pathway.web;

import fr.relais.events.Addressee;
import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.web.Request;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.domain.Circumstances;
import fr.relais.pathway.domain.PathwayCommand;
import fr.relais.pathway.domain.Professional;
import fr.relais.pathway.domain.Roles;
import fr.relais.pathway.view.Colleagues;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A caller, as pathways see them. */
final class Acting {

    private Acting() {}

    /** As the rules see them: a delegate practises no profession here, whatever their token says. */
    static Professional professional(Caller caller) {
        return professional(caller, Set.of());
    }

    /** The same with those for whom they keep the diary, which the directory knows. */
    static Professional professional(Caller caller, Colleagues colleagues) {
        return professional(caller, delegateOf(caller, colleagues));
    }

    private static Professional professional(Caller caller, Set<String> delegateOf) {
        return new Professional(
                caller.id(),
                caller.structure(),
                caller.has(Role.DELEGATE) ? Set.of() : caller.professions(),
                caller.has(Role.COORDINATOR),
                caller.has(Role.DELEGATE) ? Set.of() : caller.specialties(),
                caller.has(Role.DELEGATE),
                delegateOf);
    }

    private static Set<String> delegateOf(Caller caller, Colleagues colleagues) {
        return caller.has(Role.DELEGATE) ? colleagues.delegateOf(caller.id()) : Set.of();
    }

    /** Keys of whose handoffs they find in their list; a delegate's are those of the people they keep the diary of. */
    static Set<String> audience(Caller caller, Colleagues colleagues) {
        Set<String> keys = new LinkedHashSet<>(caller.audience());
        if (caller.has(Role.DELEGATE)) {
            colleagues
                    .delegateOf(caller.id())
                    .forEach(id -> keys.add(Party.person(id).key()));
            String structure = caller.structure();
            if (structure != null) {
                Roles.professions().values().stream()
                        .filter(profession -> !profession.isEmpty())
                        .forEach(profession -> keys.add(Addressee.memberKey(structure, profession)));
            }
        }
        return keys;
    }

    /**
     * Throws what a command would be refused with, if it is that the caller may not know of it, or may not do it: whoever
     * may not hears nothing else, and least of all what is wrong with their request.
     */
    static void rightsFirst(
            Pathways pathways, String pathway, Request request, Function<Circumstances, PathwayCommand> command) {
        pathways.refusal(pathway, request.command(null), command)
                .filter(reason ->
                        reason.kind() == Rejection.Kind.NOT_FOUND || reason.kind() == Rejection.Kind.FORBIDDEN)
                .ifPresent(reason -> {
                    throw Problems.refused(reason);
                });
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
