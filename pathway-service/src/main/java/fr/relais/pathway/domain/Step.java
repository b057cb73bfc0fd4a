package fr.relais.pathway.domain;

import fr.relais.events.Addressee;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.ReportedBy;
import fr.relais.events.PathwayEvent.UnassignedReason;
import fr.relais.events.PathwayEvent.Weekly;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A step of a running pathway.
 *
 * <p>It is never without somebody responsible, and never held by two: the types below cannot say so.
 *
 * @param due null while no delay runs
 * @param told which rungs of the ladder were climbed since the delay was set
 * @param waves how many waves were asked
 * @param asked who was asked and need not be asked again
 * @param former to whom the handoff that was accepted before the discharge was cancelled had been addressed
 * @param past handoffs that are over
 * @param reported what somebody else says of its being done, while nobody confirmed or corrected it
 * @param weeks for a step that recurs, how its weeks were answered
 */
public record Step(
        String key,
        String role,
        String profession,
        @Nullable Due due,
        Told told,
        Stand stand,
        int waves,
        Set<Party> asked,
        @Nullable Addressee former,
        Map<String, Handoff> past,
        @Nullable Report reported,
        @Nullable Weeks weeks) {

    /**
     * The delay.
     *
     * @param lateAt when it is said to be late, where not at {@code dueAt}; it then climbs no ladder
     */
    public record Due(
            Instant remindAt, Instant dueAt, @Nullable Instant lateAt) {

        Instant saidLateAt() {
            return lateAt == null ? dueAt : lateAt;
        }
    }

    /** What somebody else says: it was done then. */
    public record Report(Party by, ReportedBy how, Instant doneAt) {}

    /**
     * The weeks of a step that recurs, from 1.
     *
     * @param from from when they count
     * @param answersBy until when each is answered for
     * @param confirmed those that were answered
     * @param unanswered those whose time went by without an answer
     */
    public record Weeks(Instant from, List<Instant> answersBy, Set<Integer> confirmed, Set<Integer> unanswered) {
        public Weeks {
            answersBy = List.copyOf(answersBy);
            confirmed = Collections.unmodifiableSet(new TreeSet<>(confirmed));
            unanswered = Collections.unmodifiableSet(new TreeSet<>(unanswered));
        }

        int times() {
            return answersBy.size();
        }

        Instant answersBy(int week) {
            return answersBy.get(week - 1);
        }

        boolean isPending(int week) {
            return !confirmed.contains(week) && !unanswered.contains(week);
        }

        /** The last week of which something was said. */
        int gone() {
            int gone = 0;
            for (int week = 1; week <= times(); week++) {
                gone = isPending(week) ? gone : week;
            }
            return gone;
        }

        /** How many weeks up to this one nobody answered for, without a gap. */
        int inARow(int week) {
            int count = 0;
            while (week - count >= 1 && unanswered.contains(week - count)) {
                count++;
            }
            return count;
        }

        /** Whether nothing more is to be answered for. */
        boolean over() {
            for (int week = 1; week <= times(); week++) {
                if (isPending(week)) {
                    return false;
                }
            }
            return confirmed.contains(times());
        }

        Weeks confirmed(int week) {
            Set<Integer> done = new TreeSet<>(confirmed);
            done.add(week);
            Set<Integer> silent = new TreeSet<>(unanswered);
            silent.remove(week);
            return new Weeks(from, answersBy, done, silent);
        }

        Weeks unanswered(int week) {
            Set<Integer> silent = new TreeSet<>(unanswered);
            silent.add(week);
            return new Weeks(from, answersBy, confirmed, silent);
        }

        static Weeks of(Weekly weekly, @Nullable Weeks before) {
            return new Weeks(
                    weekly.from(),
                    weekly.answersBy(),
                    before == null ? Set.of() : before.confirmed(),
                    before == null ? Set.of() : before.unanswered());
        }
    }

    /**
     * How far up the ladder.
     *
     * @param level 0 to 3
     */
    public record Told(boolean soon, boolean overdue, int level) {
        static final Told NOTHING = new Told(false, false, 0);
    }

    /** Who has the step. */
    public sealed interface Stand {

        /** Nobody accepted yet: the sender answers for it. */
        record Unheld(Party responsible, Quest quest) implements Stand {}

        /**
         * Somebody accepted and answers for it, also while looking for somebody to pass it on to.
         *
         * @param owner who answers for it again if the handoff is taken back
         */
        record Held(Handoff.Accepted handoff, Party owner, Quest quest) implements Stand {}

        /** It is done. */
        record Done(Party by, @Nullable String handoff, Instant at) implements Stand {}
    }

    /** How far the asking is. */
    public sealed interface Quest {

        /** Nobody is being asked. */
        record Idle() implements Quest {}

        /** The directory is asked for candidates. */
        record Seeking(String search, Instant answerBy) implements Quest {}

        /** Answers are awaited; by id of the handoff, never empty. */
        record Offering(Map<String, Handoff.Offered> offers) implements Quest {
            public Offering {
                offers = Collections.unmodifiableMap(new LinkedHashMap<>(offers));
                if (offers.isEmpty()) {
                    throw new IllegalArgumentException("an offering has at least one offer");
                }
            }
        }

        /**
         * Nobody was found: the coordinator looks.
         *
         * @param search the last search; its answer may still come
         */
        record Unassigned(UnassignedReason reason, @Nullable String search) implements Quest {}
    }

    static final Quest IDLE = new Quest.Idle();

    public Step {
        asked = Collections.unmodifiableSet(new LinkedHashSet<>(asked));
        past = Collections.unmodifiableMap(new LinkedHashMap<>(past));
    }

    /** Who answers for the step now; for a done step, who did it. */
    public Party responsible() {
        return switch (stand) {
            case Stand.Unheld unheld -> unheld.responsible();
            case Stand.Held held -> held.handoff().by();
            case Stand.Done done -> done.by();
        };
    }

    /** Whether it is still to be done. */
    public boolean open() {
        return !(stand instanceof Stand.Done);
    }

    Quest quest() {
        return switch (stand) {
            case Stand.Unheld unheld -> unheld.quest();
            case Stand.Held held -> held.quest();
            case Stand.Done done -> IDLE;
        };
    }

    Map<String, Handoff.Offered> offers() {
        return quest() instanceof Quest.Offering offering ? offering.offers() : Map.of();
    }

    /** One of its handoffs, open or over. */
    public Optional<Handoff> handoff(String id) {
        if (stand instanceof Stand.Held held && held.handoff().id().equals(id)) {
            return Optional.of(held.handoff());
        }
        Handoff.Offered offered = offers().get(id);
        return offered != null ? Optional.of(offered) : Optional.ofNullable(past.get(id));
    }

    Step withDue(@Nullable Due next) {
        return new Step(key, role, profession, next, Told.NOTHING, stand, waves, asked, former, past, reported, weeks);
    }

    Step withTold(Told next) {
        return new Step(key, role, profession, due, next, stand, waves, asked, former, past, reported, weeks);
    }

    Step withStand(Stand next) {
        return new Step(key, role, profession, due, told, next, waves, asked, former, past, reported, weeks);
    }

    Step withQuest(Quest next) {
        return switch (stand) {
            case Stand.Unheld unheld -> withStand(new Stand.Unheld(unheld.responsible(), next));
            case Stand.Held held -> withStand(new Stand.Held(held.handoff(), held.owner(), next));
            case Stand.Done done -> throw new IllegalStateException("step " + key + " is done: nobody is asked");
        };
    }

    Step withReport(@Nullable Report next) {
        return new Step(key, role, profession, due, told, stand, waves, asked, former, past, next, weeks);
    }

    Step withWeeks(@Nullable Weeks next) {
        return new Step(key, role, profession, due, told, stand, waves, asked, former, past, reported, next);
    }

    /** The same with another state of an offer that stands. */
    Step withOfferAs(Handoff.Offered offer) {
        Map<String, Handoff.Offered> offers = new LinkedHashMap<>(offers());
        if (offers.replace(offer.id(), offer) == null) {
            throw new IllegalStateException("handoff " + offer.id() + " is not offered");
        }
        return withQuest(new Quest.Offering(offers));
    }

    Step withFormer(@Nullable Addressee next) {
        return new Step(key, role, profession, due, told, stand, waves, asked, next, past, reported, weeks);
    }

    Step withPast(Handoff handoff) {
        Map<String, Handoff> next = new LinkedHashMap<>(past);
        next.put(handoff.id(), handoff);
        return new Step(key, role, profession, due, told, stand, waves, asked, former, next, reported, weeks);
    }

    Step withOffer(Handoff.Offered offer) {
        Map<String, Handoff.Offered> offers = new LinkedHashMap<>(offers());
        offers.put(offer.id(), offer);
        Set<Party> all = new LinkedHashSet<>(asked);
        all.add(offer.to().party());
        return new Step(
                        key,
                        role,
                        profession,
                        due,
                        told,
                        stand,
                        Math.max(waves, offer.wave()),
                        all,
                        former,
                        past,
                        reported,
                        weeks)
                .withQuest(new Quest.Offering(offers));
    }

    Step withoutOffer(String handoff) {
        Map<String, Handoff.Offered> offers = new LinkedHashMap<>(offers());
        return offers.remove(handoff) == null ? this : withQuest(offers.isEmpty() ? IDLE : new Quest.Offering(offers));
    }

    /** Asking begins anew, save for those who said no themselves. What was being asked of the directory is moot. */
    Step inNewRound() {
        Set<Party> declined = new LinkedHashSet<>();
        for (Handoff handoff : past.values()) {
            if (handoff instanceof Handoff.Declined no) {
                declined.add(no.to().party());
            }
        }
        Step next = new Step(key, role, profession, due, told, stand, 0, declined, former, past, reported, weeks);
        return !open() || quest() instanceof Quest.Offering ? next : next.withQuest(IDLE);
    }

    static Step scheduled(String key, String role, String profession, @Nullable Due due, Party responsible) {
        return new Step(
                key,
                role,
                profession,
                due,
                Told.NOTHING,
                new Stand.Unheld(responsible, IDLE),
                0,
                Set.of(),
                null,
                Map.of(),
                null,
                null);
    }
}
