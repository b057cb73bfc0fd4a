package fr.relais.kit.view;

import java.util.List;
import org.bson.Document;

/** Names of what the kit keeps in each document of a view, beside the view's own fields. */
final class Meta {

    /** Sequence of the last event that is folded in. */
    static final String SEQUENCE = "_seq";

    /** The stream a row comes from. */
    static final String STREAM = "_stream";

    /** What it waits for: {@code {from, seen, since, askedAt, poisoned, poison: {sequence, at}}}. */
    static final String STALE = "_stale";

    /** Events of types this build does not know: {@code [{sequence, type, at}]}. */
    static final String UNKNOWN = "_unknown";

    /** Events that could not be used and were given up: {@code [{sequence, at}]}. */
    static final String MISSING = "_missing";

    /** What the tallies hold of a stream, where that is not what its document adds to them. */
    static final String COUNTED = "_counted";

    /** Lease of a deadline: {@code {by, until}}. */
    static final String CLAIM = "_claim";

    static final List<String> ALL = List.of(SEQUENCE, STREAM, STALE, UNKNOWN, MISSING, COUNTED, CLAIM);

    private Meta() {}

    static long sequenceOf(Document document) {
        Number sequence = document.get(SEQUENCE, Number.class);
        return sequence == null ? 0 : sequence.longValue();
    }

    /** The view's own fields alone. */
    static Document contentOf(Document document) {
        Document content = new Document(document);
        ALL.forEach(content::remove);
        return content;
    }

    /** Whether there is anything to show beside the kit's own fields. */
    static boolean isEmpty(Document document) {
        return contentOf(document).size() <= 1;
    }
}
