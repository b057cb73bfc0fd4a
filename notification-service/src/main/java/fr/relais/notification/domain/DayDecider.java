package fr.relais.notification.domain;

import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Manner;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.events.NotificationEvent.Weighed;
import fr.relais.kit.decide.Decider;
import fr.relais.kit.decide.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The interruption budget of one person and one day.
 *
 * <p>What is to be known stands in the list. What is to be done today comes with the digest of the next day of work. What is
 * to be done now comes by itself in the hours of the profession: an offer waits for them to open, as its time to answer
 * does; anything else that falls into the night comes with the digest, which is earlier than the surgery. After so many
 * pushes in a day, offers not counted, the rest of the day comes in one digest. Recalls, cancelled visits and "call before
 * you go" come at any hour, whatever the day has brought.
 */
public final class DayDecider implements Decider<DayCommand, Day, NotificationEvent> {

    /** How long the digest of what exceeds the budget gathers before it leaves. */
    static final Duration GATHERS = Duration.ofHours(1);

    @Override
    public Day initial() {
        return Day.EMPTY;
    }

    @Override
    public Decision<NotificationEvent> decide(DayCommand command, Day day) {
        return switch (command) {
            case DayCommand.Weigh weigh ->
                day.about(weigh.cause()).isPresent() ? Decision.nothing() : Decision.accept(weigh(weigh, day));
            case DayCommand.Postpone postpone -> postpone(postpone, day);
        };
    }

    private static Weighed weigh(DayCommand.Weigh weigh, Day day) {
        Instant now = weigh.at();
        Notice notice = weigh.notice();
        Hours hours = weigh.habits().hours();
        Instant morning = hours.digest(now, weigh.habits().digestAt());
        return switch (Attention.of(notice)) {
            case KNOW -> weighed(weigh, Manner.LIST, null, null, false);
            case ACT_TODAY -> weighed(weigh, Manner.DIGEST, morning, dayOf(morning), false);
            case ACT_NOW -> {
                if (Attention.comesAtAnyHour(notice)) {
                    yield weighed(weigh, Manner.PUSH, now, null, false);
                }
                if (notice == Notice.OFFER) {
                    yield weighed(weigh, Manner.PUSH, hours.opening(now), null, false);
                }
                if (!hours.isOpen(now)) {
                    yield weighed(weigh, Manner.DIGEST, morning, dayOf(morning), false);
                }
                if (day.pushes() < weigh.cap()) {
                    yield weighed(weigh, Manner.PUSH, now, null, false);
                }
                yield overBudget(weigh, day, hours, morning);
            }
        };
    }

    /** One digest for the rest of the day; what comes when that one has left waits for the morning. */
    private static Weighed overBudget(DayCommand.Weigh weigh, Day day, Hours hours, Instant morning) {
        Instant now = weigh.at();
        Instant soon = now.plus(GATHERS);
        if (!day.overflowed() && hours.isOpen(soon)) {
            return weighed(weigh, Manner.DIGEST, soon, dayOf(soon), true);
        }
        return day.overflow(now)
                .map(leaves -> weighed(weigh, Manner.DIGEST, leaves, dayOf(leaves), true))
                .orElseGet(() -> weighed(weigh, Manner.DIGEST, morning, dayOf(morning), false));
    }

    private static Decision<NotificationEvent> postpone(DayCommand.Postpone postpone, Day day) {
        Weighed before = day.about(postpone.cause())
                .orElseThrow(() -> new IllegalStateException(
                        postpone.cause() + " was never weighed on this day: weigh it first, then postpone it"));
        Instant morning = postpone.habits()
                .hours()
                .digest(postpone.at(), postpone.habits().digestAt());
        return Decision.accept(new Weighed(
                before.reader(),
                before.cause(),
                before.notice(),
                before.priority(),
                Manner.DIGEST,
                morning,
                dayOf(morning),
                false,
                postpone.at()));
    }

    private static Weighed weighed(
            DayCommand.Weigh weigh,
            Manner manner,
            @Nullable Instant notBefore,
            @Nullable LocalDate digest,
            boolean overBudget) {
        return new Weighed(
                weigh.reader(),
                weigh.cause(),
                weigh.notice(),
                Attention.of(weigh.notice()),
                manner,
                notBefore,
                digest,
                overBudget,
                weigh.at());
    }

    private static LocalDate dayOf(Instant at) {
        return LocalDate.ofInstant(at, Hours.PARIS);
    }

    @Override
    public Day evolve(Day day, NotificationEvent event) {
        if (!(event instanceof Weighed weighed)) {
            throw new IllegalStateException(
                    "a day holds only what was weighed, but this stream has " + event + ": its journal is damaged");
        }
        Map<String, Weighed> all = new HashMap<>(day.weighed());
        boolean anew = all.put(weighed.cause(), weighed) == null;
        return new Day(all, day.pushes() + (anew && counts(weighed) ? 1 : 0));
    }

    /** Whether it is one of the pushes that a day has only so many of. */
    private static boolean counts(Weighed weighed) {
        return weighed.manner() == Manner.PUSH
                && weighed.notice() != Notice.OFFER
                && weighed.priority() == Priority.ACT_NOW;
    }
}
