package fr.relais.directory.domain;

import fr.relais.events.DirectoryEvent.StructureListed;

/** A structure's entry in the directory. */
public sealed interface Structure {

    /** No structure of this number was ever listed. */
    record Unlisted() implements Structure {}

    /** Listed, as described. */
    record Listed(StructureListed as) implements Structure {}

    /** Was listed and is no more; may be listed again. */
    record Retired(String id) implements Structure {}
}
