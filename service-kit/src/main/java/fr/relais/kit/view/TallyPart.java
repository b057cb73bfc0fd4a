package fr.relais.kit.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.lt;

import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * What one partition of a topic has given to a tally: a sum that holds up to an offset, and additions after it.
 *
 * <p>The sum is {@code {_id: "<tally>|<part>", tally, counters, at}}, an addition {@code {_id: "<tally>|<part>|<last
 * offset>", tally, added: [{at, counters}]}}. An offset counts once, in how many additions it may stand.
 */
final class TallyPart {

    private static final String COUNTERS = "counters";
    private static final String AT = "at";
    private static final String ADDED = "added";
    private static final long NOTHING_YET = -1;

    private long summedTo = NOTHING_YET;
    private @Nullable Document summed;
    private final Map<Long, Document> added = new TreeMap<>();

    /** An addition while it is noted. */
    static final class Added {
        private final String tally;
        private final String part;
        private final List<Document> steps = new ArrayList<>();
        private long last = NOTHING_YET;

        Added(String tally, String part) {
            this.tally = tally;
            this.part = part;
        }

        void at(long offset, Map<String, Long> counters) {
            steps.add(new Document(AT, offset).append(COUNTERS, new Document(Map.copyOf(counters))));
            last = Math.max(last, offset);
        }

        Document document() {
            return new Document("_id", part + "|" + last)
                    .append(TallyStore.TALLY, tally)
                    .append(ADDED, steps);
        }
    }

    static String id(String tally, String part) {
        return tally + "|" + part;
    }

    /** The part that a document belongs to. */
    static String of(Document document) {
        String id = document.getString("_id");
        return document.containsKey(ADDED) ? id.substring(0, id.lastIndexOf('|')) : id;
    }

    /** All additions to a part; {@code |} and {@code }} follow each other in the order of ids. */
    static Bson additionsTo(String part) {
        return and(gt("_id", part + "|"), lt("_id", part + "}"));
    }

    /**
     * Takes in one of its documents, the sum before or after the additions.
     *
     * @return whether there is anything in it that the sum, as far as it is known yet, does not hold
     */
    boolean add(Document document) {
        if (!document.containsKey(ADDED)) {
            summed = document.get(COUNTERS, Document.class);
            summedTo = document.get(AT, Number.class).longValue();
            return true;
        }
        boolean news = false;
        for (Document step : document.getList(ADDED, Document.class)) {
            long at = step.get(AT, Number.class).longValue();
            added.putIfAbsent(at, step.get(COUNTERS, Document.class));
            news |= at > summedTo;
        }
        return news;
    }

    /** Adds what it comes to. */
    void addTo(Map<String, Long> counters) {
        addTo(counters, summed);
        added.forEach((at, step) -> {
            if (at > summedTo) {
                addTo(counters, step);
            }
        });
    }

    private static void addTo(Map<String, Long> counters, @Nullable Document more) {
        if (more != null) {
            more.forEach((counter, amount) -> counters.merge(counter, ((Number) amount).longValue(), Long::sum));
        }
    }

    /**
     * How the sum is written that holds all this.
     *
     * @param before the sum as it was read, null when there was none
     */
    Optional<WriteModel<Document>> sum(String part, @Nullable Document before) {
        long last = added.keySet().stream().reduce(summedTo, Math::max);
        if (last == summedTo) {
            return Optional.empty();
        }
        Map<String, Long> counters = new TreeMap<>();
        addTo(counters);
        counters.values().removeIf(amount -> amount == 0);
        Document now = new Document("_id", part)
                .append(TallyStore.TALLY, part.substring(0, part.indexOf('|')))
                .append(COUNTERS, new Document(Map.copyOf(counters)))
                .append(AT, last);
        return Optional.of(
                before == null
                        ? new InsertOneModel<>(now)
                        : new ReplaceOneModel<>(and(eq("_id", part), eq(AT, summedTo)), now));
    }

    /** Tallies added up from documents that come in any order. */
    static final class Sums {
        private final Map<String, Map<String, TallyPart>> byTally = new TreeMap<>();

        void add(Document document) {
            byTally.computeIfAbsent(document.getString(TallyStore.TALLY), any -> new TreeMap<>())
                    .computeIfAbsent(TallyPart.of(document), any -> new TallyPart())
                    .add(document);
        }

        /** What a tally comes to, counters at zero and below included. */
        Map<String, Long> of(String tally) {
            Map<String, Long> counters = new TreeMap<>();
            byTally.getOrDefault(tally, Map.of()).values().forEach(part -> part.addTo(counters));
            return counters;
        }

        Iterable<String> tallies() {
            return byTally.keySet();
        }
    }
}
