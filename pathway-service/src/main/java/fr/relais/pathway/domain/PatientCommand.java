package fr.relais.pathway.domain;

import static java.util.Objects.requireNonNull;

import fr.relais.events.EncounterEvent.MovementReported;
import fr.relais.events.EncounterEvent.StaySnapshot;
import fr.relais.events.EncounterEvent.Told;
import fr.relais.events.Party;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be asked of a patient's stream: take note of a hospital's fact, or of a pathway that follows the patient. */
public sealed interface PatientCommand
        permits HospitalFact,
                PatientCommand.LinkPathway,
                PatientCommand.UnlinkPathway,
                PatientCommand.Absorb,
                PatientCommand.MergeInto {

    /** From now on what hospitals say of this patient concerns the pathway. */
    record LinkPathway(String pathway) implements PatientCommand {
        public LinkPathway {
            requireNonNull(pathway, "pathway is missing");
        }
    }

    /**
     * The pathway is over and hears no more of this patient's stays.
     *
     * @param circle who cared for the patient on it, and may be told of later stays
     */
    record UnlinkPathway(String pathway, Set<Party> circle) implements PatientCommand {
        public UnlinkPathway {
            requireNonNull(pathway, "pathway is missing");
            circle = Set.copyOf(circle);
        }

        public UnlinkPathway(String pathway) {
            this(pathway, Set.of());
        }
    }

    /**
     * Another file turned out to be of this patient: what it knew is known here from now on.
     *
     * @param former internal id of the other
     * @param circle who cared for the other on pathways that are over; null where no pathway ever followed it
     * @param told what its circle was told, and not yet that it is not so
     * @param deaths deaths that hold of it
     * @param physician the médecin traitant whom a hospital named of it
     */
    record Absorb(
            String former,
            Instant at,
            List<StaySnapshot> stays,
            List<String> pathways,
            @Nullable List<Party> circle,
            List<Told> told,
            List<MovementReported> deaths,
            Patient.@Nullable Physician physician)
            implements PatientCommand {
        public Absorb {
            requireNonNull(former, "former is missing");
            requireNonNull(at, "at is missing");
            stays = List.copyOf(stays);
            pathways = List.copyOf(pathways);
            circle = circle == null ? null : List.copyOf(circle);
            told = List.copyOf(told);
            deaths = List.copyOf(deaths);
        }
    }

    /** This file is given up for another patient's. */
    record MergeInto(String patient, Instant at) implements PatientCommand {
        public MergeInto {
            requireNonNull(patient, "patient is missing");
            requireNonNull(at, "at is missing");
        }
    }
}
