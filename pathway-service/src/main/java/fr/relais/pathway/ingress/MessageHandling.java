package fr.relais.pathway.ingress;

import fr.relais.events.Actor;
import fr.relais.kit.journal.CommandContext;
import fr.relais.pathway.application.HospitalFacts;
import fr.relais.pathway.application.MessageWork.Claimed;
import fr.relais.pathway.application.MessageWork.Ending;
import fr.relais.pathway.application.Vault;
import fr.relais.pathway.domain.HospitalFact;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * From a kept message to what it does. May be done again after a crash at any instant: the vault finds what it made, and
 * the journal knows the command by the message's id.
 */
final class MessageHandling {

    private final Map<String, HospitalFormat> formats;
    private final Vault vault;
    private final HospitalFacts facts;
    private final Clock clock;

    MessageHandling(List<HospitalFormat> formats, Vault vault, HospitalFacts facts, Clock clock) {
        this.formats =
                formats.stream().collect(Collectors.toUnmodifiableMap(HospitalFormat::name, Function.identity()));
        this.vault = vault;
        this.facts = facts;
        this.clock = clock;
    }

    Ending handle(Claimed message) {
        if (message.body().length == 0) {
            return Ending.ignored("content-gone", null);
        }
        HospitalFormat format = formats.get(message.format());
        if (format == null) {
            return Ending.triage("this build does not know the format " + message.format(), null);
        }
        return switch (format.read(message)) {
            case Meaning.Nothing(String why) -> Ending.ignored(why, null);
            case Meaning.Doubtful(String why) -> Ending.triage(why, null);
            case Meaning.Presented(Meaning.Person person) -> presented(person);
            case Meaning.Happened happened -> happened(message, happened);
        };
    }

    private Ending presented(Meaning.Person person) {
        if (vault.find(person.identifiers()).isEmpty()) {
            return Ending.ignored("nobody-we-know", null);
        }
        return switch (vault.keep(person.identifiers(), person.traits(), person.saidAt())) {
            case Vault.Kept.As(String patient) ->
                Ending.processed("identity-updated", patient).followed(facts.follows(patient));
            case Vault.Kept.Contradicted(String why) -> Ending.triage(why, null);
        };
    }

    private Ending happened(Claimed message, Meaning.Happened happened) {
        Meaning.Person person = happened.person();
        if (!happened.newcomers()) {
            Optional<String> known = vault.find(person.identifiers());
            return known.isEmpty()
                    ? Ending.ignored("nobody-we-know", null)
                    : tell(message, happened.fact().apply(known.get()));
        }
        return switch (vault.keep(person.identifiers(), person.traits(), person.saidAt())) {
            case Vault.Kept.As(String patient) -> tell(message, happened.fact().apply(patient));
            case Vault.Kept.Contradicted(String why) -> Ending.triage(why, null);
        };
    }

    private Ending tell(Claimed message, HospitalFact fact) {
        // A retry is a command of its own: what is read differs when a person, or a newer build, looks again.
        String command = "message/" + message.id() + (message.retries() == 0 ? "" : "/retry/" + message.retries());
        CommandContext context =
                new CommandContext(command, null, Actor.feed(message.facility()), clock.instant(), null, null);
        HospitalFacts.Noted noted = facts.tell(fact, context);
        Ending ending = switch (fact) {
            case HospitalFact.Unclear unclear when noted.followed() -> Ending.triage(unclear.why(), fact.patient());
            case HospitalFact.Unclear unclear -> Ending.processed("discharge-unclear", fact.patient());
            case HospitalFact.Admit admit -> Ending.processed("admitted", fact.patient());
            case HospitalFact.PlanDischarge planned -> Ending.processed("discharge-planned", fact.patient());
            case HospitalFact.Discharge discharge -> Ending.processed("discharged", fact.patient());
            case HospitalFact.Die died -> Ending.processed("died", fact.patient());
            case HospitalFact.CancelDischargeOrDeath cancelled ->
                Ending.processed("discharge-cancelled", fact.patient());
            case HospitalFact.CancelDeath cancelled -> Ending.processed("death-cancelled", fact.patient());
        };
        return ending.followed(noted.followed());
    }
}
