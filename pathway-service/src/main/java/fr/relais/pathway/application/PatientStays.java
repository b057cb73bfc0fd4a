package fr.relais.pathway.application;

import fr.relais.events.EncounterEvent;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import fr.relais.pathway.domain.HospitalFact;
import fr.relais.pathway.domain.Patient;
import fr.relais.pathway.domain.PatientCommand;
import fr.relais.pathway.domain.PatientDecider;
import java.util.Set;

/** What hospitals say of patients, and which pathways follow them. */
public final class PatientStays implements HospitalFacts {

    private final Streams<PatientCommand, Patient, EncounterEvent> streams;

    public PatientStays(Journal journal) {
        this.streams = journal.streams(new PatientDecider(), EncounterEvent.class);
    }

    @Override
    public Noted tell(HospitalFact fact, CommandContext context) {
        return switch (streams.execute(fact.patient(), context, fact)) {
            case Outcome.Done<Patient> done ->
                new Noted(done.repeated(), !done.state().pathways().isEmpty());
            case Outcome.Refused<Patient> refused -> throw neverRefused(refused);
        };
    }

    @Override
    public boolean follows(String patient) {
        return !following(patient).isEmpty();
    }

    /** The open pathways that follow this patient. */
    public Set<String> following(String patient) {
        return streams.load(patient).state().pathways();
    }

    /** From now on the pathway hears of the patient's stays. */
    public void link(String patient, String pathway, CommandContext context) {
        run(patient, context, new PatientCommand.LinkPathway(pathway));
    }

    /** The pathway hears no more of them. */
    public void unlink(String patient, String pathway, CommandContext context) {
        run(patient, context, new PatientCommand.UnlinkPathway(pathway));
    }

    private void run(String patient, CommandContext context, PatientCommand command) {
        if (streams.execute(patient, context, command) instanceof Outcome.Refused<Patient> refused) {
            throw neverRefused(refused);
        }
    }

    private static IllegalStateException neverRefused(Outcome.Refused<Patient> refused) {
        return new IllegalStateException(
                "a patient's stream refused a fact: " + refused.reason().message());
    }
}
