package fr.relais.directory.domain;

import fr.relais.events.DirectoryEvent.ProfessionalListed;
import java.time.LocalDate;

/** What may be asked of a professional's entry. */
public sealed interface ProfessionalCommand {

    /** Enter somebody new; refused when they are listed already. */
    record Add(ProfessionalListed as) implements ProfessionalCommand {}

    /** Let the entry say this, whether it was there or not. */
    record Describe(ProfessionalListed as) implements ProfessionalCommand {}

    /** Take the entry out: nobody asks them anything from now on. */
    record Retire(String id) implements ProfessionalCommand {}

    /**
     * Change whether they may be asked.
     *
     * @param today civil day in Europe/Paris
     */
    record ChangeAvailability(String id, AvailabilityChange change, LocalDate today) implements ProfessionalCommand {}

    /**
     * Leave a structure where they work or a collective they belong to, which is no more.
     *
     * @param from FINESS number of what is left
     * @param on last civil day in Europe/Paris
     */
    record Leave(String id, String from, LocalDate on) implements ProfessionalCommand {}
}
