package fr.relais.pathway.application;

import fr.relais.kit.access.Caller;
import java.util.Optional;

/** Who takes part in a patient's care. Whoever does not, learns nothing of the patient, not even that they are known. */
public interface Circles {

    /**
     * How a patient concerns a caller.
     *
     * @param ground on which they may see who the patient is
     * @param pathway the pathway that makes them take part
     */
    record Concerned(Ground ground, String pathway) {}

    /**
     * On which ground this caller may see who the patient is.
     *
     * @return empty, the answer to every doubt, when the patient does not concern them
     */
    Optional<Concerned> concerns(Caller caller, String patient);
}
