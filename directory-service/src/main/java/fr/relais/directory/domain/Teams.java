package fr.relais.directory.domain;

import fr.relais.events.DirectoryEvent.StructureType;
import java.util.List;

/**
 * Structures that are asked in place of their members, because those work in turn: a nurse of a cabinet is asked through
 * the cabinet, and whoever is on duty accepts in their own name. Hospitals, homes and collectives are none: their nurses
 * do not go to patients at home, and a collective does not care for anybody.
 */
public final class Teams {

    /** The kinds of teams; who is in several is asked through the first. */
    public static final List<StructureType> TYPES = List.of(
            StructureType.CABINET,
            StructureType.OFFICINE,
            StructureType.CDS,
            StructureType.SSIAD,
            StructureType.CMP,
            StructureType.LABORATOIRE,
            StructureType.MSP);

    private Teams() {}
}
