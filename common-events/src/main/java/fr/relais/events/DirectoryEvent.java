package fr.relais.events;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Professionals and structures, the full state in each event. One stream per professional or structure. The names in
 * here are those of the public national registers (RPPS, FINESS), never a patient's.
 */
@EventFamily(topic = "relais.directory", owner = "directory-service", compacted = true)
public sealed interface DirectoryEvent extends DomainEvent {

    /** Kinds of structures that take part in a pathway. */
    enum StructureType {
        CABINET,
        MSP,
        CDS,
        CPTS,
        ESP,
        ESS,
        OFFICINE,
        ETABLISSEMENT,
        DAC,
        EHPAD,
        SSIAD,
        HAD,
        SMR,
        CMP,
        LABORATOIRE
    }

    /**
     * A professional is in the directory, as described here.
     *
     * @param id RPPS number, or the national identifier of those who have none (a secretary)
     * @param profession code of TRE_G15-ProfessionSante; null for those who are no health professionals
     * @param specialties codes of TRE_R38-SpecialiteOrdinale
     * @param structures FINESS numbers of the structures they work in
     * @param communes INSEE codes (COG) of the communes they serve
     * @param delegateOf RPPS numbers of those for whom they may set appointments
     */
    @EventType(name = "directory.professional-listed")
    record ProfessionalListed(
            String id,
            @Nullable String profession,
            String name,
            List<String> specialties,
            List<String> structures,
            List<String> communes,
            List<String> delegateOf)
            implements DirectoryEvent {
        public ProfessionalListed {
            requireNonNull(id, "id is missing");
            requireNonNull(name, "name is missing");
            specialties = List.copyOf(specialties);
            structures = List.copyOf(structures);
            communes = List.copyOf(communes);
            delegateOf = List.copyOf(delegateOf);
        }
    }

    /** A professional left the directory. */
    @EventType(name = "directory.professional-retired")
    record ProfessionalRetired(String id) implements DirectoryEvent {
        public ProfessionalRetired {
            requireNonNull(id, "id is missing");
        }
    }

    /**
     * A structure is in the directory, as described here.
     *
     * @param id FINESS number
     * @param commune INSEE code (COG) of its seat
     * @param communes INSEE codes of the communes it serves
     * @param memberOf FINESS numbers of the collectives (CPTS, MSP …) it belongs to
     */
    @EventType(name = "directory.structure-listed")
    record StructureListed(
            String id, StructureType type, String name, String commune, List<String> communes, List<String> memberOf)
            implements DirectoryEvent {
        public StructureListed {
            requireNonNull(id, "id is missing");
            requireNonNull(type, "type is missing");
            requireNonNull(name, "name is missing");
            requireNonNull(commune, "commune is missing");
            communes = List.copyOf(communes);
            memberOf = List.copyOf(memberOf);
        }
    }

    /** A structure left the directory. */
    @EventType(name = "directory.structure-retired")
    record StructureRetired(String id) implements DirectoryEvent {
        public StructureRetired {
            requireNonNull(id, "id is missing");
        }
    }
}
