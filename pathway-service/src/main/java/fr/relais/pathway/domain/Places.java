package fr.relais.pathway.domain;

/** Which place is told to whoever is asked and does not care for the patient yet. */
@FunctionalInterface
public interface Places {

    /** The INSEE code to tell for this commune: its own, or for a small one that of its canton's main town. */
    String told(String commune);
}
