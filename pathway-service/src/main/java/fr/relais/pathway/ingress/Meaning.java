package fr.relais.pathway.ingress;

import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.PatientTraits;
import fr.relais.pathway.domain.HospitalFact;
import java.time.Instant;
import java.util.function.Function;

/** What a message says, as far as Relais uses it. */
public sealed interface Meaning {

    /**
     * A patient, as a message presents them.
     *
     * @param saidAt when the sender wrote it: what was written later holds
     */
    record Person(PatientIdentifiers identifiers, PatientTraits traits, Instant saidAt) {}

    /**
     * Something happened to a stay.
     *
     * @param newcomers whether it also concerns a patient nobody knows yet, who then enters the vault
     * @param fact the fact, once the patient's internal id is known
     */
    record Happened(Person person, boolean newcomers, Function<String, HospitalFact> fact) implements Meaning {}

    /** Who a patient is has changed; it concerns only patients we know. */
    record Presented(Person person) implements Meaning {}

    /**
     * It was understood, and there is nothing to do.
     *
     * @param why as a word, for example {@code not-a-stay}
     */
    record Nothing(String why) implements Meaning {}

    /**
     * A person has to look.
     *
     * @param why in plain words, without identity
     */
    record Doubtful(String why) implements Meaning {}
}
