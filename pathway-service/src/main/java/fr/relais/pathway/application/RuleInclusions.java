package fr.relais.pathway.application;

import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.Inclusion;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.pathway.application.HospitalRules.When;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens pathways by the rules agreed with hospitals. The pathway says that a rule opened it, and which. */
public final class RuleInclusions {

    private final Pathways pathways;
    private final HospitalRules rules;
    private final Duration recent;

    /**
     * Opens pathways.
     *
     * @param recent how old a discharge may be to open a pathway
     */
    public RuleInclusions(Pathways pathways, HospitalRules rules, Duration recent) {
        this.pathways = pathways;
        this.rules = rules;
        this.recent = recent;
    }

    /**
     * A stay that began or ended, of a patient whom no pathway follows.
     *
     * @param unit number of the unit
     * @param diagnoses ICD-10 codes; they go no further than the rule
     * @param commune INSEE code of the patient's home, where the message says it
     */
    public record Candidate(
            String patient,
            String stay,
            String facility,
            When when,
            Instant at,
            @Nullable String unit,
            List<String> diagnoses,
            @Nullable String commune) {
        public Candidate {
            diagnoses = List.copyOf(diagnoses);
        }

        @Override
        public String toString() {
            return "Candidate[" + stay + "]";
        }
    }

    /**
     * Includes the patient where a rule says so. One rule opens one pathway for one stay: repeats, corrections and a
     * pathway that somebody closed since open nothing.
     *
     * @return whether a pathway is there by a rule
     */
    public boolean consider(Candidate candidate, CommandContext context) {
        if (candidate.when() == When.DISCHARGE
                && candidate.at().isBefore(context.at().minus(recent))) {
            return false;
        }
        return rules.of(candidate.facility(), candidate.when(), candidate.unit(), candidate.diagnoses(), candidate.at())
                .map(rule -> include(rule, candidate, context))
                .orElse(false);
    }

    private boolean include(HospitalRules.Rule rule, Candidate candidate, CommandContext context) {
        CommandContext once = new CommandContext(
                "hospital-rule/" + rule.id() + "/" + candidate.stay(),
                null,
                context.actor(),
                context.at(),
                context.causation(),
                context.traceparent());
        String commune = candidate.commune();
        NewInclusion inclusion = new NewInclusion(
                candidate.patient(),
                rule.template(),
                null,
                Party.structure(rule.owner()),
                null,
                commune == null ? rule.commune() : commune,
                new Inclusion(context.at(), Party.structure(rule.owner()), "rule:" + rule.id() + ":" + rule.informed()),
                List.of(),
                candidate.facility(),
                null);
        if (pathways.include(once, inclusion) instanceof Outcome.Refused<?> refused) {
            throw new IllegalStateException("rule " + rule.id() + " could not include: "
                    + refused.reason().message());
        }
        return true;
    }
}
