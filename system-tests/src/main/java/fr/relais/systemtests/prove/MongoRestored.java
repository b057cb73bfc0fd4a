package fr.relais.systemtests.prove;

import static com.mongodb.client.model.Accumulators.max;
import static com.mongodb.client.model.Aggregates.group;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import fr.relais.localstack.frontdoor.Stay;
import fr.relais.localstack.persona.Persona;
import fr.relais.systemtests.audit.Ledger.Ack;
import fr.relais.systemtests.site.Client;
import fr.relais.systemtests.site.Hospital;
import fr.relais.systemtests.site.Instance;
import fr.relais.systemtests.site.Patients;
import fr.relais.systemtests.site.People;
import fr.relais.systemtests.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.Document;
import tools.jackson.databind.JsonNode;

/**
 * MongoDB is lost and comes back from a backup ten minutes old: what Kafka knows beyond it is listed and nothing is written
 * over it; taken over, nothing that was answered is missing.
 */
final class MongoRestored implements Scenario {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration OLD = Duration.ofMinutes(10);
    private static final String NURSE = "sim-nurse-0";
    private static final String STEP = "nurse-first-visit";

    /** A patient in hospital, whose pathway waits for the discharge. */
    private record Waiting(Stay stay, String pathway) {}

    @Override
    public String name() {
        return "mongodb-restored";
    }

    @Override
    public String about() {
        return "MongoDB restored from a backup 10 min old: what Kafka knows beyond it is listed, taken over and not written over";
    }

    @Override
    public void play(Scene scene) throws Exception {
        scene.work().play(scene.size().of(2, 8, 40), LIMIT);
        int some = scene.size().of(3, 12, 60);
        List<Waiting> waiting = new ArrayList<>();
        List<String> offered = new ArrayList<>();
        for (int i = 0; i < some; i++) {
            waiting.add(waiting(scene));
            Waiting home = waiting(scene);
            discharge(scene, home);
            offered.add(home.pathway());
        }
        offered.forEach(pathway -> asked(scene, pathway));
        Path backup = scene.site().layout().data().resolve("backup");
        scene.hurt("a backup is made", () -> backUp(scene, backup));

        // Ten minutes of work that the backup will not have.
        scene.site().letPass(OLD);
        offered.forEach(pathway -> accept(scene, pathway));
        List<String> sent = new ArrayList<>();
        waiting.forEach(each -> sent.add(discharge(scene, each)));
        waiting.forEach(each -> asked(scene, each.pathway()));

        scene.hurt("MongoDB is lost, and restored from the backup", () -> {
            scene.site().instances().forEach(Instance::kill);
            scene.site().mongo().kill();
            remove(folder(scene));
            copy(backup, folder(scene));
            scene.site().mongo().restart();
            for (String service : Site.SERVICES) {
                isListed(scene, service);
            }
            for (String service : Site.SERVICES) {
                adopt(scene, service);
            }
            for (String service : Site.SERVICES) {
                scene.site().first(service).launch();
            }
            for (String service : Site.SERVICES) {
                scene.site().first(service).awaitReady();
            }
            for (String service : Site.SERVICES) {
                KafkaLost.publishAgain(scene.site().as("operator-odile", service));
            }
        });
        // As docs/operate.md asks of hospitals.
        for (String message : sent) {
            scene.expect(
                    "a hospital sends again what it sent since",
                    "MLLP",
                    Ack.AA,
                    scene.work()
                            .hospital()
                            .send(message, Hospital.By.MLLP, LIMIT)
                            .orElse(Ack.NONE));
        }
        waiting.forEach(each -> accept(scene, each.pathway()));
        scene.work().play(scene.size().of(2, 8, 40), LIMIT);
    }

    // ---- work of before and after

    private static Waiting waiting(Scene scene) {
        Stay stay = Patients.next(new Random(scene.random().nextLong()));
        scene.ledger().identity(Patients.identity(stay));
        scene.work()
                .hospital()
                .send(stay.admitted(scene.site().now().minus(Duration.ofDays(2))), Hospital.By.MLLP, LIMIT);
        Persona nurse = scene.site().people().find(NURSE).orElseThrow();
        return new Waiting(
                stay,
                scene.work()
                        .include(
                                stay,
                                "discharge-home",
                                People.COMMUNES.getFirst(),
                                List.of(Ready.choice("nurse", "PERSON", nurse.id())))
                        .path("id")
                        .asString());
    }

    private static String discharge(Scene scene, Waiting who) {
        String message = who.stay().discharged(scene.site().now(), "8");
        scene.expect(
                "a discharge is taken",
                who.pathway(),
                Ack.AA,
                scene.work().hospital().send(message, Hospital.By.MLLP, LIMIT).orElse(Ack.NONE));
        return message;
    }

    private static void asked(Scene scene, String pathway) {
        scene.until(
                "the nurse is asked for " + pathway,
                LIMIT,
                () -> !Ready.offered(scene, pathway, STEP).isEmpty());
    }

