package fr.relais.notification.application;

import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.Party;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Streams;
import fr.relais.kit.time.Ids;
import fr.relais.notification.domain.Consequence;
import fr.relais.notification.domain.Delivery;
import fr.relais.notification.domain.DeliveryCommand;
import fr.relais.notification.domain.Telling;
import fr.relais.notification.domain.WhoIsTold;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries out what follows from an event of a pathway: queues deliveries, takes others back. Carried out again, after a
 * crash anywhere in the middle, it ends in the same place.
 */
public final class Tellings {

    private static final Set<Notice> LAST_WORDS = Set.of(Notice.TAKEN_BY_ANOTHER, Notice.WITHDRAWN);

    private final Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries;
    private final ToldList told;
    private final Channels channels;

    private record Reached(Party recipient, NotificationEvent.Channel channel) {}

    public Tellings(
            Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries, ToldList told, Channels channels) {
        this.deliveries = deliveries;
        this.told = told;
        this.channels = channels;
    }

    /**
     * Carries out consequences.
     *
     * @param pathway id of the pathway
     * @param cause id of the event that they follow from
     */
    public void carryOut(
            List<Consequence> consequences, String pathway, String cause, Members members, CommandContext context) {
        List<Telling> tellings = new ArrayList<>();
        for (Consequence consequence : consequences) {
            switch (consequence) {
                case Consequence.Tell tell ->
                    tellings.addAll(tell(
                            tell.recipient(),
                            new Telling(
                                    tell.recipient(),
                                    NotificationEvent.Channel.INBOX,
                                    tell.notice(),
                                    cause,
                                    pathway,
                                    tell.step(),
                                    tell.handoff())));
                case Consequence.TellMembers tell -> tellings.addAll(tellMembers(tell, pathway, cause, members));
                case Consequence.TakeBack takeBack -> tellings.addAll(takeBack(takeBack, pathway, cause, context));
                case Consequence.Answered answered -> answered(answered, context);
                case Consequence.Settled settled -> settled(settled, pathway, cause, context);
            }
        }
        queue(tellings, context);
    }

    private void queue(List<Telling> tellings, CommandContext context) {
        if (tellings.isEmpty()) {
            return;
        }
        List<Told> all = tellings.stream().map(t -> new Told(idOf(t), t)).toList();
        told.remember(all);
        for (Told one : all) {
            deliveries.execute(
                    one.delivery(),
                    context.forStream(one.delivery()),
                    new DeliveryCommand.Queue(one.telling(), context.at()));
        }
    }

    /** The id of a delivery is fixed before anything is written, and no two tellings share one. */
    static String idOf(Telling telling) {
        return Ids.from("delivery", telling.identity());
    }

    private List<Telling> tell(Party recipient, Telling telling) {
        return channels.all().stream()
                .filter(channel -> channel.reaches(recipient))
                .map(channel -> by(channel.kind(), recipient, telling))
                .toList();
    }

    private static Telling by(NotificationEvent.Channel channel, Party recipient, Telling telling) {
        return new Telling(
                recipient,
                channel,
                telling.notice(),
                telling.cause(),
                telling.pathway(),
                telling.step(),
                telling.handoff());
    }

    private List<Telling> tellMembers(Consequence.TellMembers tell, String pathway, String cause, Members members) {
        Party structure = Party.structure(tell.structure());
        Telling offer = new Telling(
                structure, NotificationEvent.Channel.INBOX, tell.notice(), cause, pathway, tell.step(), tell.handoff());
        List<Party> people = members.of(tell.structure(), tell.profession());
        List<Telling> tellings = new ArrayList<>();
        for (Telling common : tell(structure, offer)) {
            // The structure's own software is told as well. Its common inbox only when the directory knows nobody in
            // there: better one notice that anybody of the house may find than none.
            if (common.channel() != NotificationEvent.Channel.INBOX || people.isEmpty()) {
                tellings.add(common);
            }
        }
        for (Party person : people) {
            tellings.addAll(tell(person, offer));
        }
        return tellings;
    }

    private List<Telling> takeBack(
            Consequence.TakeBack takeBack, String pathway, String cause, CommandContext context) {
        Set<Party> closed = new HashSet<>(takeBack.except());
        Set<Reached> reached = new LinkedHashSet<>();
        for (Told one : told.ofHandoff(takeBack.handoff())) {
            Telling telling = one.telling();
            if (telling.cause().equals(cause)) {
                continue; // said by an earlier run of this very event
            }
            if (LAST_WORDS.contains(telling.notice())) {
                closed.add(telling.recipient());
            }
            if (WhoIsTold.OF_A_HANDOFF.contains(telling.notice()) && mayHaveBeenTold(one, takeBack, cause, context)) {
                reached.add(new Reached(telling.recipient(), telling.channel()));
            }
        }
        if (takeBack.say().isEmpty()) {
            return List.of();
        }
        takeBack.holder().ifPresent(holder -> {
            // Whoever accepted counts on it, also when they found the offer by themselves.
            closed.remove(holder);
            channels.all().stream()
                    .filter(channel -> channel.reaches(holder))
                    .forEach(channel -> reached.add(new Reached(holder, channel.kind())));
        });
        Notice notice = takeBack.say().get();
        return reached.stream()
                .filter(r -> !closed.contains(r.recipient()))
                .map(r -> new Telling(
                        r.recipient(), r.channel(), notice, cause, pathway, takeBack.step(), takeBack.handoff()))
                .toList();
    }

    private boolean mayHaveBeenTold(Told one, Consequence.TakeBack takeBack, String cause, CommandContext context) {
        Delivery state = takeBack.stale().contains(one.telling().notice())
                ? recall(one, cause, context)
                : deliveries.load(one.delivery()).state();
        return state instanceof Delivery.Known known && known.mayHaveBeenTold();
    }

    private Delivery recall(Told one, String cause, CommandContext context) {
        return deliveries
                .execute(
                        one.delivery(),
                        context.forStream(one.delivery()),
                        new DeliveryCommand.Recall(cause, context.at()))
                .state();
    }

    private void answered(Consequence.Answered answered, CommandContext context) {
        for (Told one : told.ofHandoff(answered.handoff())) {
            if (one.telling().recipient().equals(answered.by())
                    && WhoIsTold.OF_A_HANDOFF.contains(one.telling().notice())) {
                CommandContext reading = new CommandContext(
                        context.commandId() + "/" + one.delivery() + "/answered",
                        context.fingerprint(),
                        context.actor(),
                        context.at(),
                        context.causation(),
                        context.traceparent());
                deliveries.execute(
                        one.delivery(),
                        reading,
                        new DeliveryCommand.MarkRead(answered.by(), Set.of(answered.by()), context.at()));
            }
        }
    }

    private void settled(Consequence.Settled settled, String pathway, String cause, CommandContext context) {
        for (Told one : told.ofStep(pathway, settled.step())) {
            if (WhoIsTold.OF_A_STEP.contains(one.telling().notice())
                    && !one.telling().cause().equals(cause)) {
                recall(one, cause, context);
            }
        }
    }
}
