package fr.relais.notification.view;

import fr.relais.events.NotificationEvent.Manner;
import fr.relais.events.NotificationEvent.Weighed;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How much one person was interrupted on one day.
 *
 * @param id id of the day's stream
 * @param reader key of the person
 * @param day civil day (Europe/Paris) on which the first of it was decided
 * @param offers offers that came by themselves; they are not part of the budget
 * @param pushes other notices that came by themselves
 * @param digested notices that came, or will come, in a digest
 * @param listed notices that stand in the list alone
 * @param overBudget notices that came in a digest because the pushes of the day were spent
 * @param exceeded whether there are such
 * @param changedAt when the last of it was decided
 */
public record DayView(
        String id,
        String reader,
        String day,
        int offers,
        int pushes,
        int digested,
        int listed,
        int overBudget,
        boolean exceeded,
        Instant changedAt) {

    static DayView with(@Nullable DayView before, String id, Weighed weighed, LocalDate day, boolean offer) {
        DayView base = before == null
                ? new DayView(id, weighed.reader().key(), day.toString(), 0, 0, 0, 0, 0, false, weighed.at())
                : before;
        int over = base.overBudget + (weighed.overBudget() ? 1 : 0);
        boolean push = weighed.manner() == Manner.PUSH;
        return new DayView(
                base.id,
                base.reader,
                base.day,
                base.offers + (push && offer ? 1 : 0),
                base.pushes + (push && !offer ? 1 : 0),
                base.digested + (weighed.manner() == Manner.DIGEST ? 1 : 0),
                base.listed + (weighed.manner() == Manner.LIST ? 1 : 0),
                over,
                over > 0,
                weighed.at());
    }
}
