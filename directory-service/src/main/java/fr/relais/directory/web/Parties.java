package fr.relais.directory.web;

import fr.relais.events.Party;
import fr.relais.kit.problem.Problems;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Parties as callers write them: {@code person:<RPPS>} or {@code structure:<FINESS>}. */
final class Parties {

    private Parties() {}

    static Party ofKey(String key) {
        try {
            return Party.ofKey(key.strip());
        } catch (IllegalArgumentException e) {
            throw Problems.badRequest("party-unreadable", "Write each party as person:<RPPS> or structure:<FINESS>.");
        }
    }

    static Set<Party> ofKeys(List<String> keys) {
        Set<Party> parties = new LinkedHashSet<>();
        keys.stream().filter(key -> !key.isBlank()).map(Parties::ofKey).forEach(parties::add);
        return parties;
    }
}
