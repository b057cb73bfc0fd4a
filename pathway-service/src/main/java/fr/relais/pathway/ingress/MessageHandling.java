package fr.relais.pathway.ingress;

import fr.relais.events.Actor;
import fr.relais.events.EncounterEvent.MovementKind;
import fr.relais.kit.journal.CommandContext;
import fr.relais.pathway.application.HospitalFacts;
import fr.relais.pathway.application.HospitalRules;
import fr.relais.pathway.application.MessageWork.Claimed;
import fr.relais.pathway.application.MessageWork.Ending;
import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.RuleInclusions;
import fr.relais.pathway.application.Vault;
import fr.relais.pathway.domain.HospitalFact;
import fr.relais.pathway.domain.PatientDecider.Effect;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From a kept message to what it does. May be done again after a crash at any instant: the vault finds what it made, and
 * the journal knows the command by the message's id.
 */
final class MessageHandling {

    /** What whoever watches the pathway is asked, so that no message has to wait in triage for it. */
    private static final Set<String> TOLD_TO_THE_PATHWAY = Set.of("protected-data", "had-ended");

    private final Map<String, HospitalFormat> formats;
    private final Vault vault;
    private final HospitalFacts facts;
    private final @Nullable RuleInclusions rules;
    private final Clock clock;

    /**
     * Handles messages.
     *
     * @param rules by which hospitals include patients themselves; null where there are no pathways to open
     */
    MessageHandling(
            List<HospitalFormat> formats,
            Vault vault,
            HospitalFacts facts,
            @Nullable RuleInclusions rules,
            Clock clock) {
        this.formats =
                formats.stream().collect(Collectors.toUnmodifiableMap(HospitalFormat::name, Function.identity()));
        this.vault = vault;
        this.facts = facts;
        this.rules = rules;
        this.clock = clock;
    }

    Ending handle(Claimed message) {
        if (message.body().length == 0) {
            return Ending.ignored("content-gone", null);
        }
        HospitalFormat format = formats.get(message.format());
        if (format == null) {
            return Ending.triage("this build does not know the format: " + message.format(), null);
        }
        return switch (format.read(message)) {
            case Meaning.Nothing(String why) -> Ending.ignored(why, null);
            case Meaning.Doubtful doubtful -> doubtful(doubtful);
            case Meaning.Presented presented -> presented(message, presented);
            case Meaning.Happened happened -> happened(message, happened);
            case Meaning.Merged merged -> merged(message, merged);
            case Meaning.InsWithdrawn withdrawn -> insWithdrawn(withdrawn);
        };
    }

    private Ending doubtful(Meaning.Doubtful doubtful) {
        Meaning.Person person = doubtful.about();
        Optional<String> known = person == null ? Optional.empty() : vault.find(person.identifiers());
        boolean followed = known.filter(facts::follows).isPresent();
        boolean looked = switch (doubtful.when()) {
            case ALWAYS -> true;
            case IF_KNOWN -> known.isPresent();
            case IF_FOLLOWED -> followed;
        };
        return looked
                ? Ending.triage(doubtful.why(), known.orElse(null)).followed(followed)
                : Ending.ignored(known.isPresent() ? "doubtful-not-followed" : "nobody-we-know", known.orElse(null));
    }

    private Ending presented(Claimed message, Meaning.Presented presented) {
        Meaning.Person person = presented.person();
        if (vault.find(person.identifiers()).isEmpty()) {
            return Ending.ignored("nobody-we-know", null);
        }
        return switch (vault.keep(person.identifiers(), person.traits(), person.saidAt())) {
            case Vault.Kept.As(String patient) -> {
                Ending ending = Ending.processed("identity-updated", patient);
                boolean followed = false;
                List<HospitalFact> said = presented.facts().apply(patient);
                for (int i = 0; i < said.size(); i++) {
                    HospitalFacts.Noted noted = facts.tell(said.get(i), context(message, i));
                    followed = noted.followed();
                    if (said.get(i) instanceof HospitalFact.Die && noted.effect() == Effect.HOLDS) {
                        ending = Ending.processed("died", patient);
                    }
                }
                yield ending.followed(said.isEmpty() ? facts.follows(patient) : followed);
            }
            case Vault.Kept.Contradicted(String why) -> Ending.triage(why, null);
        };
    }

