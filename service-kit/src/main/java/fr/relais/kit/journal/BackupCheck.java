package fr.relais.kit.journal;

import static com.mongodb.client.model.Filters.in;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import fr.relais.events.Actor;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.kafka.Incoming;
import fr.relais.kit.kafka.Listeners;
import fr.relais.kit.time.RelaisClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at start whether Kafka holds events of this service that its journal does not. A journal is ahead of Kafka or equal to it,
 * unless MongoDB was restored from a backup; then a new event would take the sequence of one that everybody has already, and be
 * dropped in silence. What a backup lacks is what was published last, so the ends of the partitions tell.
 *
 * <p>An empty journal is a first start, and only warned of, unless its events are to be adopted.
 */
final class BackupCheck implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(BackupCheck.class);
    private static final int LOOKED_AT_A_PARTITION = 50;
    private static final int NAMED = 20;
    private static final String SYSTEM = Actor.system("").id();

    private final MongoCollection<Document> commits;
    private final Listeners listeners;
    private final EventCatalogue catalogue;
    private final String service;
    private final JournalProperties properties;
    private final RelaisClock clock;
    private volatile boolean running;

    BackupCheck(
            MongoDatabase database,
            Listeners listeners,
            EventCatalogue catalogue,
            String service,
            JournalProperties properties,
            RelaisClock clock) {
        this.commits = database.getCollection(Journal.COLLECTION);
        this.listeners = listeners;
        this.catalogue = catalogue;
        this.service = service;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void start() {
        Map<String, SortedMap<Long, InKafka>> ends = beyond(LOOKED_AT_A_PARTITION);
        if (!ends.isEmpty()) {
            decide(ends);
        }
        running = true;
    }

    // Topics are read from their beginning only for a journal that is behind, or is to adopt what they hold: for an
    // empty
    // one that would be all there ever was.
    private void decide(Map<String, SortedMap<Long, InKafka>> ends) {
        if (properties.behind() == JournalProperties.Behind.ADOPT) {
            Map<String, SortedMap<Long, InKafka>> all = beyond(Long.MAX_VALUE);
            log.warn("{}. Adopting them", inWords(all));
            adopt(all);
        } else if (commits.find().limit(1).first() == null) {
            log.warn("{}. The journal is empty, so this is taken for a first start beside other data", inWords(ends));
        } else {
            throw new IllegalStateException(
                    inWords(beyond(Long.MAX_VALUE))
                            + ". MongoDB was probably restored from a backup: a new event would take the place of one that others have. Start once"
                            + " with relais.journal.behind=adopt to take them over, then publish every service's journal again (docs/operate.md)");
        }
    }

    private String inWords(Map<String, SortedMap<Long, InKafka>> beyond) {
        String list = beyond.entrySet().stream()
                .limit(NAMED)
                .map(stream -> stream.getKey() + " from " + stream.getValue().firstKey() + " to "
                        + stream.getValue().lastKey())
                .collect(Collectors.joining("; "));
        return "Kafka holds events of " + beyond.size() + " streams of " + service + " that its journal does not: "
                + list + (beyond.size() > NAMED ? "; and others" : "");
    }

    /** An event with its bytes as they were published, in whatever version. */
    private record InKafka(RecordedEvent event, String json) {}

    /** Events of this service that the journal lacks, by stream, among the last of each partition. */
    private Map<String, SortedMap<Long, InKafka>> beyond(long lastOfAPartition) {
        Map<String, SortedMap<Long, InKafka>> inKafka = new TreeMap<>();
        try (Consumer<String, byte[]> consumer = listeners.reader()) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (EventCatalogue.Family family : catalogue.families()) {
                consumer.partitionsFor(family.topic())
                        .forEach(each -> partitions.add(new TopicPartition(each.topic(), each.partition())));
            }
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            ends.values().removeIf(end -> end == 0);
            ends.forEach((partition, end) -> consumer.seek(
                    partition, Math.max(begins.getOrDefault(partition, 0L), end - Math.min(end, lastOfAPartition))));
            consumer.assign(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                List<InKafka> ours = new ArrayList<>();
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> {
                    if (Incoming.read(catalogue, record) instanceof Incoming.Event(var unused, RecordedEvent event)
                            && event.source().equals(service)) {
                        ours.add(new InKafka(event, new String(record.value(), StandardCharsets.UTF_8)));
                    }
                });
                keepThoseBeyond(ours, inKafka);
            }
        }
        return inKafka;
    }

    private void keepThoseBeyond(List<InKafka> found, Map<String, SortedMap<Long, InKafka>> beyond) {
        Set<String> streams =
                found.stream().map(each -> each.event().stream()).collect(Collectors.toCollection(HashSet::new));
        Map<String, Long> lasts = new HashMap<>();
        commits.aggregate(List.of(
                        Aggregates.match(in("stream", streams)),
                        Aggregates.group("$stream", Accumulators.max("last", "$last"))))
                .forEach(stream -> lasts.put(stream.getString("_id"), stream.getLong("last")));
        for (InKafka each : found) {
            RecordedEvent event = each.event();
            if (event.sequence() > lasts.getOrDefault(event.stream(), 0L)) {
                beyond.computeIfAbsent(event.stream(), stream -> new TreeMap<>())
                        .put(event.sequence(), each);
            }
        }
    }

    /** Writes them into the journal as they were, to be sent once more: a commit for each, because Kafka does not tell which were one. */
    private void adopt(Map<String, SortedMap<Long, InKafka>> beyond) {
        Set<String> commands = new HashSet<>();
        beyond.forEach((stream, events) -> {
            Document last = commits.find(new Document("stream", stream))
                    .sort(new Document("stream", -1).append("first", -1))
                    .first();
            long next = last == null ? 1 : last.getLong("last") + 1;
            for (InKafka each : events.values()) {
                if (each.event().sequence() != next++) {
                    throw new IllegalStateException("Kafka lacks " + RecordedEvent.idOf(stream, next - 1)
                            + ", so what follows it cannot be adopted: take a later backup");
                }
                commits.insertOne(commit(each.event(), each.json(), commands).toDocument());
            }
            log.info("adopted {} from {} to {}", stream, events.firstKey(), events.lastKey());
        });
    }

    // A reaction's command is known by what it reacts to, so that the same event does not make it act again.
    private Commit commit(RecordedEvent event, String json, Set<String> commands) {
        String command = event.causation() != null && event.actor().id().startsWith(SYSTEM)
                ? event.causation() + "/" + event.actor().id().substring(SYSTEM.length())
                : "adopted/" + event.id();
        boolean taken = !commands.add(command)
                || commits.find(new Document("command", command)).first() != null;
        return new Commit(
                event.stream(),
                event.sequence(),
                taken ? "adopted/" + event.id() : command,
                null,
                List.of(new Commit.Entry(event.type(), json)),
                event.actor(),
                event.time(),
                clock.real(),
                event.causation(),
                event.traceparent(),
                false);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the topics are there, before anything is written or sent. */
    @Override
    public int getPhase() {
        return 50;
    }
}
