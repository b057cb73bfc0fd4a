package fr.relais.notification.application;

import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Weighed;
import fr.relais.events.Party;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import fr.relais.kit.time.Ids;
import fr.relais.notification.domain.Attention;
import fr.relais.notification.domain.Consequence;
import fr.relais.notification.domain.Delivery;
import fr.relais.notification.domain.DeliveryCommand;
import fr.relais.notification.domain.Telling;
import fr.relais.notification.domain.WhoIsTold;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what follows from an event: queues deliveries, puts tellings into digests, takes others back. Carried out
 * again, after a crash anywhere in the middle, it ends in the same place.
 */
public final class Tellings {

    private static final Set<Notice> LAST_WORDS =
            Set.copyOf(EnumSet.of(Notice.TAKEN_BY_ANOTHER, Notice.WITHDRAWN, Notice.VISIT_CANCELLED));

    /** Further digests that are tried when one after the other has left in the very moment. */
    private static final int DIGESTS = 3;

    private final Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries;
    private final ToldList told;
    private final Channels channels;
    private final Readers readers;
    private final Budget budget;
    private final Courier courier;

    /**
     * What happened, and what is known of it.
     *
     * @param cause id of the event that is told
     * @param pathway id of the pathway; empty where no pathway follows the patient
     * @param patient internal id of the patient, where no pathway follows them
     * @param at when the event was recorded
     */
    public record Occasion(
            String cause, String pathway, @Nullable String patient, Instant at) {}

    public Tellings(
            Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries,
            ToldList told,
            Channels channels,
            Readers readers,
            Budget budget,
            Courier courier) {
        this.deliveries = deliveries;
        this.told = told;
        this.channels = channels;
        this.readers = readers;
        this.budget = budget;
        this.courier = courier;
    }

    /** Carries out consequences of an event. */
    public void carryOut(List<Consequence> consequences, Occasion occasion, CommandContext context) {
        // What this very occasion adds to what was told of a handoff concerns none of its own consequences.
        Map<String, List<Told>> ofHandoffs = new HashMap<>();
        for (Consequence consequence : consequences) {
            switch (consequence) {
                case Consequence.Tell tell ->
                    say(
                            telling(tell.recipient(), tell.notice(), tell.step(), tell.handoff(), occasion),
                            EnumSet.allOf(Channel.class),
                            occasion,
                            context);
                case Consequence.TellMembers tell -> tellMembers(tell, occasion, context);
                case Consequence.TakeBack takeBack ->
                    takeBack(
                            takeBack,
                            ofHandoffs.computeIfAbsent(takeBack.handoff(), told::ofHandoff),
                            occasion,
                            context);
                case Consequence.Answered answered ->
                    answered(answered, ofHandoffs.computeIfAbsent(answered.handoff(), told::ofHandoff), context);
                case Consequence.Unsay unsay -> unsay(unsay, occasion, context);
            }
        }
    }

    /**
     * Tells a person by each channel that interrupts them that it works; asked again within the same minute it is the same
     * trial.
     */
    public List<Told> tryOut(Party person, CommandContext context) {
        String cause = "trial-" + context.at().truncatedTo(ChronoUnit.MINUTES);
        List<Told> trials = channels.all().stream()
                .filter(channel -> channel.interrupts() && channel.reaches(person))
                .map(channel -> new Telling(person, channel.kind(), Notice.TEST, cause, "", null, null))
                .map(telling -> new Told(idOf(telling), telling))
                .toList();
        trials.forEach(trial -> queue(trial, null, context));
        return trials;
    }

    private static Telling telling(
            Party recipient, Notice notice, @Nullable String step, @Nullable String handoff, Occasion occasion) {
        return new Telling(
                recipient,
                Channel.INBOX,
                notice,
                occasion.cause(),
                occasion.pathway(),
                step,
                handoff,
                occasion.patient());
    }

    /** Says it by those channels that reach the recipient: in the list at once, and otherwise as their day has room for it. */
    private void say(Telling telling, Set<Channel> by, Occasion occasion, CommandContext context) {
        Party recipient = telling.recipient();
        Instant freed = occasion.at().plus(Attention.keptBack(telling.notice()));
        List<Telling> pushes = new ArrayList<>();
        List<Telling> atOnce = new ArrayList<>();
        for (fr.relais.notification.application.Channel<?> channel : channels.all()) {
            if (by.contains(channel.kind()) && channel.reaches(recipient)) {
                // A list interrupts nobody, and the software of a structure is no person.
                boolean weighs = channel.interrupts() && recipient.isPerson();
                (weighs ? pushes : atOnce).add(telling.by(channel.kind()));
            }
        }
        queue(atOnce, freed, context);
        if (!pushes.isEmpty()) {
            Weighed weighed = budget.weigh(recipient, telling.cause(), telling.notice(), occasion.at(), context);
            push(pushes, weighed, occasion, context);
        }
    }

