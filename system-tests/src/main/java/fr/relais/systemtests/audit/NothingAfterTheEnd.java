package fr.relais.systemtests.audit;

import fr.relais.events.NotificationEvent.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Nobody is asked or chased after the patient's death, unless that was taken back; nor about a handoff that is over. What is
 * on its way when whoever tells hears of it may still arrive, and what a fault held up.
 */
final class NothingAfterTheEnd implements Rule {

    /** From when the end was heard of to the last attempt that may have been under way. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(30);

    /** What asks something of somebody; the others say what has happened. */
    private static final Set<Notice> ASKS = EnumSet.of(
            Notice.OFFER,
            Notice.CORRECTED,
            Notice.REMINDER,
            Notice.OVERDUE,
            Notice.ESCALATED,
            Notice.UNASSIGNED,
            Notice.ATTENTION,
            Notice.EMERGENCY,
            Notice.ON_LEAVE,
            Notice.WEEK_UNANSWERED,
            Notice.LETTER_MISSING);

    private static final Set<Notice> OF_A_HANDOFF = EnumSet.of(Notice.OFFER, Notice.REMINDER, Notice.OVERDUE);

    @Override
    public String name() {
        return "nothing after the end";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        Pathways pathways = evidence.pathways();
        for (Deliveries.Delivery delivery : evidence.deliveries().all()) {
            for (Deliveries.Telling telling : delivery.tellings) {
                if (!telling.pathway().isEmpty() && !delivery.dropped.contains(telling.cause())) {
                    pathways.byId(telling.pathway())
                            .ifPresent(pathway -> look(delivery, telling, pathway, evidence, findings));
                }
            }
        }
    }

    private void look(
            Deliveries.Delivery delivery,
            Deliveries.Telling telling,
            Pathways.Pathway pathway,
            Evidence evidence,
            Consumer<Finding> findings) {
        if (ASKS.contains(telling.notice())) {
            for (Pathways.Death death : pathway.deaths) {
                late(delivery, heard(evidence, pathway.id, death.sequence(), death.at()), death.reopened(), evidence)
                        .forEach(attempt -> findings.accept(finding(
                                "event " + attempt.eventId() + ", told of " + telling.cause(),
                                "no " + telling.notice() + " once " + pathway.id + ":" + death.sequence()
                                        + " has said at " + death.at() + " that the patient died",
                                delivery.recipient + " is told by " + delivery.channel + " at " + attempt.at())));
            }
        }
        Pathways.Handoff handoff = telling.handoff() == null ? null : pathway.handoffs.get(telling.handoff());
        if (handoff != null && handoff.endedAt != null && OF_A_HANDOFF.contains(telling.notice())) {
            late(delivery, heard(evidence, handoff.ended, handoff.endedAt), null, evidence)
                    .forEach(attempt -> findings.accept(finding(
                            "event " + attempt.eventId() + ", told of " + telling.cause(),
                            "no " + telling.notice() + " once " + handoff.ended + " has ended " + handoff.id + " at "
                                    + handoff.endedAt,
                            delivery.recipient + " is told by " + delivery.channel + " at " + attempt.at())));
        }
    }

    private static Instant heard(Evidence evidence, @Nullable String event, Instant at) {
        if (event == null) {
            return at;
        }
        int colon = event.lastIndexOf(':');
        return heard(evidence, event.substring(0, colon), Long.parseLong(event.substring(colon + 1)), at);
    }

    // How far behind the telling is, is no matter of this rule: nothing that is known to be over is told.
    private static Instant heard(Evidence evidence, String stream, long sequence, Instant at) {
        return evidence.deliveries()
                .heardAt(stream, sequence)
                .filter(heard -> heard.isAfter(at))
                .orElse(at);
    }

    private static Stream<Deliveries.Attempt> late(
            Deliveries.Delivery delivery, Instant end, @Nullable Instant takenBack, Evidence evidence) {
        return delivery.attempts.stream()
                .filter(attempt -> attempt.at().isAfter(end.plus(ON_ITS_WAY)))
                .filter(attempt -> takenBack == null || attempt.at().isBefore(takenBack))
                .filter(attempt -> !evidence.isHurtBetween(end, attempt.at()));
    }
}
