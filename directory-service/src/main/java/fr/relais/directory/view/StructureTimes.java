package fr.relais.directory.view;

import fr.relais.events.Party;
import fr.relais.kit.view.Histogram;
import fr.relais.kit.view.Tally;
import fr.relais.kit.view.TallyReader;
import fr.relais.kit.view.Views;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How long a structure took to accept of late and how much of it was done in time: read from kept counters, for structures
 * and never for a person. Fewer than five handoffs or three people would show a person.
 */
public final class StructureTimes {

    private static final int FEWEST_HANDOFFS = 5;
    private static final int FEWEST_PEOPLE = 3;

    /** This week and those before it: how a team works now, and enough handoffs of a small one. */
    private static final int WEEKS = 13;

    private final TallyReader tallies;
    private final Clock clock;

    /** Over the views of this service. */
    public StructureTimes(Views views, Clock clock) {
        this.tallies = views.reader(HandoffProjector.TIMES);
        this.clock = clock;
    }

    /**
     * The times of a structure.
     *
     * @param since first day that counts: the Monday thirteen weeks ago, counting this week
     * @param accepted handoffs that were accepted for it since
     * @param medianMinutesToAccept from the offer, as exact as the buckets that are kept
     * @param done handoffs done that had a time to be done by; null when they are fewer than five
     * @param shareOnTime between 0 and 1, of those done; null when they are fewer than five
     */
    public record Times(
            LocalDate since,
            long accepted,
            double medianMinutesToAccept,
            @Nullable Long done,
            @Nullable Double shareOnTime) {}

    /** Its times; empty while they would show a person. */
    public Optional<Times> of(String finess) {
        LocalDate since = HandoffProjector.week(clock.instant()).minusWeeks(WEEKS - 1);
        Map<String, Long> counters = new HashMap<>();
        tallies.of(IntStream.range(0, WEEKS)
                        .mapToObj(week -> HandoffProjector.key(finess, since.plusWeeks(week)))
                        .toList())
                .values()
                .forEach(week -> week.counters().forEach((counter, n) -> counters.merge(counter, n, Long::sum)));
        Tally tally = new Tally(Party.structure(finess).key(), counters);
        Histogram toAccept = tally.histogram(HandoffProjector.MINUTES_TO_ACCEPT);
        // Two people may share a number, so that these are at least so many people.
        long people = tally.counters().keySet().stream()
                .filter(counter -> counter.startsWith(HandoffProjector.SOMEONE))
                .count();
        if (toAccept.total() < FEWEST_HANDOFFS || people < FEWEST_PEOPLE) {
            return Optional.empty();
        }
        long done = tally.count(HandoffProjector.DONE);
        boolean enough = done >= FEWEST_HANDOFFS;
        return Optional.of(new Times(
                since,
                toAccept.total(),
                toAccept.median().orElse(0),
                enough ? done : null,
                enough ? (double) tally.count(HandoffProjector.ON_TIME) / done : null));
    }
}
