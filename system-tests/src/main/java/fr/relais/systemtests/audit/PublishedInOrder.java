package fr.relais.systemtests.audit;

import fr.relais.events.EventCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Each commit of each journal is in its topic, as it was written, and each stream's events follow one another there without
 * a gap. A repeat is allowed anywhere; a later event before an earlier one only while Relais is hurt, and then the earlier
 * one and the later one follow in order.
 */
final class PublishedInOrder implements Rule {

    private static final int NOWHERE = -1;

    /** After a fault, until what it held up is sent in order. */
    private static final Duration HEALS_WITHIN = Duration.ofSeconds(10);

    /** A stream: what the journal has, by sequence, and how far its topic has come. */
    private static final class Track {
        final String topic;
        long[] journaled = new long[4];
        int last;
        long reached;
        int partition = NOWHERE;

        Track(String topic) {
            this.topic = topic;
        }

        void add(long digest) {
            if (last == journaled.length) {
                journaled = Arrays.copyOf(journaled, last * 2);
            }
            journaled[last++] = digest;
        }
    }

    @Override
    public String name() {
        return "published in order";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        Map<String, Track> tracks = journaled(evidence, findings);
        Set<String> compacted = new HashSet<>();
        for (EventCatalogue.Family family : Evidence.CATALOGUE.families()) {
            if (family.compacted()) {
                compacted.add(family.topic());
            }
        }
        try (Stream<Published> records = evidence.published()) {
            records.forEach(record -> follow(record, tracks, compacted, evidence, findings));
        }
        tracks.forEach((stream, track) -> {
            if (track.reached < track.last && !evidence.isInjected(stream)) {
                findings.accept(finding(
                        stream + ", from event " + stream + ":" + (track.reached + 1),
                        "the journal's " + track.last + " events in " + track.topic,
                        track.reached == 0 && compacted.contains(track.topic)
                                ? "its last event is not there"
                                : "the topic has them in order up to " + track.reached));
            }
        });
    }

    private Map<String, Track> journaled(Evidence evidence, Consumer<Finding> findings) {
        Map<String, Track> tracks = new LinkedHashMap<>();
        Map<String, String> topics = new HashMap<>();
        for (String service : evidence.services()) {
            try (Stream<Commit> commits = evidence.journal(service)) {
                commits.forEach(commit -> {
                    if (commit.events().isEmpty()) {
                        return;
                    }
                    String topic =
                            topics.computeIfAbsent(commit.events().getFirst().type(), PublishedInOrder::topicOf);
                    Track track = tracks.computeIfAbsent(commit.stream(), any -> new Track(topic));
                    if (commit.first() != track.last + 1) {
                        findings.accept(finding(
                                service + ", stream " + commit.stream() + ", command " + commit.command(),
                                "the next commit begins with event " + (track.last + 1),
                                "it begins with " + commit.first()));
                    }
                    commit.events().forEach(event -> track.add(digest(event.type(), event.json())));
                });
            }
        }
        return tracks;
    }

    private void follow(
            Published record,
            Map<String, Track> tracks,
            Set<String> compacted,
            Evidence evidence,
            Consumer<Finding> findings) {
        String stream = record.key();
        Track track = stream == null ? null : tracks.get(stream);
        long sequence = record.sequence();
        if (evidence.isInjected(stream) || evidence.isInjectedAt(record.where())) {
            return;
        }
        if (track == null
                || sequence < 1
                || sequence > track.last
                || !record.topic().equals(track.topic)) {
            findings.accept(finding(
                    record.where() + ", stream " + stream,
                    "an event that the journal of its owner has",
                    "event " + sequence + " of type " + record.headers().get("ce_type") + ", which no journal has"));
            return;
        }
        String where = record.where() + ", event " + stream + ":" + sequence;
        if (!(stream + ":" + sequence).equals(record.headers().get("ce_id"))) {
            findings.accept(finding(
                    where,
                    "ce_id " + stream + ":" + sequence,
                    "ce_id " + record.headers().get("ce_id")));
        }
        if (track.partition != NOWHERE && track.partition != record.partition()) {
            findings.accept(finding(
                    where, "one partition, " + track.partition + ", as before", "partition " + record.partition()));
        }
        track.partition = record.partition();
        String type = record.headers().getOrDefault("ce_type", "");
        if (track.journaled[(int) sequence - 1] != digest(type, new String(record.value(), StandardCharsets.UTF_8))) {
            findings.accept(finding(where, "the event as the journal has it", "another type or other content"));
        }
        if (sequence == track.reached + 1 || sequence > track.reached && compacted.contains(record.topic())) {
            track.reached = sequence;
        } else if (sequence > track.reached
                && !evidence.isHurtBetween(record.at().minus(HEALS_WITHIN), record.at())) {
            findings.accept(finding(
                    where,
                    "event " + (track.reached + 1) + " comes next in the topic",
                    "event " + sequence + " came before it, and nothing was hurt at " + record.at()));
        }
    }

    private static String topicOf(String type) {
        try {
            return Evidence.CATALOGUE.topicOf(type);
        } catch (IllegalArgumentException e) {
            return "a topic that this build does not know";
        }
    }

    private static long digest(String type, String json) {
        long digest = 1_125_899_906_842_597L;
        for (int i = 0; i < type.length(); i++) {
            digest = 31 * digest + type.charAt(i);
        }
        for (int i = 0; i < json.length(); i++) {
            digest = 31 * digest + json.charAt(i);
        }
        return digest;
    }
}
