package fr.relais.notification.application;

import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Weighed;
import fr.relais.events.Party;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import fr.relais.kit.time.Ids;
import fr.relais.notification.domain.Day;
import fr.relais.notification.domain.DayCommand;
import fr.relais.notification.domain.Habits;
import fr.relais.notification.domain.Hours;
import java.time.Instant;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides, and journals, how a notice comes to a person. The day that it is counted on is that of the event it tells, and
 * not of the moment of telling: a repeat after a crash, however late, meets what was decided.
 */
public final class Budget {

    private static final Logger log = LoggerFactory.getLogger(Budget.class);

    private final Streams<DayCommand, Day, NotificationEvent> days;
    private final PreferenceList preferences;
    private final Readers readers;
    private final int cap;

    public Budget(
            Streams<DayCommand, Day, NotificationEvent> days, PreferenceList preferences, Readers readers, int cap) {
        this.days = days;
        this.preferences = preferences;
        this.readers = readers;
        this.cap = cap;
    }

    /**
     * How this comes to them.
     *
     * @param cause id of the event that is told
     * @param happened when that was recorded
     */
    Weighed weigh(Party reader, String cause, Notice notice, Instant happened, CommandContext context) {
        String day = idOf(reader, happened);
        Outcome<Day> outcome = days.execute(
                day,
                context.forStream(day),
                new DayCommand.Weigh(reader, cause, notice, habitsOf(reader), cap, context.at()));
        Weighed weighed = decided(outcome.state(), cause);
        if (weighed.overBudget() && outcome instanceof Outcome.Done<Day> done && !done.repeated()) {
            log.warn(
                    "reader's day={} sequence={} has more than {} pushes: the rest comes in one digest",
                    day,
                    outcome.sequence(),
                    cap);
        }
        return weighed;
    }

    /** The digest that was to hold it has left: the next one that will. */
    Weighed postpone(Party reader, String cause, String left, Instant happened, CommandContext context) {
        String day = idOf(reader, happened);
        CommandContext anew = context.forStream(day + "/after-" + left);
        return decided(
                days.execute(day, anew, new DayCommand.Postpone(cause, habitsOf(reader), context.at()))
                        .state(),
                cause);
    }

    private static Weighed decided(Day day, String cause) {
        return day.about(cause)
                .orElseThrow(() -> new IllegalStateException(cause + " was weighed, and nothing was decided"));
    }

    private Habits habitsOf(Party reader) {
        return new Habits(
                Hours.of(readers.profession(reader).orElse(null)),
                preferences.of(reader).digestAt());
    }

    private static String idOf(Party reader, Instant happened) {
        return Ids.from("day", reader.key() + "|" + LocalDate.ofInstant(happened, Hours.PARIS));
    }
}
