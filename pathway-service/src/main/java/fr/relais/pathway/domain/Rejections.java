package fr.relais.pathway.domain;

import fr.relais.events.Party;
import fr.relais.kit.decide.Rejection;
import java.util.Map;

/** The ways in which a pathway says no. */
final class Rejections {

    private Rejections() {}

    /** The same for a handoff that is not there and one that is somebody else's. */
    static Rejection noHandoff() {
        return Rejection.notFound("handoff-not-found", "There is no such handoff for you.");
    }

    static Rejection noPathway() {
        return Rejection.notFound("pathway-not-found", "There is no such pathway for you.");
    }

    static Rejection noStep(String step) {
        return Rejection.notFound("step-not-found", "The pathway has no open step '" + step + "'.");
    }

    static Rejection openAlready() {
        return Rejection.conflict("pathway-open-already", "This pathway was opened before: include under a new id.");
    }

    static Rejection letterOfAnother() {
        return Rejection.conflict(
                "letter-of-another-hospital",
                "This pathway does not wait for a letter of that hospital, or of that visit.");
    }

    static Rejection closed() {
        return Rejection.conflict("pathway-closed", "The pathway is over: nothing more can be done on it.");
    }

    static Rejection notYours() {
        return Rejection.forbidden(
                "pathway-not-yours", "Only the pathway's owner or a coordinator who watches it may do this: ask them.");
    }

    static Rejection delegate() {
        return Rejection.forbidden(
                "delegate-cannot-accept",
                "Care is accepted by a professional in their own name: ask one of your structure to accept it.");
    }

    static Rejection profession(String profession) {
        return Rejection.forbidden(
                "profession-needed", "This asks for profession " + profession + " (TRE_G15), which you do not act in.");
    }

    static Rejection specialty(String specialty) {
        return Rejection.forbidden(
                "specialty-needed",
                "This asks for specialty " + specialty
                        + " (TRE_R38), which your token does not show: leave it to a colleague, or pass it on.");
    }

    static Rejection holderOnly() {
        return Rejection.forbidden(
                "holder-only", "Only who has accepted this, or a colleague of theirs, may do that: ask them.");
    }

    static Rejection dischargeAwaited() {
        return Rejection.conflict(
                "discharge-awaited", "The patient is still in hospital: this can be done after the discharge.");
    }

    static Rejection notRunning() {
        return Rejection.conflict("pathway-not-running", "Only a pathway that is running can be paused.");
    }

    static Rejection notAccepted() {
        return Rejection.conflict("handoff-not-accepted", "Nobody has accepted this yet: accept it first.");
    }

    static Rejection stepDone(Step step) {
        return Rejection.conflict(
                "step-done",
                "The step is done.",
                Map.of("doneBy", step.responsible().key()));
    }

    /** Why nothing can be answered to a handoff any more, and who has it where somebody has. */
    static Rejection over(Handoff handoff) {
        return switch (handoff) {
            case Handoff.Accepted accepted -> taken(accepted.by(), accepted.structure());
            case Handoff.Completed completed ->
                Rejection.conflict(
                        "handoff-completed",
                        "This is done already.",
                        Map.of("doneBy", completed.by().key()));
            case Handoff.PassedOn passed -> taken(passed.takenBy(), null);
            case Handoff.Failed failed ->
                Rejection.conflict(
                        "handoff-failed",
                        "This came to nothing and somebody else is asked: nothing is left for you to do.",
                        Map.of("failedBy", failed.by().key(), "reason", words(failed.reason())));
            case Handoff.Withdrawn withdrawn when withdrawn.takenBy() != null -> taken(withdrawn.takenBy(), null);
            case Handoff.Withdrawn withdrawn ->
                Rejection.conflict(
                        "handoff-withdrawn",
                        "This was taken back; nothing is to be done.",
                        Map.of("reason", words(withdrawn.reason())));
            case Handoff.Expired _ ->
                Rejection.conflict(
                        "handoff-expired", "The time to answer is over; you may be asked again with a new offer.");
            case Handoff.Declined declined ->
                Rejection.conflict(
                        "handoff-declined",
                        "This was declined; it may be offered again.",
                        Map.of("declinedBy", declined.by().key()));
            case Handoff.Offered _ -> notAccepted();
        };
    }

    private static Rejection taken(Party by, @org.jspecify.annotations.Nullable String structure) {
        return Rejection.conflict(
                "handoff-already-taken",
                "Somebody else has accepted this: nothing is left for you to do.",
                structure == null ? Map.of("takenBy", by.key()) : Map.of("takenBy", by.key(), "structure", structure));
    }

    private static String words(Enum<?> reason) {
        return reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
