package fr.relais.notification.domain;

import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.Party;
import java.time.Instant;

/** What can be asked of a person's day. */
public sealed interface DayCommand {

    /**
     * Decide how this comes to them; asked again it changes nothing.
     *
     * @param cause id of the event that is told
     * @param cap pushes a day, offers not counted
     */
    record Weigh(Party reader, String cause, Notice notice, Habits habits, int cap, Instant at) implements DayCommand {}

    /** The digest that was to hold this has left without it: it goes into the next. */
    record Postpone(String cause, Habits habits, Instant at) implements DayCommand {}
}
