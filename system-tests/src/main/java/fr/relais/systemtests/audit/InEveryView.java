package fr.relais.systemtests.audit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Every view that has one stream of a kind has every stream of that kind, each up to its last event; none waits for
 * something, and none holds something that it could not read.
 */
final class InEveryView implements Rule {

    private static final class Seen {
        final BitSet streams = new BitSet();
        final Set<String> kinds = new HashSet<>();
    }

    @Override
    public String name() {
        return "in every view";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        Map<String, Long> ends = evidence.ends();
        List<String> streams = new ArrayList<>(ends.keySet());
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < streams.size(); i++) {
            numbers.put(streams.get(i), i);
        }
        Map<String, Seen> views = new LinkedHashMap<>();
        try (Stream<Folded> documents = evidence.folded()) {
            documents.forEach(document -> {
                Seen seen = views.computeIfAbsent(document.view(), any -> new Seen());
                Integer number = numbers.get(document.stream());
                if (number != null) {
                    seen.streams.set(number);
                    seen.kinds.add(kind(document.stream()));
                }
                if (!evidence.isInjected(document.stream())) {
                    look(document, ends.getOrDefault(document.stream(), 0L), findings);
                }
            });
        }
        for (int i = 0; i < streams.size(); i++) {
            String stream = streams.get(i);
            for (Map.Entry<String, Seen> view : views.entrySet()) {
                if (view.getValue().kinds.contains(kind(stream))
                        && !view.getValue().streams.get(i)
                        && !evidence.isInjected(stream)) {
                    findings.accept(finding(
                            view.getKey() + ", stream " + stream,
                            "the view has it, as it has others of its kind, up to event " + ends.get(stream),
                            "it has nothing of it"));
                }
            }
        }
    }

    private void look(Folded document, long end, Consumer<Finding> findings) {
        String where = document.view() + ", stream " + document.stream();
        if (document.sequence() != end) {
            findings.accept(finding(
                    where,
                    end == 0 ? "no journal has this stream" : "the journal ends with event " + end,
                    "the view has it up to " + document.sequence()));
        }
        if (document.stale() != null) {
            findings.accept(finding(where, "it waits for nothing", "it is stale: " + document.stale()));
        }
        if (document.unknown() != null) {
            findings.accept(finding(where, "every event is known", "it could not read " + document.unknown()));
        }
        if (document.missing() != null) {
            findings.accept(finding(where, "no event was given up", "it goes on without " + document.missing()));
        }
    }

    private static String kind(String stream) {
        int dash = stream.indexOf('-');
        return dash < 0 ? stream : stream.substring(0, dash);
    }
}
