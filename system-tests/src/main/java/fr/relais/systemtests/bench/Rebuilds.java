package fr.relais.systemtests.bench;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.persona.Personas;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.JsonNode;

/** How fast views are folded again from their topics, beside the live ones. */
final class Rebuilds {

    private static final int FIRST_PATIENT = 750_000;
    private static final Duration LIVE = Duration.ofMinutes(3);
    private static final List<String> OTHERS = List.of("notification-service", "directory-service");

    private final Stand stand;

    /**
     * One view.
     *
     * @param documents documents and rows that were folded
     * @param differences from the live view
     */
    record Rebuilt(String view, long events, double perSecond, long documents, int differences) {}

    Rebuilds(Stand stand) {
        this.stand = stand;
    }

    /**
     * Adds to the result what is measured. Those who would tell and look for people are stopped while copies of events are
     * put into the topic, and are set behind them: what is measured is folding, not telling.
     */
    void measure(int events, List<Rebuilt> all) throws InterruptedException {
        all.add(rebuild("circles", stand.notificationPort(), "relais.pathway"));
        all.add(rebuild("deliveries", stand.notificationPort(), "relais.notification"));
        try (Seed seed = Seed.of(stand, FIRST_PATIENT);
                Lags lags = new Lags(stand.stack().bootstrapServers())) {
            OTHERS.forEach(stand::stop);
            try {
                long before = records("relais.pathway");
                Copies copies = new Copies(stand.stack().bootstrapServers(), "relais.pathway");
                long begun = System.nanoTime();
                copies.write(seed.prototypes(), events);
                long until = begun + LIVE.toNanos();
                while (behind(lags) > 0 && System.nanoTime() < until) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                long folded = records("relais.pathway") - before - behind(lags);
                all.add(new Rebuilt("pathways, live", folded, folded / seconds, 0, 0));
                System.out.printf("  live: %d events in %.1f s%n", folded, seconds);
                all.add(rebuild("pathways", stand.pathwayPort(), "relais.pathway"));
            } finally {
                skip();
                stand.startAgain(OTHERS);
            }
        }
    }

    private static long behind(Lags lags) {
        return lags.now().entrySet().stream()
                .filter(each -> each.getKey().startsWith("pathway-service.pathways_v"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Sets the groups of those that are stopped to the end of the topic. */
    private void skip() throws InterruptedException {
        try (Admin kafka =
                Admin.create(Map.of("bootstrap.servers", stand.stack().bootstrapServers()))) {
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            ends(kafka, "relais.pathway").forEach((where, end) -> ends.put(where, new OffsetAndMetadata(end)));
            for (var group : kafka.listGroups().all().get()) {
                String id = group.groupId();
                if (OTHERS.stream().anyMatch(service -> id.startsWith(service + "."))) {
                    var follows = kafka.listConsumerGroupOffsets(id)
                            .partitionsToOffsetAndMetadata()
                            .get()
                            .keySet();
                    Map<TopicPartition, OffsetAndMetadata> own = new HashMap<>(ends);
                    own.keySet().retainAll(follows);
                    if (!own.isEmpty()) {
                        kafka.alterConsumerGroupOffsets(id, own).all().get();
                    }
                }
            }
        } catch (ExecutionException e) {
            System.out.println("  ! the copies could not be skipped, they will be told: " + e.getMessage());
        }
    }

    private Rebuilt rebuild(String view, int port, String topic) {
        long events = records(topic);
        // A rebuild may last longer than a client of the front door waits.
        String token = stand.issuer().tokens().token(Personas.get("operator-odile"));
        long begun = System.nanoTime();
        JsonNode body = Api.of("http://127.0.0.1:" + port, token)
                .waiting(Duration.ofMinutes(4))
                .post("/api/v1/views/" + view + "/rebuilds")
                .ok();
        double seconds = (System.nanoTime() - begun) / 1e9;
        Rebuilt rebuilt = new Rebuilt(
                view,
                events,
                events / seconds,
                body.path("documents").asLong(),
                body.path("differences").size());
        System.out.printf(
                "  %-12s %d events in %.1f s: %.0f /s, %d documents, %d differences%n",
                view, events, seconds, rebuilt.perSecond(), rebuilt.documents(), rebuilt.differences());
        return rebuilt;
    }

    private long records(String topic) {
        try (Admin kafka =
                Admin.create(Map.of("bootstrap.servers", stand.stack().bootstrapServers()))) {
            return ends(kafka, topic).values().stream().mapToLong(each -> each).sum();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not answer", e.getCause());
        }
    }

    private static Map<TopicPartition, Long> ends(Admin kafka, String topic)
            throws InterruptedException, ExecutionException {
        return kafka
                .listOffsets(IntStream.range(0, 12)
                        .boxed()
                        .collect(Collectors.toMap(p -> new TopicPartition(topic, p), p -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().offset()));
    }
}
