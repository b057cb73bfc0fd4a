package fr.relais.systemtests.prove;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import fr.relais.systemtests.site.Instance;
import fr.relais.systemtests.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

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
            long commits = 0;
            for (String service : Site.SERVICES) {
                commits += publishAgain(scene, service);
            }
            scene.note(commits + " commits published again from the journals");
            scene.site().instances().forEach(Instance::launch);
            scene.site().instances().forEach(Instance::awaitReady);
        });
        scene.work().play(scene.size().of(2, 10, 50), Scene.seconds(90));
    }

    // What the operations manual says to do: the relay sends whatever is not marked as sent.
    private static long publishAgain(Scene scene, String service) {
        String uri = scene.site().mongoUri(service);
        try (MongoClient mongo = MongoClients.create(uri)) {
            return mongo.getDatabase(scene.site().first(service).database())
                    .getCollection("journal")
                    .updateMany(Filters.eq("sent", true), Updates.set("sent", false))
                    .getModifiedCount();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
