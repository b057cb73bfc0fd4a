package fr.relais.systemtests.audit;

import fr.relais.events.DomainEvent;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Evidence that a test makes up: what is recorded is published and folded as it should be, until the test spoils it. */
final class Invented extends Evidence {

    static final Instant START = Instant.parse("2026-11-02T09:00:00Z");

    final Ledger ledger = Ledger.inMemory();
    final Map<String, List<Commit>> journals = new LinkedHashMap<>();
    final List<Published> published = new ArrayList<>();
    final List<Text> texts = new ArrayList<>();
    final List<Folded> folded = new ArrayList<>();
    final List<Kept> kept = new ArrayList<>();
    final List<SetAside> setAside = new ArrayList<>();
    final List<Rebuilt> rebuilt = new ArrayList<>();
    final List<String> undrained = new ArrayList<>();
    private final Map<String, Long> sequences = new TreeMap<>();
    private Instant now = START;
    private int commands;

    Invented() {
        EventCatalogue.standard()
                .families()
                .forEach(family -> journals.computeIfAbsent(family.owner(), any -> new ArrayList<>()));
    }

    /** A while passes, on all clocks. */
    Invented after(Duration while_) {
        now = now.plus(while_);
        return this;
    }

    /** A command that makes these events on a stream; they are published and folded. */
    Invented record(String stream, DomainEvent... events) {
        return recordAs("system-" + ++commands, stream, events);
    }

    /** The same by a person, under a key. */
    Invented recordAs(String command, String stream, DomainEvent... events) {
        Commit commit = journal(command, stream, events);
        for (int i = 0; i < commit.events().size(); i++) {
            publish(commit, i);
        }
        fold(stream);
        return this;
    }

    /** A command that is in the journal and nowhere else. */
    Commit journal(String command, String stream, DomainEvent... events) {
        List<Commit.Entry> entries = new ArrayList<>();
        for (DomainEvent event : events) {
            entries.add(new Commit.Entry(
                    CATALOGUE.entry(event).type(), new String(CATALOGUE.encode(event), StandardCharsets.UTF_8)));
        }
        long first = sequences.merge(stream, (long) events.length, Long::sum) - events.length + 1;
        Commit commit = new Commit(stream, first, command, entries, now, now, true);
        journals.get(CATALOGUE.entry(events[0]).family().owner()).add(commit);
        return commit;
    }

    /** An event of a commit as it stands in its topic. */
    void publish(Commit commit, int index) {
        Commit.Entry entry = commit.events().get(index);
        long sequence = commit.first() + index;
        published.add(new Published(
                CATALOGUE.topicOf(entry.type()),
                Math.floorMod(commit.stream().hashCode(), 12),
                published.size(),
                now,
                commit.stream(),
                Map.of(
                        "ce_id",
                        RecordedEvent.idOf(commit.stream(), sequence),
                        "ce_type",
                        entry.type(),
                        "ce_sequence",
                        Long.toString(sequence)),
                entry.json().getBytes(StandardCharsets.UTF_8)));
    }

    private void fold(String stream) {
        folded.removeIf(document -> document.stream().equals(stream));
        folded.add(new Folded("a-service a_view_v1", stream, sequences.get(stream), null, null, null));
    }

    /** Its document in the view is spoilt. */
    void spoil(String stream, java.util.function.UnaryOperator<Folded> how) {
        folded.replaceAll(document -> document.stream().equals(stream) ? how.apply(document) : document);
    }

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    List<String> services() {
        return List.copyOf(journals.keySet());
    }

    @Override
    Stream<Commit> journal(String service) {
        return journals.get(service).stream()
                .sorted(Comparator.comparing(Commit::stream).thenComparing(Commit::first));
    }

    @Override
    Stream<Published> published() {
        return published.stream();
    }

    @Override
    Stream<Text> texts() {
        return Stream.concat(
                texts.stream(),
                published.stream()
                        .map(record -> new Text(record.where(), new String(record.value(), StandardCharsets.UTF_8))));
    }

    @Override
    Stream<Folded> folded() {
        return folded.stream();
    }

    @Override
    Stream<Kept> kept() {
        return kept.stream();
    }

    @Override
    List<SetAside> setAside() {
        return setAside;
    }

    @Override
    List<Rebuilt> rebuilt() {
        return rebuilt;
    }

    @Override
    Instant now() {
        return now;
    }

    @Override
    List<String> undrained() {
        return undrained;
    }
}
