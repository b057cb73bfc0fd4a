package fr.relais.systemtests.audit;

import fr.relais.events.NotificationEvent.Notice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Nothing is told under two delivery ids: neither one event to one person by one channel, nor one offer. Nothing is attempted
 * again once it has come to an end. And whatever is still offered was told to somebody.
 */
final class ToldOnce implements Rule {

    @Override
    public String name() {
        return "told once";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        Map<String, String> first = new HashMap<>();
        Set<String> offersTold = new HashSet<>();
        for (Deliveries.Delivery delivery : evidence.deliveries().all()) {
            for (Deliveries.Telling telling : delivery.tellings) {
                String who = "|" + delivery.recipient + "|" + delivery.channel + "|" + telling.notice();
                twice(first, telling.cause() + who, delivery, telling, findings);
                if (telling.notice() == Notice.OFFER && telling.handoff() != null) {
                    offersTold.add(telling.handoff());
                    twice(first, telling.handoff() + who, delivery, telling, findings);
                }
            }
            for (String again : delivery.attemptedAtRest) {
                findings.accept(finding(
                        "stream " + delivery.id,
                        "no attempt once it has come to an end",
                        "an attempt begins in event " + again));
            }
        }
        for (Pathways.Pathway pathway : evidence.pathways().all()) {
            for (Pathways.Handoff handoff : pathway.handoffs.values()) {
                if (handoff.isOffered() && !offersTold.contains(handoff.id)) {
                    findings.accept(finding(
                            "stream " + pathway.id + ", handoff " + handoff.id,
                            "its offer to " + handoff.to.key() + " is told to somebody",
                            "no delivery tells of it"));
                }
            }
        }
    }

    private void twice(
            Map<String, String> first,
            String key,
            Deliveries.Delivery delivery,
            Deliveries.Telling telling,
            Consumer<Finding> findings) {
        String before = first.putIfAbsent(key, telling.eventId());
        if (before != null) {
            findings.accept(finding(
                    "event " + telling.eventId() + " of " + delivery.id,
                    telling.notice() + " of " + telling.cause() + " is told to " + delivery.recipient + " by "
                            + delivery.channel + " once, in " + before,
                    "it is told again"));
        }
    }
}
