package fr.relais.pathway.application;

import fr.relais.events.EncounterEvent;
import fr.relais.events.Party;
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
                new Noted(
                        done.repeated(), !done.state().pathways().isEmpty(), PatientDecider.effect(fact, done.state()));
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

    @Override
    public void merge(String survivor, String former, CommandContext context) {
        // What survives learns first: a crash in between leaves both files, and the repeat finishes it.
        Patient given = streams.load(former).state();
        run(survivor, context.forStream(survivor), PatientDecider.handedOver(former, given, context.at()));
        run(former, context.forStream(former), new PatientCommand.MergeInto(survivor, context.at()));
    }

    /** From now on the pathway hears of the patient's stays. */
    public void link(String patient, String pathway, CommandContext context) {
        run(patient, context, new PatientCommand.LinkPathway(pathway));
    }

    /**
     * The pathway hears no more of them.
     *
     * @param circle who cared for the patient on it, and is told of later stays
     */
    public void unlink(String patient, String pathway, Set<Party> circle, CommandContext context) {
        run(patient, context, new PatientCommand.UnlinkPathway(pathway, circle));
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
