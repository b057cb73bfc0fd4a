package fr.relais.pathway.domain;

import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.pathway.domain.Step.Stand;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Takes offers and handoffs back, whatever the cause. */
final class TakingBack {

    private TakingBack() {}

    static void withdrawOffers(Draft draft, WithdrawReason reason, Predicate<Step> which, @Nullable Party takenBy) {
        for (Step step : List.copyOf(draft.open().steps().byKey().values())) {
            if (which.test(step)) {
                for (String handoff : step.offers().keySet()) {
                    draft.say(new HandoffWithdrawn(
                            handoff,
                            step.key(),
                            reason,
                            takenBy != null ? takenBy : draft.step(step.key()).responsible(),
                            takenBy));
                }
            }
        }
    }

    /** Takes back what is offered and what is held; the owner answers again. */
    static void takeBackAll(Draft draft, WithdrawReason reason, Predicate<Step> which) {
        withdrawOffers(draft, reason, which, null);
        for (Step step : List.copyOf(draft.open().steps().byKey().values())) {
            if (which.test(step) && step.stand() instanceof Stand.Held held) {
                draft.say(new HandoffWithdrawn(held.handoff().id(), step.key(), reason, held.owner(), null));
            }
        }
    }
}
