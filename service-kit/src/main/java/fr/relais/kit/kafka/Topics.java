package fr.relais.kit.kafka;

import fr.relais.events.EventCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The topics a service needs, made at start. Partitions are fixed for life, because a key that moved to another partition
 * would be out of order; a service refuses to run on topics that differ.
 */
public final class Topics implements SmartLifecycle {

    /** Partitions of every topic of events, for life. */
    public static final int PARTITIONS = 12;

    /** Where views ask the owner of a stream to send it again. */
    public static final String REPLAY = "relais.replay";

    private static final Logger log = LoggerFactory.getLogger(Topics.class);
    private static final String RETENTION = "retention.ms";
    private static final String SEGMENT = "segment.ms";
    private static final String CLEANUP = "cleanup.policy";
    private static final String IN_SYNC = "min.insync.replicas";

    private final Supplier<Admin> admin;
    private final KafkaSettings properties;
    private final Map<String, NewTopic> wanted = new LinkedHashMap<>();
    private volatile boolean running;

    Topics(Supplier<Admin> admin, KafkaSettings properties, EventCatalogue catalogue, String service) {
        this.admin = admin;
        this.properties = properties;
        for (EventCatalogue.Family family : catalogue.families()) {
            add(family.topic(), PARTITIONS, family.compacted() ? Map.of(CLEANUP, "compact") : Map.of(RETENTION, "-1"));
            add(deadLettersOf(family.topic(), service), PARTITIONS, Map.of(RETENTION, "-1"));
        }
        add(
                REPLAY,
                PARTITIONS,
                Map.of(RETENTION, Long.toString(Duration.ofDays(1).toMillis())));
        // Kafka forgets whole segments only: with the usual long ones it would keep live changes for a week.
        String live = Long.toString(properties.liveRetention().toMillis());
        add(liveOf(service), 1, Map.of(RETENTION, live, SEGMENT, live));
    }

    /** Where a service tells its own instances what changed; one partition, so that there is one order. */
    public static String liveOf(String service) {
        return "relais." + service + ".live";
    }

    /** Where records of a topic go that a service could not use. */
    public static String deadLettersOf(String topic, String service) {
        return topic + "." + service + ".dlt";
    }

    private void add(String name, int partitions, Map<String, String> configuration) {
        Map<String, String> all = new LinkedHashMap<>(configuration);
        all.put(IN_SYNC, Short.toString(properties.minInSyncReplicas()));
        wanted.put(name, new NewTopic(name, partitions, properties.replication()).configs(all));
    }

    @Override
    public void start() {
        for (int attempt = 1; ; attempt++) {
            try (Admin kafka = admin.get()) {
                make(kafka);
                check(kafka);
                running = true;
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for Kafka", e);
            } catch (ExecutionException | TimeoutException e) {
                log.warn(
                        "Kafka does not answer ({}), attempt {}; this service waits for it. Check spring.kafka.bootstrap-servers",
                        e.getMessage(),
                        attempt);
            }
        }
    }

    private void make(Admin kafka) throws InterruptedException, ExecutionException, TimeoutException {
        Collection<String> there = kafka.listTopics().names().get(10, TimeUnit.SECONDS);
        List<NewTopic> missing = wanted.values().stream()
                .filter(topic -> !there.contains(topic.name()))
                .toList();
        for (var made : kafka.createTopics(missing).values().entrySet()) {
            try {
                made.getValue().get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                // Another service made it at the same moment.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    private void check(Admin kafka) throws InterruptedException, ExecutionException, TimeoutException {
        List<String> differences = new ArrayList<>();
        Map<String, TopicDescription> descriptions =
                kafka.describeTopics(wanted.keySet()).allTopicNames().get(30, TimeUnit.SECONDS);
        Map<ConfigResource, Config> configurations = kafka.describeConfigs(wanted.keySet().stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all()
                .get(30, TimeUnit.SECONDS);
        for (NewTopic topic : wanted.values()) {
            TopicDescription description = descriptions.get(topic.name());
            if (description == null || description.partitions().size() != topic.numPartitions()) {
                differences.add(topic.name() + " has "
                        + (description == null ? 0 : description.partitions().size()) + " partitions instead of "
                        + topic.numPartitions());
                continue;
            }
            int copies = description.partitions().getFirst().replicas().size();
            if (copies != topic.replicationFactor()) {
                differences.add(topic.name() + " has " + copies + " copies instead of " + topic.replicationFactor()
                        + " (relais.kafka.replication)");
            }
            Config configuration = configurations.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()));
            topic.configs().forEach((key, value) -> {
                ConfigEntry entry = configuration == null ? null : configuration.get(key);
                if (entry == null || !value.equals(entry.value())) {
                    differences.add(topic.name() + " has " + key + "=" + (entry == null ? "nothing" : entry.value())
                            + " instead of " + value);
                }
            });
        }
        if (!differences.isEmpty()) {
            throw new IllegalStateException(
                    "Kafka's topics are not as Relais needs them: "
                            + String.join("; ", differences)
                            + ". Mend them with kafka-configs, or, for partitions, make the topic anew and publish the journals again");
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before anything that reads or writes Kafka. */
    @Override
    public int getPhase() {
        return 0;
    }
}