    private void push(List<Telling> pushes, Weighed weighed, Occasion occasion, CommandContext context) {
        Instant leaves = weighed.notBefore();
        switch (weighed.manner()) {
            case LIST -> {}
            case PUSH -> queue(pushes, Objects.requireNonNullElse(leaves, context.at()), context);
            case DIGEST -> pushes.forEach(push -> putIntoDigest(push, weighed, occasion, context));
        }
    }

    private void queue(List<Telling> tellings, Instant notBefore, CommandContext context) {
        if (tellings.isEmpty()) {
            return;
        }
        List<Told> all = tellings.stream().map(t -> new Told(idOf(t), t)).toList();
        told.remember(all);
        Instant wait = notBefore.isAfter(context.at()) ? notBefore : null;
        AtOnce.each(all, one -> queue(one, wait, context));
    }

    private void queue(Told one, @Nullable Instant wait, CommandContext context) {
        Telling telling = one.telling();
        boolean leavesNow = wait == null && telling.channel() != Channel.INBOX;
        Outcome<Delivery> queued = deliveries.execute(
                one.delivery(),
                context.forStream(one.delivery()),
                leavesNow
                        ? new DeliveryCommand.Send(telling, context.at())
                        : new DeliveryCommand.Queue(telling, wait, context.at()));
        // A repeat finds that the first attempt began: its deadline knows whether it came to anything.
        if (queued instanceof Outcome.Done<Delivery>(Delivery state, long sequence, boolean repeated)
                && !repeated
                && state instanceof Delivery.Attempting begun) {
            courier.carry(one.delivery(), begun, context);
        }
    }

    private void putIntoDigest(Telling telling, Weighed first, Occasion occasion, CommandContext context) {
        Weighed weighed = first;
        for (int tried = 0; tried < DIGESTS; tried++) {
            String digest = idOfDigest(telling, weighed);
            told.remember(List.of(new Told(digest, telling)));
            Outcome<Delivery> put = deliveries.execute(
                    digest,
                    context.forStream(digest),
                    new DeliveryCommand.Put(
                            telling, Objects.requireNonNullElse(weighed.notBefore(), context.at()), context.at()));
            if (put instanceof Outcome.Done<Delivery>) {
                return;
            }
            weighed = budget.postpone(telling.recipient(), telling.cause(), digest, occasion.at(), context);
        }
        throw new IllegalStateException(DIGESTS + " digests in a row left before " + telling.cause()
                + " could be put into them: look at the clock of this service");
    }

    /** The id of a delivery is fixed before anything is written, and no two tellings share one. */
    static String idOf(Telling telling) {
        return Ids.from("delivery", telling.identity());
    }

    /** One digest for a recipient, a channel and a day, and one more where a day's pushes are spent. */
    private static String idOfDigest(Telling telling, Weighed weighed) {
        LocalDate day = weighed.digest();
        return Ids.from(
                "delivery",
                "digest|" + telling.recipient().key() + "|" + telling.channel() + "|" + day
                        + (weighed.overBudget() ? "|over" : ""));
    }

    private void tellMembers(Consequence.TellMembers tell, Occasion occasion, CommandContext context) {
        Party structure = Party.structure(tell.structure());
        Telling offer = telling(structure, tell.notice(), tell.step(), tell.handoff(), occasion);
        List<Party> people = readers.members(tell.structure(), tell.profession());
        // The structure's own software is told as well. Its common inbox only when the directory knows nobody in there:
        // better one notice that anybody of the house may find than none.
        Set<Channel> common = EnumSet.allOf(Channel.class);
        if (!people.isEmpty()) {
            common.remove(Channel.INBOX);
        }
        say(offer, common, occasion, context);
        for (Party person : people) {
            say(offer.to(person), EnumSet.allOf(Channel.class), occasion, context);
        }
    }

