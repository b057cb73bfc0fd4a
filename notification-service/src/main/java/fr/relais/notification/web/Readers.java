package fr.relais.notification.web;

import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import java.util.Set;
import java.util.stream.Collectors;

/** Whose notices a caller reads: their own, and those of the structure where they hear what it is told. */
final class Readers {

    private Readers() {}

    static void require(Caller caller) {
        caller.require(Role.PROFESSIONAL, Role.DELEGATE, Role.WARD, Role.COORDINATOR);
    }

    /** Keys of inboxes, among everything that may concern the caller. */
    static Set<String> inboxes(Caller caller) {
        return caller.audience().stream()
                .filter(key -> key.startsWith("person:") || key.startsWith("structure:") && key.indexOf('#') < 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    static Set<Party> readsFor(Caller caller) {
        return inboxes(caller).stream().map(Party::ofKey).collect(Collectors.toUnmodifiableSet());
    }
}
