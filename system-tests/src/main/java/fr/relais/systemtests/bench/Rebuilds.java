package fr.relais.systemtests.bench;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.persona.Personas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.JsonNode;

/** How fast views are folded again from their topics, beside the live ones. */
final class Rebuilds {

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

    List<Rebuilt> measure() {
        List<Rebuilt> all = new ArrayList<>();
        all.add(rebuild("pathways", stand.pathwayPort(), "relais.pathway"));
        all.add(rebuild("circles", stand.notificationPort(), "relais.pathway"));
        all.add(rebuild("deliveries", stand.notificationPort(), "relais.notification"));
        return all;
    }

    private Rebuilt rebuild(String view, int port, String topic) {
        long events = records(topic);
        // A rebuild may last longer than a client of the front door waits.
        String token = stand.issuer().tokens().token(Personas.get("operator-odile"));
        long begun = System.nanoTime();
        JsonNode body = Api.of("http://127.0.0.1:" + port, token)
                .waiting(java.time.Duration.ofMinutes(10))
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
            return kafka
                    .listOffsets(IntStream.range(0, 12)
                            .boxed()
                            .collect(Collectors.toMap(p -> new TopicPartition(topic, p), p -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(each -> each.offset())
                    .sum();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not answer", e.getCause());
        }
    }
}
