package fr.relais.directory.domain;

import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.Party;
import java.util.List;
import java.util.Set;

/**
 * What the directory says about those who may be asked: a bounded part of it, found by index.
 *
 * @param professionals those listed, of any profession
 * @param structures those listed, among them the structures that the professionals work in
 * @param retired those asked for by name who left the directory
 */
public record Listings(List<ProfessionalListed> professionals, List<StructureListed> structures, Set<Party> retired) {

    public Listings {
        professionals = List.copyOf(professionals);
        structures = List.copyOf(structures);
        retired = Set.copyOf(retired);
    }
}
