package fr.relais.pathway.ingress;

import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.PatientTraits;
import fr.relais.pathway.domain.HospitalFact;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
     * @param facts the facts, once the patient's internal id is known: the first is what the message is about, the others
     *     are said by the way
     * @param grounds on which a hospital's own rule may include the patient
     */
    record Happened(Person person, boolean newcomers, Function<String, List<HospitalFact>> facts, Grounds grounds)
            implements Meaning {

        /** Of a message that no rule of inclusion looks at. */
        public Happened(Person person, boolean newcomers, Function<String, List<HospitalFact>> facts) {
            this(person, newcomers, facts, Grounds.NONE);
        }
    }

    /**
     * What a hospital's own rule of inclusion looks at.
     *
     * @param facility as the message names it (MSH-4)
     * @param unit number of the unit, where it is said
     * @param diagnoses ICD-10 codes; they are looked at and not kept
     * @param commune INSEE code of the patient's home, where it is said
     */
    record Grounds(
            String facility,
            @Nullable String unit,
            List<String> diagnoses,
            @Nullable String commune) {

        static final Grounds NONE = new Grounds("", null, List.of(), null);

        public Grounds {
            diagnoses = List.copyOf(diagnoses);
        }

        @Override
        public String toString() {
            return "Grounds[withheld]";
        }
    }

    /**
     * Who a patient is has changed; it concerns only patients we know.
     *
     * @param facts what is said by the way, such as a death
     */
    record Presented(Person person, Function<String, List<HospitalFact>> facts) implements Meaning {}

    /**
     * Two files are one patient, or a patient's number was changed: what the former names is the person from now on.
     *
     * @param at when the hospital said so
     */
    record Merged(Person person, PatientIdentifiers former, Instant at) implements Meaning {}

    /**
     * The national identity was taken from the patient: it is deleted everywhere.
     *
     * @param former the identity that is withdrawn, also where it was never qualified; its value may be unknown
     */
    record InsWithdrawn(Person person, @Nullable String former) implements Meaning {}

    /**
     * It was understood, and there is nothing to do.
     *
     * @param why as a word, for example {@code consultation}
     */
    record Nothing(String why) implements Meaning {}

    /**
     * A person has to look.
     *
     * @param why in plain words, without identity
     * @param about whom it concerns; null where it does not say
     * @param when for whose messages
     */
    record Doubtful(String why, @Nullable Person about, Looked when) implements Meaning {

        /** Whoever it is about. */
        public Doubtful(String why) {
            this(why, null, Looked.ALWAYS);
        }
    }

    /** For whose messages a person looks; those of others are kept and counted. */
    enum Looked {
        /** Anybody's. */
        ALWAYS,
        /** Patients who are known here. */
        IF_KNOWN,
        /** Patients whom a pathway follows. */
        IF_FOLLOWED
    }
}
