package fr.relais.pathway.domain;

import fr.relais.events.PathwayEvent;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.Pathway.Dossier;
import fr.relais.pathway.domain.Pathway.Open;
import fr.relais.pathway.domain.Pathway.Opened;

/** Who may do what: asked of the handoff or the pathway itself, never of a list kept elsewhere. */
final class WhoMay {

    private WhoMay() {}

    /** Whether somebody answers for the whole pathway: its owner, or a coordinator of the structure that watches it. */
    static boolean governs(Professional by, Dossier dossier) {
        return !by.delegate()
                && (by.belongsTo(dossier.owner()) || (by.coordinator() && by.belongsTo(dossier.coordinator())));
    }

    /** Does it for those who govern; others are told no, or that there is no such pathway if they have no part in it. */
    static Decision<PathwayEvent> toGovern(Professional by, Opened pathway, Decision<PathwayEvent> decision) {
        if (governs(by, pathway.dossier())) {
            return decision;
        }
        boolean holds = pathway.steps().byKey().values().stream()
                .anyMatch(step -> step.responsible().equals(by.party()));
        return Decision.reject(holds ? Rejections.notYours() : Rejections.noPathway());
    }

    /** Does it for those who take part in the patient's care; to others there is no such pathway. */
    static Decision<PathwayEvent> toTakePart(Professional by, Opened pathway, Decision<PathwayEvent> decision) {
        return takesPart(by, pathway) ? decision : Decision.reject(Rejections.noPathway());
    }

    /**
     * Whether somebody governs the pathway, or they, or those for whom they keep the diary, have or did a step of it. Who
     * was merely chosen has not accepted anything yet, and may not know what else there is.
     */
    static boolean takesPart(Professional by, Opened pathway) {
        return governs(by, pathway.dossier())
                || pathway.steps().byKey().values().stream().anyMatch(step -> tookPart(step, by));
    }

    private static boolean tookPart(Step step, Professional by) {
        return switch (step.stand()) {
            case Step.Stand.Held held -> concerns(held.handoff(), by) || isDelegateOf(held.handoff(), by);
            case Step.Stand.Done done ->
                done.by().equals(by.party())
                        || by.isDelegateOf(done.by())
                        || (done.handoff() != null
                                && step.handoff(done.handoff())
                                        .filter(handoff -> concerns(handoff, by) || isDelegateOf(handoff, by))
                                        .isPresent());
            case Step.Stand.Unheld _ -> false;
        };
    }

    /** Whether somebody may know of a handoff: it was offered to them, or they have or had it. */
    static boolean concerns(Handoff handoff, Professional by) {
        return by.isAddressed(handoff.to())
                || switch (handoff) {
                    case Handoff.Accepted accepted -> accepted.by().equals(by.party());
                    case Handoff.Completed completed -> completed.by().equals(by.party());
                    case Handoff.Failed failed -> failed.by().equals(by.party());
                    case Handoff.PassedOn passed -> passed.by().equals(by.party());
                    case Handoff.Offered _, Handoff.Declined _, Handoff.Expired _, Handoff.Withdrawn _ -> false;
                };
    }

    /** Whether somebody has a step, or works with whoever has it. */
    static boolean tends(Step step, Professional by) {
        return step.stand() instanceof Step.Stand.Held held && concerns(held.handoff(), by);
    }

    /** Whether somebody keeps the diary of whoever is asked or has the handoff. */
    static boolean isDelegateOf(Handoff handoff, Professional by) {
        return by.isDelegateOf(handoff.to().party())
                || (handoff instanceof Handoff.Accepted accepted && by.isDelegateOf(accepted.by()));
    }

    static boolean maySendBack(Handoff handoff, Professional by, Open open) {
        return governs(by, open.dossier())
                || switch (handoff) {
                    case Handoff.Offered offered -> by.belongsTo(offered.from());
                    case Handoff.Accepted accepted -> by.belongsTo(accepted.from());
                    case Handoff.Completed _,
                            Handoff.Failed _,
                            Handoff.PassedOn _,
                            Handoff.Declined _,
                            Handoff.Expired _,
                            Handoff.Withdrawn _ -> false;
                };
    }
}
