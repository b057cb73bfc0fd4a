package fr.relais.pathway.application;

import fr.relais.kit.access.Caller;
import fr.relais.pathway.application.Vault.Ground;
import java.util.Optional;

/** Who takes part in a patient's care. Whoever does not, learns nothing of the patient, not even that they are known. */
public interface Circles {

    /**
     * On which ground this caller may see who the patient is.
     *
     * @return empty, the answer to every doubt, when the patient does not concern them
     */
    Optional<Ground> concerns(Caller caller, String patient);
}
