package fr.relais.directory.application;

import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.StructureListed;

/** A line of a file that is loaded. */
public sealed interface Line {

    /** Where it starts, counted from 1. */
    long number();

    /** It describes a professional. */
    record OfProfessional(long number, ProfessionalListed as) implements Line {}

    /** It describes a structure. */
    record OfStructure(long number, StructureListed as) implements Line {}

    /**
     * It describes nothing.
     *
     * @param code stable word in kebab case
     * @param message what is wrong and what to do
     */
    record Unusable(long number, String code, String message) implements Line {}
}
