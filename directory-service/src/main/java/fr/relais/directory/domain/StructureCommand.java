package fr.relais.directory.domain;

import fr.relais.events.DirectoryEvent.StructureListed;
import java.time.LocalDate;

/** What may be asked of a structure's entry. */
public sealed interface StructureCommand {

    /** Enter a new one; refused when it is listed already. */
    record Add(StructureListed as) implements StructureCommand {}

    /** Let the entry say this, whether it was there or not. */
    record Describe(StructureListed as) implements StructureCommand {}

    /** Take the entry out: nobody asks it anything from now on. */
    record Retire(String id) implements StructureCommand {}

    /**
     * Change whether it may be asked.
     *
     * @param today civil day in Europe/Paris
     */
    record ChangeAvailability(String id, AvailabilityChange change, LocalDate today) implements StructureCommand {}

    /**
     * Leave a collective it belongs to, which is no more.
     *
     * @param from FINESS number of what is left
     * @param on last civil day in Europe/Paris
     */
    record Leave(String id, String from, LocalDate on) implements StructureCommand {}
}
