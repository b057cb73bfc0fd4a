package fr.relais.pathway.web;

import fr.relais.pathway.domain.Handoff;
import fr.relais.pathway.domain.Pathway;
import fr.relais.pathway.domain.Step;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A handoff after a command on it.
 *
 * @param responsible who answers for the step now
 * @param dueAt when the step is due, null while no delay runs
 */
record HandoffAnswer(
        String id,
        String pathway,
        String status,
        @Nullable String step,
        @Nullable String responsible,
        @Nullable Instant dueAt) {

    static HandoffAnswer of(String id, String pathway, Pathway state) {
        if (state instanceof Pathway.Opened opened) {
            for (Step step : opened.steps().byKey().values()) {
                Optional<Handoff> handoff = step.handoff(id);
                if (handoff.isPresent()) {
                    return new HandoffAnswer(
                            id,
                            pathway,
                            status(handoff.get()),
                            step.key(),
                            step.responsible().key(),
                            step.due() == null ? null : step.due().dueAt());
                }
            }
        }
        return new HandoffAnswer(id, pathway, "unknown", null, null, null);
    }

    private static String status(Handoff handoff) {
        return switch (handoff) {
            case Handoff.Offered offered -> "offered";
            case Handoff.Accepted accepted -> "accepted";
            case Handoff.Completed completed -> "completed";
            case Handoff.Failed failed -> "failed";
            case Handoff.PassedOn passed -> "passed-on";
            case Handoff.Declined declined -> "declined";
            case Handoff.Expired expired -> "expired";
            case Handoff.Withdrawn withdrawn -> "withdrawn";
        };
    }
}
