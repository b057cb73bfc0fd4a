package fr.relais.systemtests.audit;

import fr.relais.events.EventCatalogue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that an audit looks at. What is long is a stream that is read anew each time and is to be closed; what several
 * rules make of it is folded once.
 */
abstract class Evidence {

    static final EventCatalogue CATALOGUE = EventCatalogue.standard();

    private @Nullable Map<String, Long> ends;
    private @Nullable Pathways pathways;
    private @Nullable Deliveries deliveries;

    abstract Ledger ledger();

    /** The services that have a journal. */
    abstract List<String> services();

    /** A service's journal, stream by stream, each in order. */
    abstract Stream<Commit> journal(String service);

    /** Topics of events, each partition in order. */
    abstract Stream<Published> published();

    /** All that stands in Kafka, in logs, and in what left the house. */
    abstract Stream<Text> texts();

    /** The documents of each view's newest version. */
    abstract Stream<Folded> folded();

    /** Hospital messages. */
    abstract Stream<Kept> kept();

    /** Records that nobody could use. */
    abstract List<SetAside> setAside();

    /** Views beside their rebuilds; empty where no operator asked. */
    abstract List<Rebuilt> rebuilt();

    /** Now, by the business clock. */
    abstract Instant now();

    /** What had not drained when time was up, in words. */
    abstract List<String> undrained();

    /** The last sequence of each stream of all journals. */
    final Map<String, Long> ends() {
        Map<String, Long> known = ends;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (String service : services()) {
                try (Stream<Commit> commits = journal(service)) {
                    Map<String, Long> all = known;
                    commits.forEach(commit -> all.merge(commit.stream(), commit.last(), Math::max));
                }
            }
            ends = known;
        }
        return known;
    }

    /** Every pathway, folded from its journal. */
    final Pathways pathways() {
        Pathways known = pathways;
        if (known == null) {
            known = Pathways.of(this);
            pathways = known;
        }
        return known;
    }

    /** Every delivery, folded from its journal. */
    final Deliveries deliveries() {
        Deliveries known = deliveries;
        if (known == null) {
            known = Deliveries.of(this);
            deliveries = known;
        }
        return known;
    }

    /** Whether something that nobody could use was put into that stream on purpose. */
    final boolean isInjected(@Nullable String stream) {
        Set<String> injected = ledger().injected();
        return stream == null ? !injected.isEmpty() : injected.contains(stream);
    }

    /** Whether that very record, by where it stands in Kafka, was put there on purpose. */
    final boolean isInjectedAt(String record) {
        return ledger().injectedRecords().contains(record);
    }

    /** Whether Relais was hurt at some time between two moments of the real clock. */
    final boolean isHurtBetween(Instant from, Instant until) {
        return ledger().faults().stream()
                .anyMatch(
                        fault -> !fault.from().isAfter(until) && !fault.until().isBefore(from));
    }

    /** Before what has changed since is looked at again. */
    final void forget() {
        ends = null;
        pathways = null;
        deliveries = null;
    }
}
