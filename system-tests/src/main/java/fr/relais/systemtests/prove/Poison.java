package fr.relais.systemtests.prove;

import fr.relais.localstack.frontdoor.Stay;
import fr.relais.systemtests.audit.Ledger.Ack;
import fr.relais.systemtests.site.Client;
import fr.relais.systemtests.site.Hospital;
import fr.relais.systemtests.site.Patients;
import fr.relais.systemtests.site.People;
import fr.relais.systemtests.site.Site;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What nobody can read comes by Kafka and from a hospital: it is set aside with its reason, all else goes on, and after a
 * mend it is brought in, or dismissed. None of it excuses a repeat.
 */
final class Poison implements Scenario {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String OPERATOR = "operator-odile";
    private static final String STEP = "nurse-first-visit";
    private static final String NURSE = "sim-nurse-0";
    private static final String DISMISSED = "the proof put it there";
    private static final List<String> FOLLOWERS = List.of(Site.DIRECTORY, Site.PATHWAY, Site.NOTIFICATION);

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
        String pathway = resting(scene);
        Kafka poison = new Kafka(scene, topic);
        scene.afflict("poison in relais.pathway", () -> poison.strew(pathway, sequence(scene, pathway) + 1));
        scene.afflict("poison from the hospital", () -> new FromHospital(scene).play());
        // All else goes on, in the same partitions too.
        scene.work().play(scene.size().of(4, 12, 60), LIMIT);

