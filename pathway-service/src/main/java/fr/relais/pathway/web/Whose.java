package fr.relais.pathway.web;

import fr.relais.events.Addressee;
import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.pathway.view.Colleagues;
import fr.relais.pathway.view.WorkParty;
import java.util.LinkedHashSet;
import java.util.Set;

/** Whose lists a caller reads, and of what in them they are told live. */
final class Whose {

    private Whose() {}

    /**
     * A coordinator's: what their structure watches or opened. A ward's: what it opened. A professional's: what they opened,
     * what they answer for, and what colleagues of their profession in their structure do.
     */
    static Set<String> lists(Caller caller) {
        Set<String> parties = new LinkedHashSet<>();
        String finess = caller.structure();
        String structure = finess == null ? null : Party.structure(finess).key();
        String me = Party.person(caller.id()).key();
        boolean professional = caller.has(Role.PROFESSIONAL) && !caller.has(Role.DELEGATE);
        if (caller.has(Role.COORDINATOR) && structure != null) {
            parties.add(WorkParty.watch(structure));
            parties.add(WorkParty.own(structure));
        }
        if (caller.has(Role.WARD) || professional) {
            parties.add(WorkParty.own(me));
            parties.add(WorkParty.hold(me));
            if (structure != null) {
                parties.add(WorkParty.own(structure));
            }
        }
        if (professional && finess != null) {
            caller.professions()
                    .forEach(profession -> parties.add(WorkParty.hold(Addressee.memberKey(finess, profession))));
        }
        return parties;
    }

    /**
     * What they hear live: of whatever concerns them, of rows that come into their lists, go, or change hands. Whoever keeps
     * the diary of others hears of the handoffs of these; of whom, is as it was when they began to listen.
     */
    static Set<String> audience(Caller caller, Colleagues colleagues) {
        Set<String> keys = new LinkedHashSet<>(Acting.audience(caller, colleagues));
        keys.addAll(lists(caller));
        if (caller.has(Role.COORDINATOR)) {
            // Also where their token names a profession there: they watch for the structure.
            keys.addAll(Acting.parties(caller));
        }
        String finess = caller.structure();
        if (caller.has(Role.DELEGATE) && finess != null) {
            keys.add(WorkParty.diary(finess));
        }
        return keys;
    }
}
