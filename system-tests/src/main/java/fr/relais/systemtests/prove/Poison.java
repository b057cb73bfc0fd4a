package fr.relais.systemtests.prove;

import fr.relais.localstack.frontdoor.Stay;
import fr.relais.systemtests.audit.Ledger.Ack;
import fr.relais.systemtests.site.Client;
import fr.relais.systemtests.site.Hospital;
import fr.relais.systemtests.site.Patients;
import fr.relais.systemtests.site.Site;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What nobody can read comes by Kafka and from a hospital: it is set aside, with a reason, and all else goes on. */
final class Poison implements Scenario {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "poison";
    }

    @Override
    public String about() {
        return "unknown types, future versions, broken JSON, records without headers, a message of 5 MB, HL7 of garbage";
    }

    @Override
    public void play(Scene scene) throws Exception {
        scene.work().play(3, LIMIT);
        Topic topic = new Topic(scene.site().bootstrapServers(), "relais.pathway");
        scene.expectFindingsOf("poison");
        scene.hurt(
                "poison in relais.pathway",
                () -> poison(topic, "-" + scene.random().nextInt(1_000_000)));
        scene.hurt("poison from the hospital", () -> hospital(scene));
        // All else goes on, in the same partitions too.
        scene.work().play(scene.size().of(4, 12, 60), LIMIT);
        for (String service : List.of(Site.PATHWAY, Site.NOTIFICATION)) {
            scene.until(
                    service + " shows its operator what it could not read",
                    LIMIT,
                    () -> setAside(scene, service).stream()
                            .anyMatch(
                                    letter -> letter.path("stream").asString("").contains("poison-broken")));
            for (JsonNode letter : setAside(scene, service)) {
                look(scene, service, letter);
            }
            scene.until(
                    "nothing is left to look at in " + service,
                    LIMIT,
                    () -> setAside(scene, service).isEmpty());
        }
    }

    private static void poison(Topic topic, String lot) throws Exception {
        ConsumerRecord<String, byte[]> like = topic.all("pathway.opened.v1").getFirst();
        byte[] value = like.value();
        put(topic, like, "unknown" + lot, "pathway.never-heard-of.v1", value);
        put(topic, like, "future" + lot, "pathway.opened.v99", value);
        put(topic, like, "broken" + lot, "pathway.opened.v1", "{\"patient\": ".getBytes(StandardCharsets.UTF_8));
        topic.put(like, "pathway-poison-bare" + lot, value, Map.of("ce_id", "", "ce_type", "", "ce_sequence", "x"));
    }

    private static void put(Topic topic, ConsumerRecord<String, byte[]> like, String name, String type, byte[] value)
            throws Exception {
        String stream = "pathway-poison-" + name;
        topic.put(
                like,
                stream,
                value,
                Map.of("ce_type", type, "ce_subject", stream, "ce_sequence", "1", "ce_id", stream + ":1"));
    }

    private static void hospital(Scene scene) {
        Hospital hospital = scene.work().hospital();
        scene.expect("garbage is refused", "MLLP", Ack.AR, hospital.once("this is no message", Hospital.By.MLLP));
        scene.expect("garbage is refused", "HTTP", Ack.AR, hospital.once("nor is this", Hospital.By.HTTP));
        Stay stay = Patients.next(scene.random());
        scene.ledger().identity(Patients.identity(stay));
        String large = stay.admitted(scene.site().now()) + "NTE|1||" + "x".repeat(5_000_000) + "\r";
        scene.expect("5 MB are taken", "MLLP", Ack.AA, hospital.once(large, Hospital.By.MLLP));
        String tooLarge = stay.moved(scene.site().now()) + "NTE|1||" + "x".repeat(11_000_000) + "\r";
        Ack ack = hospital.once(tooLarge, Hospital.By.MLLP);
        scene.expect("11 MB are not", "MLLP", false, ack == Ack.AA);
    }

    private static List<JsonNode> setAside(Scene scene, String service) {
        List<JsonNode> letters = new ArrayList<>();
        scene.work()
                .client()
                .persist(Client.Call.get(service, "operator-odile", "/api/v1/dead-letters?limit=100"), LIMIT)
                .orElseThrow()
                .ok()
                .path("items")
                .forEach(letters::add);
        return letters;
    }

    // Tried again it fails again, and nothing is done twice; dismissed, its stream goes on without it.
    private static void look(Scene scene, String service, JsonNode letter) {
        String id = letter.path("id").asString();
        scene.say(service + " set aside " + id + ": " + letter.path("reason").asString());
        scene.expect(
                "what is set aside has a reason",
                id,
                false,
                letter.path("reason").asString("").isBlank());
        String query = "?id=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        post(scene, service, "/api/v1/dead-letters/retries" + query, null);
        post(scene, service, "/api/v1/dead-letters/dismissals" + query, Map.of("reason", "poison of the proof"));
    }

    private static void post(Scene scene, String service, String path, @Nullable Object body) {
        Client.Reply reply = scene.work()
                .command(Client.Call.post(service, "operator-odile", path, "poison-" + path.hashCode(), body));
        scene.say(path.replaceFirst("\\?.*", "") + " was answered " + (reply == null ? "never" : reply.status()));
    }
}