    private Ending happened(Claimed message, Meaning.Happened happened) {
        Meaning.Person person = happened.person();
        if (!happened.newcomers()) {
            Optional<String> known = vault.find(person.identifiers());
            return known.isEmpty()
                    ? Ending.ignored("nobody-we-know", null)
                    : tell(message, happened.facts().apply(known.get()), happened.grounds());
        }
        return switch (vault.keep(person.identifiers(), person.traits(), person.saidAt())) {
            case Vault.Kept.As(String patient) -> tell(message, happened.facts().apply(patient), happened.grounds());
            case Vault.Kept.Contradicted(String why) -> Ending.triage(why, null);
        };
    }

    private Ending tell(Claimed message, List<HospitalFact> said, Meaning.Grounds grounds) {
        HospitalFact fact = said.getFirst();
        HospitalFacts.Noted noted = facts.tell(fact, context(message, 0));
        for (int i = 1; i < said.size(); i++) {
            facts.tell(said.get(i), context(message, i));
        }
        Ending ending = switch (noted.effect()) {
            case HOLDS ->
                !noted.followed() && includes(fact, grounds, context(message, 0))
                        ? Ending.processed("included-by-rule", fact.patient())
                        : understood(fact, noted.followed());
            case OUT_OF_ORDER -> Ending.ignored("out-of-order", fact.patient());
            case OLDER -> Ending.ignored("older-than-known", fact.patient());
            case NOT_FOLLOWED ->
                Ending.ignored(
                        fact instanceof HospitalFact.Unconcern(var about, String code) ? code : "not-followed",
                        fact.patient());
        };
        return ending.followed(noted.followed());
    }

    private boolean includes(HospitalFact fact, Meaning.Grounds grounds, CommandContext context) {
        HospitalRules.When when = switch (fact) {
            case HospitalFact.Admit admit -> HospitalRules.When.ADMISSION;
            case HospitalFact.Discharge discharge ->
                switch (discharge.destination()) {
                    case HOME, MEDICO_SOCIAL, SSIAD, HAD -> HospitalRules.When.DISCHARGE;
                    case OTHER_HOSPITAL, AGAINST_ADVICE -> null;
                };
            default -> null;
        };
        return when != null
                && rules != null
                && rules.consider(
                        new RuleInclusions.Candidate(
                                fact.patient(),
                                fact.stay(),
                                grounds.facility(),
                                when,
                                fact.at(),
                                grounds.unit(),
                                grounds.diagnoses(),
                                grounds.commune()),
                        context);
    }

    private static Ending understood(HospitalFact fact, boolean followed) {
        String patient = fact.patient();
        return switch (fact) {
            case HospitalFact.Unclear unclear ->
                followed && !TOLD_TO_THE_PATHWAY.contains(unclear.code())
                        ? Ending.triage(unclear.why(), patient)
                        : Ending.processed(unclear.code(), patient);
            case HospitalFact.Ask ask -> Ending.processed(ask.code(), patient);
            case HospitalFact.Admit admit -> Ending.processed("admitted", patient);
            case HospitalFact.Declass declass -> Ending.processed("no-longer-inpatient", patient);
            case HospitalFact.Move move -> Ending.processed("moved", patient);
            case HospitalFact.PlanStay planned -> Ending.processed("stay-planned", patient);
            case HospitalFact.ArriveAtEmergency arrived -> Ending.processed("emergency-arrived", patient);
            case HospitalFact.LeaveEmergency left -> Ending.processed("emergency-ended", patient);
            case HospitalFact.GoOnLeave leave -> Ending.processed("leave-started", patient);
            case HospitalFact.ReturnFromLeave back -> Ending.processed("leave-ended", patient);
            case HospitalFact.PlanDischarge planned -> Ending.processed("discharge-planned", patient);
            case HospitalFact.Discharge discharge -> Ending.processed("discharged", patient);
            case HospitalFact.Die died -> Ending.processed("died", patient);
            case HospitalFact.Unconcern none -> Ending.ignored(none.code(), patient);
            case HospitalFact.NamePhysician named -> Ending.processed("treating-physician-named", patient);
            case HospitalFact.Cancel cancel -> Ending.processed(cancelled(cancel.kind()), patient);
        };
    }