    private void takeBack(
            Consequence.TakeBack takeBack, List<Told> saidOfIt, Occasion occasion, CommandContext context) {
        Set<Party> closed = new HashSet<>(takeBack.except());
        Map<Party, Set<Channel>> reached = new LinkedHashMap<>();
        for (Told one : saidOfIt) {
            Telling telling = one.telling();
            if (telling.cause().equals(occasion.cause())) {
                continue; // said by an earlier run of this very event
            }
            if (LAST_WORDS.contains(telling.notice())) {
                closed.add(telling.recipient());
            }
            if (WhoIsTold.OF_A_HANDOFF.contains(telling.notice())
                    && mayHaveBeenTold(one, takeBack, occasion.cause(), context)) {
                reached.computeIfAbsent(telling.recipient(), who -> EnumSet.noneOf(Channel.class))
                        .add(telling.channel());
            }
        }
        if (takeBack.say().isEmpty()) {
            return;
        }
        takeBack.holder().ifPresent(holder -> {
            // Whoever accepted counts on it, also when they found the offer by themselves.
            closed.remove(holder);
            reached.put(holder, EnumSet.allOf(Channel.class));
        });
        Notice notice = takeBack.say().get();
        boolean cancelled = notice == Notice.VISIT_CANCELLED;
        reached.forEach((who, by) -> {
            if (!closed.contains(who)) {
                boolean holds = takeBack.holder().filter(who::equals).isPresent();
                // Only whoever had taken it loses a visit; to the others it is an offer that is gone.
                Notice said = cancelled && !holds ? Notice.WITHDRAWN : notice;
                say(telling(who, said, takeBack.step(), takeBack.handoff(), occasion), by, occasion, context);
            }
        });
    }

    private boolean mayHaveBeenTold(Told one, Consequence.TakeBack takeBack, String cause, CommandContext context) {
        if (takeBack.stale().contains(one.telling().notice())) {
            Delivery now = recall(one, cause, context);
            return mayHaveTold(now, one) && !(neverLeft(now) && courier.withhold(one.delivery()));
        }
        // Whoever may have been told a moment ago still may.
        return mayHaveTold(deliveries.recent(one.delivery()), one)
                || mayHaveTold(deliveries.load(one.delivery()).state(), one);
    }

    private static boolean neverLeft(Delivery recalled) {
        return recalled instanceof Delivery.Recalled known && known.attempts() == 1;
    }

    private static boolean mayHaveTold(Delivery delivery, Told one) {
        return delivery instanceof Delivery.Known known
                && known.mayHaveTold(one.telling().cause());
    }

    private Delivery recall(Told one, String cause, CommandContext context) {
        String told = one.telling().cause();
        Delivery before = deliveries.recent(one.delivery());
        if (before instanceof Delivery.Known known && known.isDone()) {
            return before;
        }
        // A digest may hold several of those that are taken back.
        return deliveries
                .execute(
                        one.delivery(),
                        context.forStream(one.delivery() + "/without-" + told),
                        new DeliveryCommand.Recall(told, cause, context.at()))
                .state();
    }

    private void answered(Consequence.Answered answered, List<Told> saidOfIt, CommandContext context) {
        for (Told one : saidOfIt) {
            if (one.telling().recipient().equals(answered.by())
                    && WhoIsTold.OF_A_HANDOFF.contains(one.telling().notice())) {
                read(one, answered.by(), context);
            }
        }
    }

    private void read(Told one, Party by, CommandContext context) {
        Telling telling = one.telling();
        if (!one.delivery().equals(idOf(telling))) {
            // One thing of a digest was answered: it is not told there any more, and the rest of it is not read by
            // that.
            recall(one, telling.cause(), context);
            return;
        }
        CommandContext reading = new CommandContext(
                context.commandId() + "/" + one.delivery() + "/answered",
                context.fingerprint(),
                context.actor(),
                context.at(),
                context.causation(),
                context.traceparent());
        deliveries.execute(one.delivery(), reading, new DeliveryCommand.MarkRead(by, Set.of(by), context.at()));
    }

    private void unsay(Consequence.Unsay unsay, Occasion occasion, CommandContext context) {
        String step = unsay.step();
        List<Told> all = step == null ? told.ofPathway(occasion.pathway()) : told.ofStep(occasion.pathway(), step);
        for (Told one : all.stream()
                .filter(one -> unsay.notices().contains(one.telling().notice()))
                .filter(one -> !one.telling().cause().equals(occasion.cause()))
                .toList()) {
            recall(one, occasion.cause(), context);
        }
    }
}
