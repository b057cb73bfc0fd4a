package fr.relais.systemtests.prove;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.systemtests.site.Instance;
import fr.relais.systemtests.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Kafka comes back without its data: topics are made anew, and filled from the journals, which are the archive. */
final class KafkaLost implements Scenario {

    @Override
    public String name() {
        return "kafka-lost";
    }

    @Override
    public String about() {
        return "Kafka's data lost whole: topics made anew and filled from the journals, all views equal again";
    }

    @Override
    public void play(Scene scene) throws Exception {
        scene.work().play(scene.size().of(4, 20, 200), Scene.seconds(90));
        scene.hurt("Kafka's data is gone", () -> {
            scene.site().instances().forEach(Instance::stop);
            scene.site().kafka().stop();
            remove(scene.site().layout().data().resolve("kafka").resolve("data"));
            scene.site().kafka().restart();
            scene.site().instances().forEach(Instance::launch);
            scene.site().instances().forEach(Instance::awaitReady);
            long commits = 0;
            for (String service : Site.SERVICES) {
                commits += publishAgain(scene.site().as("operator-odile", service));
            }
            scene.note(commits + " commits published again from the journals");
        });
        scene.work().play(scene.size().of(2, 10, 50), Scene.seconds(90));
    }

    // As docs/operate.md tells an operator.
    static long publishAgain(Api operator) throws InterruptedException {
        operator.post("/api/v1/journal/publications").ok();
        Instant limit = Instant.now().plus(Scene.seconds(120));
        while (Instant.now().isBefore(limit)) {
            JsonNode state = operator.get("/api/v1/journal").ok();
            JsonNode publication = state.path("publication");
            if (publication.hasNonNull("ended") && state.path("unsent").asLong() == 0) {
                return publication.path("marked").asLong();
            }
            if (publication.hasNonNull("failure")) {
                throw new IllegalStateException(publication.path("failure").asString());
            }
            Scene.pause(Duration.ofMillis(500));
        }
        throw new IllegalStateException("the journal was not published within two minutes");
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
