package fr.relais.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import fr.relais.events.Actor;
import fr.relais.events.Content;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.EventCatalogue;
import fr.relais.events.Party;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.access.TestTokens;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.kafka.EventSender;
import fr.relais.kit.time.Ids;
import fr.relais.localstack.LocalStack;
import fr.relais.pathway.application.HospitalFacts;
import fr.relais.pathway.application.Patients;
import fr.relais.pathway.domain.HospitalFact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bson.BsonDocument;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it runs, once for all tests that extend this; they play the hospital, and each the personas it needs. */
@SpringBootTest(
        classes = PathwayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "relais.ingress.mllp.port=0",
            "relais.kafka.replication=1",
            "relais.live.remembered=300",
            "spring.main.banner-mode=off"
        })
@Import({TestTokens.Accepted.class, RunningPathwayService.Overheard.class})
public abstract class RunningPathwayService {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String VISIT = "nurse-first-visit";
    static final Party NURSES = Party.structure("990000028");
    static final Party CHLOE = Party.person("99700900048");
    static final Party GP = Party.person("99700900014");
    static final Party PHARMACY = Party.structure("990000036");

    private static final Path FOLDER = folder();
    private static Duration ahead = Duration.ZERO;

    @Autowired
    HospitalFacts hospital;

    @Autowired
    Patients patients;

    @Autowired
    EventSender sender;

    @Autowired
    Journal journal;

    @Autowired
    Clock clock;

    @Value("${local.server.port}")
    int port;

    final HttpClient http = HttpClient.newHttpClient();
    final JsonMapper json = new JsonMapper();

    /** What MongoDB is asked, for those tests that look at how it finds its answers. */
    @TestConfiguration(proxyBeanMethods = false)
    protected static class Overheard {
        public static final AtomicBoolean LISTENING = new AtomicBoolean();
        public static final List<BsonDocument> ASKED = new CopyOnWriteArrayList<>();
        private static final Set<String> READS = Set.of("find", "aggregate");

        @Bean
        MongoClientSettingsBuilderCustomizer listener() {
            return settings -> settings.addCommandListener(new CommandListener() {
                @Override
                public void commandStarted(CommandStartedEvent event) {
                    if (LISTENING.get() && READS.contains(event.getCommandName())) {
                        // The driver uses the command's buffer again: take a copy of it.
                        ASKED.add(BsonDocument.parse(event.getCommand().toJson()));
                    }
                }
            });
        }
    }

    @DynamicPropertySource
    static void stack(DynamicPropertyRegistry registry) {
        LocalStack.shared().startBoth();
        registry.add("spring.mongodb.uri", LocalStack.shared()::freshMongoUri);
        registry.add("spring.kafka.bootstrap-servers", LocalStack.shared()::bootstrapServers);
        registry.add("relais.pathway.hospital-rules", () -> "classpath:hospital-rules.yaml");
        registry.add("relais.clock.offset-file", FOLDER.resolve("clock")::toString);
        registry.add(
                "relais.vault.development-folder", () -> FOLDER.resolve("keys").toString());
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("relais-pathway");
            Files.writeString(folder.resolve("clock"), "PT0S");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void letPass(Duration time) throws IOException {
        ahead = ahead.plus(time);
        Files.writeString(FOLDER.resolve("clock"), ahead.toString());
    }

    // The hospital

    /** A pathway of somebody new, included by the ward, watched by a structure. */
    String included(String ipp, String watchedBy, String... choices) throws Exception {
        String body = "{\"template\":\"discharge-home\",\"commune\":\"23096\",\"coordinator\":\"" + watchedBy + "\","
                + "\"patient\":{\"ipp\":{\"value\":\"" + ipp + "\",\"authority\":\"990000044\"}},"
                + "\"informed\":{\"at\":\"" + clock.instant().minusSeconds(600) + "\",\"how\":\"oral\"},"
                + "\"choices\":[" + String.join(",", choices) + "]}";
        return ok(post("ward-farida", "/api/v1/inclusions", body)).path("id").asString();
    }

    /** The same, and the patient went home. */
    String atHome(String watchedBy, String... choices) throws Exception {
        String ipp = Ids.random("ipp");
        String pathway = included(ipp, watchedBy, choices);
        String patient =
                patients.idOf(new Patients.Identity.Ipp(ipp, "990000044")).orElseThrow();
        hospital.tell(
                new HospitalFact.Discharge(
                        patient, "stay-" + ipp, "990000044", clock.instant().minusSeconds(60), Destination.HOME),
                new CommandContext(Ids.random("message"), null, Actor.feed("990000044"), clock.instant(), null, null));
        return pathway;
    }

    static String choice(String role, Party party) {
        return "{\"role\":\"" + role + "\",\"party\":" + party(party) + "}";
    }

    static String party(Party party) {
        return "{\"kind\":\"" + party.kind() + "\",\"id\":\"" + party.id() + "\"}";
    }

    /** The handoff of a step in that state, once a pathway has one. */
    String handoff(String pathway, String step, String status) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            HttpResponse<String> answer = get("ward-farida", "/api/v1/pathways/" + pathway);
                            if (answer.statusCode() != 200) {
                                return "";
                            }
                            for (JsonNode each : json.readTree(answer.body()).path("steps")) {
                                for (JsonNode handoff : each.path("handoffs")) {
                                    if (each.path("key").asString().equals(step)
                                            && handoff.path("status").asString().equals(status)) {
                                        return handoff.path("id").asString();
                                    }
                                }
                            }
                            return "";
                        },
                        id -> !id.isEmpty());
    }

    /** The directory says who somebody is. */
    void listed(ProfessionalListed professional) {
        String stream = "professional-" + professional.id();
        sender.send(
                        EventCatalogue.standard(),
                        new RecordedEvent(
                                RecordedEvent.idOf(stream, 1),
                                EventCatalogue.standard().entry(professional).type(),
                                stream,
                                1,
                                clock.instant(),
                                "directory-service",
                                Actor.system("test"),
                                null,
                                null,
                                new Content.Known(professional)))
                .join();
    }

    // HTTP

    HttpRequest.Builder request(String bearer, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", bearer.startsWith("Bearer ") ? bearer : TestTokens.bearer(bearer));
    }

    HttpResponse<String> get(String persona, String path) throws Exception {
        return send(request(persona, path));
    }

    HttpResponse<String> post(String persona, String path, String body) throws Exception {
        return send(request(persona, path)
                .header("Content-Type", "application/json")
                .POST(body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return json.readTree(answer.body());
    }

    /** A coordinator of a structure that no other test watches from. */
    static String coordinator(String finess) {
        return TestTokens.with("coordinator/" + finess, finess, "coordinator");
    }
}
