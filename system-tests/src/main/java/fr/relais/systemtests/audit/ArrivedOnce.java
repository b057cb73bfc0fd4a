package fr.relais.systemtests.audit;

import fr.relais.events.NotificationEvent.Channel;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What receivers got is what Relais says that it delivered: each delivery once, and again under the same id only where
 * something was hurt between the two.
 */
final class ArrivedOnce implements Rule {

    @Override
    public String name() {
        return "arrived once";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        Map<String, Ledger.Receipt> latest = new HashMap<>();
        Set<Channel> seen = EnumSet.noneOf(Channel.class);
        for (Ledger.Receipt receipt : evidence.ledger().receipts()) {
            Channel channel = channel(receipt.way());
            if (channel == null || receipt.delivery() == null) {
                continue;
            }
            seen.add(channel);
            Ledger.Receipt before = latest.put(receipt.delivery(), receipt);
            if (before == null) {
                known(receipt, channel, evidence).ifPresent(findings::accept);
            } else if (!evidence.isHurtBetween(before.at(), receipt.at())) {
                findings.accept(finding(
                        "delivery " + receipt.delivery() + " to " + receipt.recipient(),
                        "it arrives once, as at " + before.at(),
                        "it arrives again at " + receipt.at() + ", and nothing was hurt in between"));
            }
        }
        for (Deliveries.Delivery delivery : evidence.deliveries().all()) {
            if (delivery.state == Deliveries.State.DELIVERED
                    && seen.contains(delivery.channel)
                    && !latest.containsKey(delivery.id)) {
                findings.accept(finding(
                        "stream " + delivery.id + ", " + delivery.channel + " to " + delivery.recipient,
                        "delivered, as its journal says",
                        "no receiver got it"));
            }
        }
    }

    private Optional<Finding> known(Ledger.Receipt receipt, Channel channel, Evidence evidence) {
        Optional<Deliveries.Delivery> delivery = evidence.deliveries().byId(String.valueOf(receipt.delivery()));
        if (delivery.isEmpty()) {
            return Optional.of(finding(
                    receipt.way() + " to " + receipt.recipient() + " at " + receipt.at(),
                    "a delivery that a journal has",
                    "delivery " + receipt.delivery() + ", which no journal has"));
        }
        return delivery.get().channel == channel
                ? Optional.empty()
                : Optional.of(finding(
                        "delivery " + receipt.delivery(),
                        "told by " + delivery.get().channel,
                        "it arrived by " + receipt.way() + " at " + receipt.recipient()));
    }

    private static @Nullable Channel channel(Ledger.Way way) {
        return switch (way) {
            case WEBHOOK -> Channel.WEBHOOK;
            case MAIL -> Channel.EMAIL;
            // A page is told of each change of its list, not of deliveries.
            case SSE -> null;
        };
    }
}
