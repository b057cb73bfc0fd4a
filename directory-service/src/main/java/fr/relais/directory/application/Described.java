package fr.relais.directory.application;

import fr.relais.kit.decide.Rejection;

/** What a description did to an entry. */
public sealed interface Described {

    /** The entry says something else now. */
    record Changed() implements Described {}

    /** The entry said so already. */
    record Unchanged() implements Described {}

    /** The entry stays as it was, and why. */
    record Refused(Rejection reason) implements Described {}
}
