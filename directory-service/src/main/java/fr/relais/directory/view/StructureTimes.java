package fr.relais.directory.view;

import fr.relais.events.Party;
import fr.relais.kit.view.Histogram;
import fr.relais.kit.view.Tally;
import fr.relais.kit.view.TallyReader;
import fr.relais.kit.view.Views;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a structure takes to accept and how much of it is done in time: read from kept counters, for structures and
 * never for a person. Fewer than five handoffs or three people would show a person.
 */
public final class StructureTimes {

    private static final int FEWEST_HANDOFFS = 5;
    private static final int FEWEST_PEOPLE = 3;

    private final TallyReader tallies;

    /** Over the views of this service. */
    public StructureTimes(Views views) {
        this.tallies = views.reader(HandoffProjector.TIMES);
    }

    /**
     * The times of a structure.
     *
     * @param accepted handoffs that were accepted for it
     * @param medianMinutesToAccept from the offer, as exact as the buckets that are kept
     * @param done handoffs done that had a time to be done by; null when they are fewer than five
     * @param shareOnTime between 0 and 1, of those done; null when they are fewer than five
     */
    public record Times(
            long accepted,
            double medianMinutesToAccept,
            @Nullable Long done,
            @Nullable Double shareOnTime) {}

    /** Its times; empty while they would show a person. */
    public Optional<Times> of(String finess) {
        Tally tally = tallies.of(Party.structure(finess).key());
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
                toAccept.total(),
                toAccept.median().orElse(0),
                enough ? done : null,
                enough ? (double) tally.count(HandoffProjector.ON_TIME) / done : null));
    }
}
