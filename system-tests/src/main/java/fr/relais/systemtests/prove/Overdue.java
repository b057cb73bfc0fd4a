package fr.relais.systemtests.prove;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.json.JsonMapper;

/** What was said of steps that are late. */
final class Overdue {

    private static final String TYPE = "pathway.step-overdue.v1";
    private static final String TAKEN_BACK = "pathway.discharge-retracted.v1";

    private Overdue() {}

    /** How many steps were said to be late, each counted once. */
    static int count(Scene scene) {
        return said(scene).size();
    }

    /** A step is said to be late once, unless its pathway was scheduled anew. */
    static void eachOnce(Scene scene) {
        said(scene).forEach((step, times) -> {
            if (times > 1) {
                scene.check("a deadline is told once", step, "1 " + TYPE, times + " of them");
            }
        });
    }

    /** How long after this the last one was said. */
    static Duration last(Scene scene, Instant since) {
        return Duration.ofMillis(new Topic(scene.site().bootstrapServers(), "relais.pathway")
                .all(TYPE).stream()
                        .mapToLong(record -> record.timestamp() - since.toEpochMilli())
                        .max()
                        .orElse(0));
    }

    // By step and due time, and by plan: a step that was put off may be late again, and so may all of them once a
    // discharge
    // was taken back and given again.
    private static Map<String, Integer> said(Scene scene) {
        Topic pathways = new Topic(scene.site().bootstrapServers(), "relais.pathway");
        Map<String, Set<Long>> takenBack = new HashMap<>();
        pathways.all(TAKEN_BACK)
                .forEach(record -> takenBack
                        .computeIfAbsent(record.key(), any -> new TreeSet<>())
                        .add(sequence(record)));
        Map<String, Integer> said = new HashMap<>();
        pathways.all(TYPE).stream()
                // A record may be published twice; an event is one by its id.
                .collect(Collectors.toMap(
                        record -> Topic.header(record, "ce_id"), record -> record, (one, other) -> one))
                .values()
                .forEach(record -> {
                    var data = JsonMapper.shared().readTree(record.value());
                    long plan = takenBack.getOrDefault(record.key(), Set.of()).stream()
                            .filter(sequence -> sequence < sequence(record))
                            .count();
                    said.merge(
                            record.key() + " " + data.path("step").asString() + " due "
                                    + data.path("dueAt").asString("") + (plan == 0 ? "" : ", plan " + (plan + 1)),
                            1,
                            Integer::sum);
                });
        return said;
    }

    private static long sequence(ConsumerRecord<String, byte[]> record) {
        return Long.parseLong(Topic.header(record, "ce_sequence"));
    }
}
