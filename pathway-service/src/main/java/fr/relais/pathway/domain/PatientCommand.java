package fr.relais.pathway.domain;

import static java.util.Objects.requireNonNull;

/** What can be asked of a patient's stream: take note of a hospital's fact, or of a pathway that follows the patient. */
public sealed interface PatientCommand permits HospitalFact, PatientCommand.LinkPathway, PatientCommand.UnlinkPathway {

    /** From now on what hospitals say of this patient concerns the pathway. */
    record LinkPathway(String pathway) implements PatientCommand {
        public LinkPathway {
            requireNonNull(pathway, "pathway is missing");
        }
    }

    /** The pathway is over and hears no more of this patient's stays. */
    record UnlinkPathway(String pathway) implements PatientCommand {
        public UnlinkPathway {
            requireNonNull(pathway, "pathway is missing");
        }
    }
}
