package fr.relais.kit.view;

import fr.relais.events.DomainEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.live.Change;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a read model follows its streams: one document a stream, any number of rows derived from
 * it, and tallies over all streams. Declared as a
 * bean, it gets its own consumer group, its indexes before the first write, gap detection, rebuild and metrics.
 *
 * @param <S> the document, a record with a component {@code id} that is the stream's id
 */
public interface Projector<S> {

    /** How long events gather where a view says nothing else. */
    Duration GATHERED = Duration.ofMillis(50);

    /** Name of the view, a plural: {@code pathways}. */
    String name();

    /** A change of shape or meaning is a new version: it fills its own collection and takes over when caught up. */
    int version();

    /** The record that is stored. */
    Class<S> document();

    /** Families of events whose topics it follows. */
    Set<Class<? extends DomainEvent>> families();

    /** Which streams of those topics it keeps; the answer must be the same for every event of a stream. */
    default boolean wants(String stream) {
        return true;
    }

    /**
     * The document after an event. Pure: no clock, no store. An event it does not use, or does not know, leaves the
     * document as it is; the kit moves the sequence on.
     *
     * @return null as long as there is nothing to show
     */
    @Nullable
    S fold(@Nullable S state, RecordedEvent event);

    /**
     * How long events may gather before they are folded in together; what comes after a pause is folded in at once. A view
     * costs less so: an event and those that follow it closely are one write. People do not see so little; a reaction that
     * waits for its view does.
     */
    default Duration gathers() {
        return GATHERED;
    }

    /** Indexes of the document's collection. */
    List<ViewIndex> indexes();

    /** Collections of rows derived from the same streams. */
    default List<Rows<S, ?>> rows() {
        return List.of();
    }

    /** Counters and histograms over all streams. */
    default List<Tallies<S>> tallies() {
        return List.of();
    }

    /** What open pages are told after the event is written; may be told twice. */
    default List<Change> changes(@Nullable S before, S after, RecordedEvent cause) {
        return List.of();
    }
}