    private static void accept(Scene scene, String pathway) {
        for (JsonNode handoff : Ready.offered(scene, pathway, STEP)) {
            String id = handoff.path("id").asString();
            Client.Reply reply = scene.work()
                    .command(Client.Call.post(
                            Site.PATHWAY, NURSE, "/api/v1/handoffs/" + id + "/accept", "restored-" + id, null));
            scene.expect("the nurse accepts", id, 200, reply == null ? 0 : reply.status());
        }
    }

    // ---- the backup

    private static Path folder(Scene scene) {
        return scene.site().layout().data().resolve("mongodb");
    }

    // As a snapshot of the disk would be, of a mongod that has been stopped.
    private static void backUp(Scene scene, Path backup) throws IOException {
        scene.site().mongo().stop();
        copy(folder(scene), backup);
        scene.site().mongo().restart();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path copy = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(each, copy);
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    // ---- what the service does about it

    private static void isListed(Scene scene, String service) throws Exception {
        Map<String, Long> beyond = beyond(scene, service);
        scene.note(service + ": Kafka has " + beyond.size() + " streams further than the backup");
        if (beyond.isEmpty()) {
            return;
        }
        long commits = commits(scene, service);
        Instance instance = scene.site().first(service);
        int told = Files.readAllLines(instance.log()).size();
        instance.launch();
        boolean ended = scene.until(
                service + " does not start over what Kafka has", Duration.ofSeconds(150), () -> !instance.isAlive());
        if (!ended) {
            instance.kill();
        }
        List<String> said =
                Files.readAllLines(instance.log()).stream().skip(told).toList();
        String list =
                "Kafka holds events of " + beyond.size() + " streams of " + service + " that its journal does not";
        scene.expect(
                "it lists what Kafka has beyond its journal",
                service,
                true,
                said.stream().anyMatch(line -> line.contains(list) && namesOneOf(line, beyond)));
        scene.expect("nothing is written before that is decided", service, commits, commits(scene, service));
    }

    private static boolean namesOneOf(String line, Map<String, Long> beyond) {
        return beyond.entrySet().stream()
                .anyMatch(stream ->
                        line.contains(stream.getKey() + " from ") && line.contains(" to " + stream.getValue()));
    }

    private static void adopt(Scene scene, String service) {
        Map<String, Long> before = beyond(scene, service);
        Instance adopting = scene.site().add(service, Map.of("RELAIS_JOURNAL_BEHIND", "adopt"));
        scene.expect("what Kafka has is taken over", service, Map.of(), beyond(scene, service));
        before.forEach((stream, last) -> scene.expect(
                "the journal ends where Kafka did, or after",
                service + ", stream " + stream,
                true,
                lasts(scene, service).getOrDefault(stream, 0L) >= last));
        adopting.stop();
    }

    /** Streams of a service of which Kafka has more than the journal, and how far it has them. */
    private static Map<String, Long> beyond(Scene scene, String service) {
        // Kafka first: what a running service writes meanwhile is in its journal before it is there.
        Map<String, Long> ends = ends(scene, service);
        Map<String, Long> lasts = lasts(scene, service);
        Map<String, Long> beyond = new TreeMap<>();
        ends.forEach((stream, end) -> {
            if (end > lasts.getOrDefault(stream, 0L)) {
                beyond.put(stream, end);
            }
        });
        return beyond;
    }

    private static Map<String, Long> ends(Scene scene, String service) {
        Map<String, Long> ends = new HashMap<>();
        for (String topic : Topic.ofEvents()) {
            new Topic(scene.site().bootstrapServers(), topic).each(record -> {
                if (service.equals(Topic.header(record, "ce_source"))) {
                    ends.merge(record.key(), Long.parseLong(Topic.header(record, "ce_sequence")), Math::max);
                }
            });
        }
        return ends;
    }

    private static Map<String, Long> lasts(Scene scene, String service) {
        Map<String, Long> lasts = new LinkedHashMap<>();
        journal(
                scene,
                service,
                journal -> journal.aggregate(List.of(group("$stream", max("last", "$last"))))
                        .forEach(stream -> lasts.put(
                                stream.getString("_id"),
                                stream.get("last", Number.class).longValue())));
        return lasts;
    }

    private static long commits(Scene scene, String service) {
        long[] count = {0};
        journal(scene, service, journal -> count[0] = journal.countDocuments());
        return count[0];
    }

    private static void journal(
            Scene scene, String service, java.util.function.Consumer<MongoCollection<Document>> look) {
        ConnectionString uri = new ConnectionString(scene.site().mongoUri(service));
        try (MongoClient mongo = MongoClients.create(uri)) {
            look.accept(
                    mongo.getDatabase(Objects.requireNonNull(uri.getDatabase())).getCollection("journal"));
        }
    }
}
