package fr.relais.systemtests.audit;

import fr.relais.events.NotificationEvent.Notice;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Nobody is told who is not in the circle: of an offer only whom it asks, of a handoff whom it concerns, of a pathway who
 * answers for something in it, of a patient whom no pathway follows only whom the hospital's event names.
 */
final class ToldInTheCircle implements Rule {

    private static final String PERSON = "person:";
    private static final String STRUCTURE = "structure:";

    @Override
    public String name() {
        return "told in the circle";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        Pathways pathways = evidence.pathways();
        for (Deliveries.Delivery delivery : evidence.deliveries().all()) {
            for (Deliveries.Telling telling : delivery.tellings) {
                if (telling.notice() != Notice.TEST && !concerns(delivery.recipient, telling, pathways)) {
                    findings.accept(finding(
                            "event " + telling.eventId() + ", told of " + telling.cause(),
                            telling.notice() + " is told only to " + circle(telling, pathways),
                            delivery.recipient + " is told by " + delivery.channel));
                }
            }
        }
        evidence.ledger().receipts().forEach(receipt -> arrivedAt(receipt, evidence, findings));
    }

    /** What was told to one comes to nobody else; a structure's to those who belong to it. */
    private void arrivedAt(Ledger.Receipt receipt, Evidence evidence, Consumer<Finding> findings) {
        String delivery = receipt.delivery();
        String reader = receipt.recipient();
        if (delivery == null || !reader.startsWith(PERSON)) {
            return;
        }
        evidence.deliveries()
                .byId(delivery)
                .filter(known -> !isOf(reader, known.recipient, evidence.pathways()))
                .ifPresent(known -> findings.accept(finding(
                        "delivery " + delivery,
                        "it is for " + known.recipient,
                        reader + " got it by " + receipt.way() + " at " + receipt.at())));
    }

    private static boolean isOf(String reader, String recipient, Pathways pathways) {
        return reader.equals(recipient)
                || recipient.startsWith(STRUCTURE)
                        && reader.startsWith(PERSON)
                        && pathways.isMember(
                                reader.substring(PERSON.length()), recipient.substring(STRUCTURE.length()));
    }

    private static boolean concerns(String recipient, Deliveries.Telling telling, Pathways pathways) {
        if (telling.pathway().isEmpty()) {
            return pathways.circleOf(telling.cause()).contains(recipient);
        }
        Optional<Pathways.Pathway> pathway = pathways.byId(telling.pathway());
        if (pathway.isEmpty()) {
            return false;
        }
        String handoff = telling.handoff();
        if (handoff == null) {
            return pathway.get().parties.contains(recipient);
        }
        Pathways.Handoff known = pathway.get().handoffs.get(handoff);
        if (known == null) {
            return false;
        }
        boolean asked = isAsked(recipient, known, pathways);
        return telling.notice() == Notice.OFFER
                ? asked
                : asked
                        || recipient.equals(known.holder)
                        || recipient.equals(known.from)
                        || pathway.get().parties.contains(recipient);
    }

    private static boolean isAsked(String recipient, Pathways.Handoff handoff, Pathways pathways) {
        return isOf(recipient, handoff.to.party().key(), pathways);
    }

    private static String circle(Deliveries.Telling telling, Pathways pathways) {
        if (telling.pathway().isEmpty()) {
            Set<String> circle = pathways.circleOf(telling.cause());
            return circle.isEmpty() ? "nobody: that event names no circle" : circle.toString();
        }
        return pathways.byId(telling.pathway())
                .map(pathway -> Optional.ofNullable(
                                telling.handoff() == null ? null : pathway.handoffs.get(telling.handoff()))
                        .map(handoff -> handoff.to.key() + ", asked in " + handoff.id
                                + (telling.notice() == Notice.OFFER ? "" : ", or " + pathway.parties))
                        .orElseGet(pathway.parties::toString))
                .orElse("nobody: no journal has " + telling.pathway());
    }
}