        for (String service : FOLLOWERS) {
            poison.isSetAside(service);
            poison.staysSetAside(service);
        }
        for (String service : List.of(Site.PATHWAY, Site.NOTIFICATION)) {
            scene.until(
                    service + " says that it holds events it does not know",
                    LIMIT,
                    () -> StreamSupport.stream(views(scene, service).spliterator(), false)
                            .anyMatch(view -> view.path("unknown").asLong() >= 2));
        }
        scene.expect("a page says that it waits for something", pathway, "true", stale(scene, pathway));
        mend(scene, pathway);
        for (String service : FOLLOWERS) {
            poison.isBroughtInOrDismissed(service);
        }
    }

    // ---- a pathway that goes on although its stream in Kafka was spoilt

    private static String resting(Scene scene) {
        String nurse = scene.site().people().find(NURSE).orElseThrow().id();
        String pathway = Ready.pathway(
                scene,
                new java.util.Random(scene.random().nextLong()),
                People.COMMUNES.getFirst(),
                List.of(Ready.choice("nurse", "PERSON", nurse)));
        scene.until(
                "the nurse is asked",
                LIMIT,
                () -> !Ready.offered(scene, pathway, STEP).isEmpty());
        long[] seen = {0, 0};
        scene.until(pathway + " comes to rest", LIMIT, () -> {
            long now = sequence(scene, pathway);
            seen[1] = now == seen[0] ? seen[1] + 1 : 0;
            seen[0] = now;
            return seen[1] >= 15;
        });
        return pathway;
    }

    // The journal sends what was spoilt, as it does when somebody has it publish a stream again.
    private static void mend(Scene scene, String pathway) {
        String handoff =
                Ready.offered(scene, pathway, STEP).getFirst().path("id").asString();
        Client.Reply reply = scene.work()
                .command(Client.Call.post(
                        Site.PATHWAY,
                        NURSE,
                        "/api/v1/handoffs/" + handoff + "/accept",
                        "poison-accept-" + handoff,
                        null));
        scene.expect("a spoilt stream takes commands", handoff, 200, reply == null ? 0 : reply.status());
        scene.until(
                "the view goes on with what the journal sent",
                LIMIT,
                () -> stale(scene, pathway).isEmpty()
                        && StreamSupport.stream(
                                        Ready.step(scene, pathway, STEP)
                                                .path("handoffs")
                                                .spliterator(),
                                        false)
                                .anyMatch(each -> each.path("status").asString().equals("accepted")));
    }

    private static Client.Reply seen(Scene scene, String pathway) {
        return scene.work()
                .client()
                .persist(Client.Call.get(Site.PATHWAY, "ward-farida", "/api/v1/pathways/" + pathway), LIMIT)
                .orElseThrow();
    }

    private static long sequence(Scene scene, String pathway) {
        return Long.parseLong(
                seen(scene, pathway).headers().getOrDefault("etag", "0").replaceAll("\\D", ""));
    }

    private static String stale(Scene scene, String pathway) {
        return seen(scene, pathway).headers().getOrDefault("relais-stale", "");
    }

    private static JsonNode views(Scene scene, String service) {
        return get(scene, service, "/api/v1/views");
    }

    private static JsonNode get(Scene scene, String service, String path) {
        return scene.work()
                .client()
                .persist(Client.Call.get(service, OPERATOR, path), LIMIT)
                .orElseThrow()
                .ok();
    }

    private static Client.Reply post(Scene scene, String service, String path, @Nullable Object body) {
        Client.Reply reply = scene.work()
                .command(Client.Call.post(
                        service, OPERATOR, path, "poison-" + scene.random().nextLong(), body));
        if (reply == null) {
            throw new IllegalStateException(path + " was never answered");
        }
        return reply;
    }

    /** Poison in a topic, and what becomes of it in each service. */
    private static final class Kafka {

        private final Scene scene;
        private final Topic topic;
        private final Map<String, String> unreadable = new LinkedHashMap<>();
        private String spoilt = "";

        Kafka(Scene scene, Topic topic) {
            this.scene = scene;
            this.topic = topic;
        }

        void strew(String pathway, long next) throws Exception {
            String lot = "-" + scene.random().nextInt(1_000_000);
            ConsumerRecord<String, byte[]> like = topic.all("pathway.opened.v1").getFirst();
            byte[] value = like.value();
            byte[] broken = "{\"patient\": ".getBytes(StandardCharsets.UTF_8);
            strange(like, "unknown" + lot, "pathway.never-heard-of.v1", value);
            strange(like, "future" + lot, "pathway.opened.v99", value);
            unreadable.put(strange(like, "broken" + lot, "pathway.opened.v1", broken), "broken JSON");
            String bare = "pathway-poison-bare" + lot;
            scene.ledger().poison(bare, "no headers", Instant.now());
            unreadable.put(
                    topic.put(like, bare, value, Map.of("ce_id", "", "ce_type", "", "ce_sequence", "x")),
                    "without headers");
            spoilt = topic.put(like, pathway, broken, headers(pathway, next, "pathway.handoff-accepted.v1"));
            scene.ledger().poisonAt(spoilt, "broken JSON", Instant.now());
            unreadable.put(spoilt, "a spoilt event of " + pathway);
        }

        private String strange(ConsumerRecord<String, byte[]> like, String name, String type, byte[] value)
                throws Exception {
            String stream = "pathway-poison-" + name;
            scene.ledger().poison(stream, type, Instant.now());
            return topic.put(like, stream, value, headers(stream, 1, type));
        }

        private static Map<String, String> headers(String stream, long sequence, String type) {
            return Map.of(
                    "ce_type",
                    type,
                    "ce_subject",
                    stream,
                    "ce_sequence",
                    Long.toString(sequence),
                    "ce_id",
                    stream + ":" + sequence);
        }

        /** Every view and reaction that follows the topic has set each of them aside, once and with a reason. */
        void isSetAside(String service) {
            scene.until(
                    service + " shows its operator what it could not read",
                    LIMIT,
                    () -> consumers(service).keySet().equals(unreadable.keySet()));
            Map<String, Set<String>> consumers = consumers(service);
            Set<String> all = consumers.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
            unreadable.forEach((at, what) -> scene.expect(
                    "everybody who follows the topic sets it aside",
                    service + ", " + what + " at " + at,
                    new TreeSet<>(all),
                    consumers.getOrDefault(at, Set.of())));
            for (JsonNode letter : open(service)) {
                scene.expect(
                        "what is set aside has a reason, and only poison is set aside",
                        service + ", " + letter.path("id").asString(),
                        true,
                        !letter.path("reason").asString("").isBlank() && unreadable.containsKey(at(letter)));
            }
            scene.note(service + " set aside " + unreadable.size() + " records in " + all.size()
                    + " views and reactions, for " + reasons(service));
        }

        /** Tried again without a mend it fails again, and says so. */
        void staysSetAside(String service) {
            for (JsonNode letter : open(service)) {
                String id = letter.path("id").asString();
                Client.Reply reply = post(scene, service, "/api/v1/dead-letters/retries?id=" + encoded(id), null);
                scene.expect("what still cannot be used is not closed", service + ", " + id, 409, reply.status());
                scene.expect(
                        "it is said why",
                        service + ", " + id,
                        true,
                        reply.body().path("type").asString("").endsWith("dead-letter-fails-again")
                                && reply.body().path("detail").asString("").contains("failed again"));
            }
            scene.expect(
                    "what failed again is still there",
                    service,
                    unreadable.keySet(),
                    consumers(service).keySet());
        }

        /** After the mend a view has it; what nobody can ever use is dismissed. */
        void isBroughtInOrDismissed(String service) {
            Set<String> views = StreamSupport.stream(views(scene, service).spliterator(), false)
                    .map(view -> view.path("name").asString())
                    .collect(Collectors.toSet());
            int brought = 0;
            int dismissed = 0;
            for (JsonNode letter : open(service)) {
                String id = letter.path("id").asString();
                boolean mended = at(letter).equals(spoilt)
                        && views.contains(letter.path("consumer").asString());
                Client.Reply again = post(scene, service, "/api/v1/dead-letters/retries?id=" + encoded(id), null);
                scene.expect(
                        "what was mended is brought in, and nothing else",
                        service + ", " + id,
                        mended ? 200 : 409,
                        again.status());
                Client.Reply last = again;
                if (mended) {
                    brought++;
                } else {
                    last = post(
                            scene,
                            service,
                            "/api/v1/dead-letters/dismissals?id=" + encoded(id),
                            Map.of("reason", DISMISSED));
                    dismissed++;
                    scene.expect(
                            "who dismissed it is kept, and why",
                            service + ", " + id,
                            true,
                            last.body().path("closedBy").asString("").contains(DISMISSED));
                }
                scene.expect(
                        "it is closed",
                        service + ", " + id,
                        false,
                        last.body().path("open").asBoolean(true));
            }
            scene.expect("nothing is left to look at", service, 0, open(service).size());
            scene.note(service + " brought in " + brought + " after the mend, " + dismissed + " dismissed");
        }

        private List<JsonNode> open(String service) {
            List<JsonNode> letters = new ArrayList<>();
            get(scene, service, "/api/v1/dead-letters?limit=100").path("items").forEach(letters::add);
            return letters;
        }

        private Map<String, Set<String>> consumers(String service) {
            Map<String, Set<String>> consumers = new TreeMap<>();
            open(service)
                    .forEach(letter -> consumers
                            .computeIfAbsent(at(letter), any -> new TreeSet<>())
                            .add(letter.path("consumer").asString()));
            return consumers;
        }

        private Set<String> reasons(String service) {
            return open(service).stream()
                    .map(letter -> letter.path("reason").asString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private static String at(JsonNode letter) {
            return letter.path("topic").asString() + "-"
                    + letter.path("partition").asInt() + "@"
                    + letter.path("offset").asLong();
        }

        private static String encoded(String id) {
            return URLEncoder.encode(id, StandardCharsets.UTF_8);
        }
    }

    /** Poison from a hospital: refused, or taken and shown to an operator, who corrects it or dismisses it. */
    private static final class FromHospital {

        private final Scene scene;
        private final Hospital hospital;

        FromHospital(Scene scene) {
            this.scene = scene;
            this.hospital = scene.work().hospital();
        }

        void play() throws IOException {
            scene.expect("garbage is refused", "MLLP", Ack.AR, hospital.once("this is no message", Hospital.By.MLLP));
            scene.expect("garbage is refused", "HTTP", Ack.AR, hospital.once("nor is this", Hospital.By.HTTP));
            Stay stay = patient();
            String large = stay.admitted(scene.site().now()) + "NTE|1||" + "x".repeat(5_000_000) + "\r";
            scene.expect("5 MB are taken", "MLLP", Ack.AA, hospital.once(large, Hospital.By.MLLP));
            String tooLarge = stay.moved(scene.site().now()) + "NTE|1||" + "x".repeat(11_000_000) + "\r";
            scene.expect("11 MB are not", "MLLP", false, hospital.once(tooLarge, Hospital.By.MLLP) == Ack.AA);
            shownAsRefused();
            corrected();
            dismissed();
        }

        private Stay patient() {
            Stay stay = Patients.next(scene.random());
            scene.ledger().identity(Patients.identity(stay));
            return stay;
        }

        private void shownAsRefused() {
            scene.until("an operator sees what was refused, with the reason", LIMIT, () -> {
                List<JsonNode> refused = kept("rejected");
                return refused.size() >= 3 && refused.stream().allMatch(FromHospital::saysWhy);
            });
            scene.note("refused messages are kept: "
                    + kept("rejected").stream()
                            .map(each -> each.path("reason").path("code").asString())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }

        // A discharge of somebody whose identity is in doubt is not acted on; put right, it is, and once.
        private void corrected() {
            Stay stay = patient();
            hospital.send(stay.admitted(scene.site().now().minus(Duration.ofDays(2))), Hospital.By.MLLP, LIMIT);
            String pathway = scene.work()
                    .include(stay, "discharge-home", People.COMMUNES.getFirst(), List.of())
                    .path("id")
                    .asString();
            String doubtful = stay.discharged(scene.site().now(), "8").replace("|VALI", "|DOUT");
            String id = inTriage(doubtful);
            scene.expect(
                    "what is in doubt changes nothing",
                    pathway,
                    "waiting-for-discharge",
                    seen(scene, pathway).body().path("status").asString());
            Client.Reply retried = post(scene, Site.PATHWAY, path(id, "retries"), null);
            scene.expect("it may be tried again", id, true, retried.isOk());
            scene.until(id + " comes back to triage", LIMIT, () -> is(id, "triage"));
            Client.Reply reply = post(
                    scene, Site.PATHWAY, path(id, "corrections"), Map.of("text", doubtful.replace("|DOUT", "|VALI")));
            scene.expect("it may be corrected", id, true, reply.isOk());
            scene.until(
                    "the corrected message does what it says",
                    LIMIT,
                    () -> seen(scene, pathway).body().path("status").asString().equals("running"));
            scene.expect("the original ends as corrected", id, true, is(id, "corrected"));
        }

        private void dismissed() {
            String headless = patient().admitted(scene.site().now());
            String id = inTriage(headless.replaceFirst("\rPID\\|[^\r]*", ""));
            Client.Reply reply = post(scene, Site.PATHWAY, path(id, "dismissals"), Map.of("reason", DISMISSED));
            scene.expect("it may be dismissed", id, true, reply.isOk() && is(id, "dismissed"));
        }

        private String inTriage(String message) {
            scene.expect("what cannot be decided is taken", "MLLP", Ack.AA, hospital.once(message, Hospital.By.MLLP));
            String control = message.split("\\|", 11)[9];
            scene.until(
                    control + " comes to triage, with its reason",
                    LIMIT,
                    () -> kept("triage").stream().anyMatch(each -> isOf(each, control) && saysWhy(each)));
            JsonNode found = kept("triage").stream()
                    .filter(each -> isOf(each, control))
                    .findFirst()
                    .orElseThrow();
            scene.note("in triage for " + found.path("reason").path("code").asString());
            return found.path("id").asString();
        }

        private List<JsonNode> kept(String status) {
            List<JsonNode> found = new ArrayList<>();
            get(scene, Site.PATHWAY, "/api/v1/hospital-messages?limit=100&status=" + status)
                    .path("items")
                    .forEach(found::add);
            return found;
        }

        private boolean is(String id, String status) {
            return get(scene, Site.PATHWAY, "/api/v1/hospital-messages/" + id)
                    .path("status")
                    .asString()
                    .equals(status);
        }

        private static boolean isOf(JsonNode message, String control) {
            return message.path("control").asString().equals(control);
        }

        private static boolean saysWhy(JsonNode message) {
            return !message.path("reason").path("code").asString("").isBlank();
        }

        private static String path(String id, String what) {
            return "/api/v1/hospital-messages/" + id + "/" + what;
        }
    }
}
