package fr.relais.directory.domain;

import fr.relais.events.DirectoryEvent.ProfessionalListed;

/** A professional's entry in the directory. */
public sealed interface Professional {

    /** Nobody of this id was ever listed. */
    record Unlisted() implements Professional {}

    /** Listed, as described. */
    record Listed(ProfessionalListed as) implements Professional {}

    /** Was listed and is no more; may be listed again. */
    record Retired(String id) implements Professional {}
}
