package fr.relais.directory.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;

/** Who may read the directory: every person. A hospital's machine may only send. */
final class Readers {

    private Readers() {}

    static void require(Caller caller) {
        caller.require(Role.PROFESSIONAL, Role.DELEGATE, Role.WARD, Role.COORDINATOR, Role.OPERATOR);
    }
}