    private static String cancelled(MovementKind kind) {
        return switch (kind) {
            case DISCHARGE, DISCHARGE_UNCLEAR -> "discharge-cancelled";
            case DEATH -> "death-cancelled";
            case ADMISSION -> "admission-cancelled";
            case NO_LONGER_INPATIENT -> "inpatient-again";
            case TRANSFER -> "move-cancelled";
            case EMERGENCY -> "emergency-cancelled";
            case EMERGENCY_END -> "emergency-end-cancelled";
            case LEAVE -> "leave-cancelled";
            case RETURN -> "return-cancelled";
            case DISCHARGE_PLANNED -> "discharge-plan-cancelled";
            case STAY_PLANNED -> "stay-plan-cancelled";
            case QUESTION, NO_CONCERN -> "cancelled";
        };
    }

    /** Nobody is made known by it: where one of the two files is unknown, nothing is known twice. */
    private Ending merged(Claimed message, Meaning.Merged merged) {
        Meaning.Person person = merged.person();
        Optional<String> former = vault.find(merged.former());
        if (former.isEmpty()) {
            return vault.find(person.identifiers()).isEmpty()
                    ? Ending.ignored("nobody-we-know", null)
                    : Ending.ignored("former-unknown", null);
        }
        return switch (vault.keep(person.identifiers(), person.traits(), person.saidAt())) {
            case Vault.Kept.Contradicted(String why) -> Ending.triage(why, former.get());
            case Vault.Kept.As(String survivor) -> {
                if (survivor.equals(former.get())) {
                    // Perhaps a crash came between the files and their stays: what was begun is finished.
                    vault.names(survivor).stream()
                            .filter(file -> !file.equals(survivor))
                            .forEach(file -> facts.merge(survivor, file, context(message, 0)));
                    yield Ending.ignored("merged-already", survivor);
                }
                yield switch (vault.merge(survivor, former.get())) {
                    case Vault.Kept.Contradicted(String why) -> Ending.triage(why, former.get());
                    case Vault.Kept.As(String one) -> {
                        facts.merge(one, former.get(), context(message, 0));
                        yield Ending.processed("merged", one).followed(facts.follows(one));
                    }
                };
            }
        };
    }

    private Ending insWithdrawn(Meaning.InsWithdrawn withdrawn) {
        Meaning.Person person = withdrawn.person();
        PatientIdentifiers ipp = new PatientIdentifiers(
                person.identifiers().ipp(), null, person.identifiers().visit());
        String former = withdrawn.former();
        PatientIdentifiers ins = new PatientIdentifiers(
                null, former == null ? null : new PatientIdentifiers.Ins(former, "", false), null);
        Optional<String> byIpp = vault.find(ipp);
        Optional<String> byIns = vault.find(ins);
        if (byIpp.isPresent() && byIns.isPresent() && !byIpp.equals(byIns)) {
            return Ending.triage("the INS that is withdrawn (A47) is known of another patient", byIpp.get());
        }
        Optional<String> patient = byIpp.or(() -> byIns);
        if (patient.isEmpty()) {
            return Ending.ignored("nobody-we-know", null);
        }
        // Just before: what the same message says in its place holds.
        vault.withdrawIns(patient.get(), person.saidAt().minusMillis(1));
        if (person.identifiers().ins() != null) {
            vault.keep(person.identifiers(), person.traits(), person.saidAt());
        }
        return Ending.processed("ins-withdrawn", patient.get()).followed(facts.follows(patient.get()));
    }

    /**
     * The command of one of a message's facts. A retry is a command of its own: what is read differs when a person, or a
     * newer build, looks again.
     */
    private CommandContext context(Claimed message, int fact) {
        String command = "message/" + message.id() + (message.retries() == 0 ? "" : "/retry/" + message.retries());
        CommandContext context =
                new CommandContext(command, null, Actor.feed(message.facility()), clock.instant(), null, null);
        return fact == 0 ? context : context.forStream("fact-" + fact);
    }
}
