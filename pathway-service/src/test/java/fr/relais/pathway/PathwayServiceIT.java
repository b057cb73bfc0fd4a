package fr.relais.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.events.Actor;
import fr.relais.events.CandidateEvent.Candidate;
import fr.relais.events.CandidateEvent.Ranked;
import fr.relais.events.CandidateEvent.Reason;
import fr.relais.events.Content;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.EncounterEvent.MovementKind;
import fr.relais.events.EventCatalogue;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.access.TestTokens;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.kafka.EventSender;
import fr.relais.kit.time.Ids;
import fr.relais.localstack.LocalStack;
import fr.relais.pathway.application.DocumentVault;
import fr.relais.pathway.application.Documents;
import fr.relais.pathway.application.HospitalFacts;
import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.PatientTraits;
import fr.relais.pathway.application.Patients;
import fr.relais.pathway.application.Vault;
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
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it runs, through HTTP, on a real Kafka and MongoDB; the test plays the directory and the hospital. */
@SpringBootTest(
        classes = PathwayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "relais.ingress.mllp.port=0",
            "relais.kafka.replication=1",
            "spring.main.banner-mode=off"
        })
@Import(TestTokens.Accepted.class)
class PathwayServiceIT {

    private static final Party NURSES = Party.structure("990000028");
    private static final Party CHLOE = Party.person("99700900048");
    private static final Party PHARMACY = Party.structure("990000036");
    private static final String VISIT = "nurse-first-visit";
    private static final Path FOLDER = folder();
    private static final Path CLOCK = FOLDER.resolve("clock");
    private static Duration ahead = Duration.ZERO;

    @Autowired
    HospitalFacts hospital;

    @Autowired
    Patients patients;

    @Autowired
    Vault vault;

    @Autowired
    DocumentVault documents;

    @Autowired
    Documents chore;

    @Autowired
    EventSender sender;

    @Autowired
    Journal journal;

    @Autowired
    Clock clock;

    @Value("${local.server.port}")
    int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private String ipp;

    @DynamicPropertySource
    static void stack(DynamicPropertyRegistry registry) {
        LocalStack.shared().startBoth();
        registry.add("spring.mongodb.uri", LocalStack.shared()::freshMongoUri);
        registry.add("spring.kafka.bootstrap-servers", LocalStack.shared()::bootstrapServers);
        registry.add("relais.clock.offset-file", CLOCK::toString);
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

    @BeforeEach
    void somebodyNew() {
        ipp = Ids.random("ipp");
    }

    @Test
    void a_discharge_becomes_a_followed_pathway_and_is_closed_when_all_is_done() throws Exception {
        String pathway = included(
                choice("nurse", NURSES), choice("gp", Party.person("99700900014")), choice("pharmacist", PHARMACY));
        tell(id -> new HospitalFact.Admit(
                id, "stay-" + ipp, "990000044", clock.instant().minusSeconds(3600)));
        tell(id -> new HospitalFact.Discharge(
                id, "stay-" + ipp, "990000044", clock.instant().minusSeconds(60), Destination.HOME));

        String visit = offered("nurse-anne", pathway, VISIT);
        JsonNode before = ok(get("nurse-anne", "/api/v1/handoffs/" + visit));
        assertThat(before.path("terms").path("acts").path(0).asString()).isEqualTo("nursing.first-visit");
        for (String hidden : List.of("patient", "pathway", "from", "step")) {
            assertThat(before.path(hidden).asString("")).as(hidden).isEmpty();
        }
        for (String stranger : List.of("nurse-chloe", "pharmacist-david", "gp-hugo")) {
            assertThat(get(stranger, "/api/v1/handoffs/" + visit).statusCode()).isEqualTo(404);
            assertThat(post(stranger, "/api/v1/handoffs/" + visit + "/accept", null)
                            .body())
                    .contains("handoff-not-found");
            assertThat(get(stranger, "/api/v1/pathways/" + pathway).statusCode())
                    .isEqualTo(404);
        }

        HttpResponse<String> accepted = post("nurse-anne", "/api/v1/handoffs/" + visit + "/accept", null);
        assertThat(ok(accepted).path("status").asString()).isEqualTo("accepted");
        HttpResponse<String> mine = send(request("nurse-anne", "/api/v1/handoffs/" + visit)
                .header(
                        "Relais-At-Least",
                        accepted.headers().firstValue("Relais-Sequence").orElseThrow()));
        assertThat(ok(mine).path("patient").asString()).startsWith("patient-");
        assertThat(get(
                                "nurse-anne",
                                "/api/v1/patients/" + ok(mine).path("patient").asString() + "/identity")
                        .statusCode())
                .isEqualTo(200);

        ok(post("ward-farida", "/api/v1/pathways/" + pathway + "/steps/letter/complete", null));
        ok(post("nurse-brahim", "/api/v1/handoffs/" + visit + "/complete", "{}"));
        for (var step :
                List.of(List.of("gp-alice", "gp-visit"), List.of("pharmacist-david", "medication-reconciliation"))) {
            String handoff = offered(step.get(0), pathway, step.get(1));
            ok(post(step.get(0), "/api/v1/handoffs/" + handoff + "/accept", null));
            ok(post(step.get(0), "/api/v1/handoffs/" + handoff + "/complete", "{}"));
        }

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode view = ok(get("ward-farida", "/api/v1/pathways/" + pathway));
            assertThat(view.path("status").asString()).isEqualTo("closed");
            assertThat(view.path("closeReason").asString()).isEqualTo("COMPLETED");
        });
        JsonNode timeline = ok(get("coordinator-gael", "/api/v1/pathways/" + pathway + "/timeline?limit=3"));
        assertThat(timeline.path("items").path(0).path("type").asString()).isEqualTo("pathway.opened.v1");
        assertThat(timeline.path("next").asString()).isEqualTo("3");
        List<String> forwards = new ArrayList<>();
        ok(get("coordinator-gael", "/api/v1/pathways/" + pathway + "/timeline?limit=100"))
                .path("items")
                .forEach(line -> forwards.add(line.path("sequence").asString()));
        List<String> backwards = new ArrayList<>();
        String next = "";
        do {
            JsonNode page =
                    ok(get("coordinator-gael", "/api/v1/pathways/" + pathway + "/timeline?order=desc&limit=7" + next));
            page.path("items")
                    .forEach(line -> backwards.add(line.path("sequence").asString()));
            next = page.hasNonNull("next") ? "&after=" + page.path("next").asString() : null;
        } while (next != null);
        assertThat(backwards).isEqualTo(forwards.reversed());
        assertThat(get("coordinator-gael", "/api/v1/pathways/" + pathway + "/timeline?order=up")
                        .statusCode())
                .isEqualTo(400);

        String looks = "/api/v1/pathways/" + pathway + "/looks";
        assertThat(ok(post("coordinator-gael", looks, "{\"seen\":3}")).hasNonNull("before"))
                .as("the first look")
                .isFalse();
        assertThat(ok(post("coordinator-gael", looks, "{\"seen\":9}"))
                        .path("before")
                        .asLong())
                .isEqualTo(3);
        ok(post("coordinator-gael", looks, "{\"seen\":2}"));
        assertThat(ok(post("coordinator-gael", looks, "{\"seen\":9}"))
                        .path("before")
                        .asLong())
                .as("what was seen stays seen")
                .isEqualTo(9);
        assertThat(ok(post("ward-farida", looks, "{\"seen\":9}")).hasNonNull("before"))
                .as("each for themselves")
                .isFalse();
        assertThat(ok(post("ward-farida", looks, "{\"of\":\"sheet\"}")).hasNonNull("before"))
                .as("the first sheet of paper")
                .isFalse();
        JsonNode sheet = ok(post("ward-farida", looks, "{\"of\":\"sheet\"}"));
        assertThat(sheet.path("before").asLong()).isPositive();
        assertThat(sheet.path("beforeAt").asString()).isNotEmpty();
        assertThat(post("coordinator-gael", looks, "{\"of\":\"sheet\"}").statusCode())
                .as("a sheet is made by whoever knows the patient")
                .isEqualTo(404);
        assertThat(post("nurse-chloe", looks, "{\"seen\":9}").statusCode()).isEqualTo(404);
    }

    @Test
    void of_two_rivals_who_accept_at_once_exactly_one_wins_and_the_other_is_told_who_has_it() throws Exception {
        String pathway = included();
        discharged();
        answer(pathway, VISIT, NURSES, CHLOE);
        String ofTheCabinet = offered("nurse-anne", pathway, VISIT);
        String ofChloe = offered("nurse-chloe", pathway, VISIT);

        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<HttpResponse<String>>> racing = Stream.of(
                        List.of("nurse-anne", ofTheCabinet),
                        List.of("nurse-brahim", ofTheCabinet),
                        List.of("nurse-chloe", ofChloe))
                .map(rival -> CompletableFuture.supplyAsync(() -> {
                    try {
                        go.await(10, TimeUnit.SECONDS);
                        return post(rival.get(0), "/api/v1/handoffs/" + rival.get(1) + "/accept", null);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        go.countDown();
        List<HttpResponse<String>> answers =
                racing.stream().map(CompletableFuture::join).toList();

        List<HttpResponse<String>> won =
                answers.stream().filter(a -> a.statusCode() == 200).toList();
        assertThat(won).hasSize(1);
        String winner = json.readTree(won.getFirst().body()).path("responsible").asString();
        assertThat(answers.stream().filter(a -> a.statusCode() != 200))
                .hasSize(2)
                .allSatisfy(lost -> {
                    assertThat(lost.statusCode()).isEqualTo(409);
                    assertThat(lost.body()).contains("handoff-already-taken").contains(winner);
                });
    }

    @Test
    void nobody_answers_in_time_so_the_step_is_the_coordinators_then_late_then_escalated_once_per_level()
            throws Exception {
        String pathway = included(choice("gp", Party.person("99700900014")), choice("pharmacist", PHARMACY));
        discharged();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> search(pathway, VISIT, 1).isPresent());
        letPass(Duration.ofSeconds(31));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(ok(get("coordinator-gael", "/api/v1/worklist?kind=unassigned&limit=100"))
                                        .path("items"))
                                .anyMatch(row -> row.path("pathway").asString().equals(pathway)
                                        && row.path("step").asString().equals(VISIT)
                                        && row.path("unassigned").asString().equals("DIRECTORY_SILENT")));
        assertThat(get("nurse-anne", "/api/v1/worklist?kind=nonsense").statusCode())
                .isEqualTo(400);

        ok(post(
                "coordinator-gael",
                "/api/v1/pathways/" + pathway + "/steps/" + VISIT + "/offer",
                "{\"profession\":\"60\",\"to\":[{\"kind\":\"PERSON\",\"id\":\"" + CHLOE.id() + "\"}]}"));
        String handoff = offered("nurse-chloe", pathway, VISIT);
        ok(post("nurse-chloe", "/api/v1/handoffs/" + handoff + "/accept", null));
        letPass(Duration.ofDays(8));

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(journal.read(pathway, 0, 1000).stream()
                                .filter(event -> event.type().equals("pathway.step-escalated.v1"))
                                .map(event -> event.event().orElseThrow().toString())
                                .filter(text -> text.contains("step=" + VISIT)))
                        .hasSize(3));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ok(get("coordinator-gael", "/api/v1/worklist?kind=late&limit=100"))
                                .path("items"))
                        .anyMatch(row -> row.path("pathway").asString().equals(pathway)
                                && row.path("level").asInt() == 3
                                && row.path("responsible").asString().equals(CHLOE.key())));
    }

    @Test
    void a_cancelled_discharge_takes_back_what_was_offered_and_accepted() throws Exception {
        String pathway = included(choice("nurse", NURSES));
        discharged();
        String visit = offered("nurse-anne", pathway, VISIT);
        ok(post("nurse-anne", "/api/v1/handoffs/" + visit + "/accept", null));
        tell(id -> new HospitalFact.Cancel(
                new HospitalFact.About(id, "stay-" + ipp, "990000044", clock.instant()), MovementKind.DISCHARGE));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode row = ok(get("nurse-anne", "/api/v1/handoffs/" + visit));
            assertThat(row.path("status").asString()).isEqualTo("withdrawn");
            assertThat(row.path("reason").asString()).isEqualTo("discharge-cancelled");
        });
        assertThat(post("nurse-anne", "/api/v1/handoffs/" + visit + "/complete", "{}")
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void an_inclusion_repeated_under_its_key_is_one_pathway_and_a_cloud_event_is_one_for_ever() throws Exception {
        String body = inclusion();
        HttpResponse<String> first = send(request("ward-farida", "/api/v1/inclusions")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", ipp)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        HttpResponse<String> again = send(request("ward-farida", "/api/v1/inclusions")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", ipp)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());

        String event = "{\"specversion\":\"1.0\",\"id\":\"" + ipp
                + "\",\"source\":\"/his\",\"type\":\"fr.relais.inclusion.requested.v1\",\"data\":" + body + "}";
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = send(request("hospital-feed", "/api/v1/cloud-events")
                    .header("Content-Type", "application/cloudevents+json")
                    .POST(HttpRequest.BodyPublishers.ofString(event)));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            ids.add(json.readTree(answer.body()).path("id").asString());
        }
        assertThat(ids.get(0)).isEqualTo(ids.get(1));
    }

    @Test
    void nobody_is_included_without_being_informed() throws Exception {
        HttpResponse<String> answer =
                post("ward-farida", "/api/v1/inclusions", inclusion().replaceFirst("\"informed\":\\{[^}]*},", ""));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("informed-missing").contains("Le patient doit d’abord être informé");
    }

    @Test
    void what_is_ready_is_said_to_whoever_is_asked_before_they_accept_with_the_number_to_call() throws Exception {
        String until = clock.instant().plus(Duration.ofHours(30)).toString();
        String said = inclusion(choice("nurse", NURSES))
                .replaceFirst(
                        "\\{",
                        "{\"preparation\":{\"orderReady\":true,\"materialReady\":false,\"line\":\"05 55 00 00 00\",\"lineUntil\":\""
                                + until + "\"},");
        HttpResponse<String> included = post("ward-farida", "/api/v1/inclusions", said);
        assertThat(included.statusCode()).as(included.body()).isEqualTo(201);
        String pathway = json.readTree(included.body()).path("id").asString();
        discharged();

        JsonNode ready = ok(get("nurse-anne", "/api/v1/handoffs/" + offered("nurse-anne", pathway, VISIT)))
                .path("terms")
                .path("preparation");

        assertThat(ready.path("order").asBoolean()).isTrue();
        assertThat(ready.path("material").asBoolean(true)).isFalse();
        assertThat(ready.path("line").asString()).isEqualTo("0555000000");
        assertThat(ready.path("lineUntil").asString()).isEqualTo(until);
        assertThat(ok(get("ward-farida", "/api/v1/pathways/" + pathway)).path("preparation"))
                .isEqualTo(ready);
    }

    @Test
    void a_direct_line_is_a_phone_number() throws Exception {
        HttpResponse<String> answer = post(
                "ward-farida",
                "/api/v1/inclusions",
                inclusion().replaceFirst("\\{", "{\"preparation\":{\"line\":\"demandez Farida\"},"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("line-invalid");
    }

    @Test
    void a_discharge_letter_reaches_the_pathways_of_its_patient_once_and_is_read_by_their_circle_only()
            throws Exception {
        String pathway = ok(post(
                        "ward-farida", "/api/v1/inclusions", inclusion().replace("discharge-home", "heart-failure")))
                .path("id")
                .asString();
        discharged();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> documentsTold(pathway, letter("L1")), told -> told.size() == 1);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(ok(get("ward-farida", "/api/v1/pathways/" + pathway))
                                .path("steps"))
                        .anyMatch(step -> step.path("key").asString().equals("letter")
                                && step.path("status").asString().equals("done")));
        HttpResponse<String> again = post("hospital-feed", "/api/v1/documents", letter("L1"));
        assertThat(again.statusCode()).isEqualTo(200);
        String document = json.readTree(again.body()).path("id").asString();
        assertThat(documentsTold(pathway, letter("L1"))).hasSize(1);
        assertThat(post("hospital-feed", "/api/v1/documents", letter("L1").replace("suites simples", "autre"))
                        .body())
                .contains("document-differs");
        assertThat(post("nurse-anne", "/api/v1/documents", letter("L1")).body()).contains("letter-not-yours");
        assertThat(post("hospital-feed", "/api/v1/documents", letter("L1").replace("11490-0", "letter"))
                        .body())
                .contains("document-type-invalid");

        JsonNode read = ok(get("ward-farida", "/api/v1/documents/" + document));
        assertThat(read.path("text").asString()).isEqualTo("suites simples");
        for (String stranger : List.of("nurse-anne", "coordinator-gael", "operator-odile")) {
            assertThat(get(stranger, "/api/v1/documents/" + document).statusCode())
                    .as(stranger)
                    .isEqualTo(404);
        }

        String patient = read.path("patient").asString();
        JsonNode reads = ok(get("ward-farida", "/api/v1/pathways/" + pathway + "/reads"));
        assertThat(reads.path("items")).singleElement().satisfies(entry -> {
            assertThat(entry.path("subject").asString()).isEqualTo(document);
            assertThat(entry.path("ground").asString()).isEqualTo("team");
            assertThat(entry.path("structure").asString()).isEqualTo("990000044");
        });
        assertThat(get("coordinator-gael", "/api/v1/pathways/" + pathway + "/reads")
                        .statusCode())
                .isEqualTo(404);
        assertThat(ok(get("operator-odile", "/api/v1/patients/" + patient + "/reads"))
                        .path("items"))
                .hasSize(1);
        assertThat(get("ward-farida", "/api/v1/patients/" + patient + "/reads").statusCode())
                .isEqualTo(403);
        JsonNode check = ok(get("operator-odile", "/api/v1/audit/check"));
        assertThat(check.path("records").asLong()).isPositive();
        assertThat(check.path("broken").isObject()).as(check.toString()).isFalse();
    }

    @Test
    void a_letter_closes_the_letter_step_for_the_hospital_that_sends_it_and_the_visit_that_it_names_only()
            throws Exception {
        String pathway = includedIn("heart-failure");
        discharged();
        await().atMost(Duration.ofSeconds(20)).until(() -> isOpen(pathway, "letter"));
        String patient =
                patients.idOf(new Patients.Identity.Ipp(ipp, "990000044")).orElseThrow();

        Documents.Received another = chore.receive(
                new DocumentVault.Incoming(
                        "document-" + ipp,
                        patient,
                        "11490-0",
                        CHLOE,
                        clock.instant(),
                        null,
                        null,
                        null,
                        new PathwayEvent.LetterOf(List.of("CHU-AILLEURS", "990000036"), null)),
                new CommandContext(Ids.random("letter"), null, Actor.feed("990000036"), clock.instant(), null, null));
        assertThat(another)
                .isInstanceOfSatisfying(
                        Documents.Received.Kept.class,
                        kept -> assertThat(kept.pathways()).isEmpty());
        String ofAnotherVisit = letter("L1").replace("\"text\"", "\"visit\":\"V-9\",\"text\"");
        assertThat(post("hospital-feed", "/api/v1/documents", ofAnotherVisit).statusCode())
                .isEqualTo(201);
        assertThat(documentsOf(pathway)).isEmpty();
        assertThat(isOpen(pathway, "letter")).isTrue();

        assertThat(post("hospital-feed", "/api/v1/documents", letter("L2")).statusCode())
                .isEqualTo(201);
        await().atMost(Duration.ofSeconds(20)).until(() -> !isOpen(pathway, "letter"));
        assertThat(documentsOf(pathway)).hasSize(1);
    }

    private boolean isOpen(String pathway, String step) throws Exception {
        HttpResponse<String> read = get("ward-farida", "/api/v1/pathways/" + pathway);
        if (read.statusCode() == 404) {
            // The view comes a moment after the answer.
            return false;
        }
        for (JsonNode one : ok(read).path("steps")) {
            if (one.path("key").asString().equals(step)) {
                return !one.path("status").asString().equals("done");
            }
        }
        return false;
    }

    @Test
    void a_document_that_came_before_the_inclusion_or_was_cut_off_is_told_all_the_same() throws Exception {
        assertThat(post("hospital-feed", "/api/v1/documents", letter("L1")).statusCode())
                .isEqualTo(201);
        String pathway = included();
        await().atMost(Duration.ofSeconds(20)).until(() -> documentsOf(pathway).size() == 1);

        String patient =
                patients.idOf(new Patients.Identity.Ipp(ipp, "990000044")).orElseThrow();
        documents.keep(
                new DocumentVault.Incoming("document-" + ipp, patient, "11490-0", CHLOE, clock.instant(), null, null),
                true);
        letPass(Duration.ofMinutes(2));
        await().atMost(Duration.ofSeconds(20)).until(() -> chore.run() > 0);
        assertThat(documentsOf(pathway)).hasSize(2);
    }

    @Test
    void a_patient_is_found_by_exact_name_erased_with_a_reason_and_keys_are_rotated_by_operators_only()
            throws Exception {
        String patient = ((Vault.Kept.As) vault.keep(
                        new PatientIdentifiers(new PatientIdentifiers.Local(ipp, "990000044"), null, null),
                        new PatientTraits(
                                "D’ESSAI-" + ipp,
                                List.of("ZOÉ"),
                                null,
                                null,
                                LocalDate.of(1979, 3, 28),
                                "F",
                                null,
                                null,
                                null,
                                null,
                                List.of()),
                        clock.instant()))
                .patient();
        String search = "{\"name\":\"d'essai " + ipp + "\",\"givenName\":\"zoe\",\"birthDate\":\"1979-03-28\"}";
        for (String allowed : List.of("ward-farida", "operator-odile")) {
            assertThat(ok(post(allowed, "/api/v1/patients/searches", search))
                            .path("items")
                            .path(0)
                            .path("patient")
                            .asString())
                    .isEqualTo(patient);
        }
        assertThat(ok(post("gp-alice", "/api/v1/patients/searches", search)).path("items"))
                .isEmpty();
        assertThat(post("coordinator-gael", "/api/v1/patients/searches", search).statusCode())
                .isEqualTo(403);
        assertThat(ok(get("operator-odile", "/api/v1/patients/" + patient + "/reads"))
                        .path("items"))
                .hasSize(2);

        String pathway = included();
        String erasures = "/api/v1/patients/" + patient + "/erasures";
        await().atMost(Duration.ofSeconds(20))
                .until(() -> post("operator-odile", erasures, "{\"reason\":\"patient-asked\"}")
                                .statusCode()
                        == 409);
        ok(post("ward-farida", "/api/v1/pathways/" + pathway + "/close", null));
        assertThat(post("ward-farida", erasures, "{\"reason\":\"patient-asked\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("operator-odile", erasures, "{\"reason\":\"because\"}").body())
                .contains("erasure-reason-unknown");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> post("operator-odile", erasures, "{\"reason\":\"patient-asked\"}")
                                .statusCode()
                        == 204);
        assertThat(get("ward-farida", "/api/v1/patients/" + patient + "/identity")
                        .statusCode())
                .isEqualTo(404);

        assertThat(post("ward-farida", "/api/v1/vault/rotations", null).statusCode())
                .isEqualTo(403);
        assertThat(ok(post("operator-odile", "/api/v1/vault/rotations", null))
                        .path("done")
                        .asBoolean())
                .isTrue();
    }

    private String letter(String id) {
        return "{\"id\":\"" + ipp + id + "\",\"type\":\"11490-0\",\"at\":\"2026-03-02T08:00:00Z\","
                + "\"patient\":{\"ipp\":{\"value\":\"" + ipp + "\",\"authority\":\"990000044\"}},"
                + "\"text\":\"suites simples\"}";
    }

    private List<PathwayEvent.DocumentReceived> documentsTold(String pathway, String letter) throws Exception {
        ok(post("hospital-feed", "/api/v1/documents", letter));
        return documentsOf(pathway);
    }

    private List<PathwayEvent.DocumentReceived> documentsOf(String pathway) {
        return journal.read(pathway, 0, 1000).stream()
                .map(event -> event.event().orElseThrow())
                .filter(PathwayEvent.DocumentReceived.class::isInstance)
                .map(PathwayEvent.DocumentReceived.class::cast)
                .toList();
    }

    @Test
    void a_secretary_says_seen_and_sets_the_appointment_of_her_doctor_and_accepts_nothing() throws Exception {
        listed(new ProfessionalListed(
                "3990000010/secretariat",
                null,
                "Sophie ACCUEIL",
                List.of(),
                List.of("990000010"),
                List.of(),
                List.of("99700900014")));
        String pathway = included(choice("gp", Party.person("99700900014")));
        discharged();
        String visit = offered("gp-alice", pathway, "gp-visit");
        String found = offered("secretary-sophie", pathway, "gp-visit");
        assertThat(found).isEqualTo(visit);
        String path = "/api/v1/handoffs/" + visit;
        String booked =
                "{\"status\":\"booked\",\"startsAt\":\"" + clock.instant().plusSeconds(3600) + "\"}";

        ok(post("secretary-sophie", path + "/seen", null));
        assertThat(post("secretary-sophie", path + "/accept", null).statusCode())
                .isEqualTo(403);
        assertThat(post("secretary-sophie", path + "/appointment", booked).statusCode())
                .isEqualTo(409);
        assertThat(post("gp-hugo", path + "/appointment", booked).statusCode()).isEqualTo(404);
        ok(post("gp-alice", path + "/accept", null));
        ok(post("secretary-sophie", path + "/appointment", booked));
        ok(post("secretary-sophie", path + "/appointment", "{\"status\":\"cancelled\"}"));
        HttpResponse<String> done = post(
                "secretary-sophie",
                "/api/v1/pathways/" + pathway + "/steps/gp-visit/report-done",
                "{\"doneAt\":\"" + clock.instant() + "\"}");
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode view = ok(get("ward-farida", "/api/v1/pathways/" + pathway));
            assertThat(step(view, "gp-visit").path("status").asString()).isEqualTo("probably-done");
            assertThat(step(view, "gp-visit").path("reported").path("how").asString())
                    .isEqualTo("delegate");
        });
        JsonNode row = ok(get("secretary-sophie", path));
        assertThat(row.path("probablyDone").asBoolean()).isTrue();
        assertThat(row.path("appointment").path("status").asString()).isEqualTo("cancelled");
        assertThat(row.path("patient").isMissingNode() || row.path("patient").isNull())
                .isTrue();
        ok(post("gp-alice", path + "/complete", "{}"));
    }

    @Test
    void heart_failure_is_followed_by_week_and_an_answer_that_does_not_come_is_the_coordinators() throws Exception {
        String pathway = includedIn("heart-failure", choice("nurse", NURSES));
        discharged();
        String visit = offered("nurse-anne", pathway, VISIT);
        String path = "/api/v1/handoffs/" + visit;
        HttpResponse<String> left = post("nurse-brahim", path + "/decline", "{\"reason\":\"full\"}");
        assertThat(ok(left).path("status").asString()).isEqualTo("offered");
        ok(post("nurse-anne", path + "/accept", null));
        ok(post("nurse-anne", path + "/undo", null));
        String again = await().atMost(Duration.ofSeconds(20))
                .until(() -> offered("nurse-anne", pathway, VISIT), id -> !id.equals(visit));
        ok(post("nurse-anne", "/api/v1/handoffs/" + again + "/accept", null));
        ok(post("nurse-anne", "/api/v1/handoffs/" + again + "/complete", "{}"));
        String weekly = offered("nurse-anne", pathway, "nurse-weekly");
        ok(post("nurse-anne", "/api/v1/handoffs/" + weekly + "/accept", null));
        String steps = "/api/v1/pathways/" + pathway + "/steps/nurse-weekly";
        ok(post("nurse-anne", steps + "/weeks", "{\"except\":[]}"));
        assertThat(post("nurse-chloe", steps + "/weeks", "{}").statusCode()).isEqualTo(404);
        ok(post("coordinator-gael", steps + "/calls", "{\"outcome\":\"no-answer\"}"));
        letPass(Duration.ofDays(25));

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(ok(get("coordinator-gael", "/api/v1/worklist?kind=attention&limit=100"))
                                .path("items"))
                        .anyMatch(row -> row.path("pathway").asString().equals(pathway)
                                && row.path("step").asString().equals("nurse-weekly")));
        JsonNode view = ok(get("ward-farida", "/api/v1/pathways/" + pathway));
        assertThat(step(view, "nurse-weekly")
                        .path("weeks")
                        .path("confirmed")
                        .path(0)
                        .asInt())
                .isEqualTo(1);
        assertThat(step(view, "nurse-weekly").path("call").path("outcome").asString())
                .isEqualTo("no-answer");
        assertThat(step(view, "nurse-weekly").path("overdue").asBoolean()).isFalse();
    }

    @Test
    void a_note_is_written_and_read_by_those_who_take_part_and_kept_for_no_stranger() throws Exception {
        String pathway = included(choice("nurse", NURSES));
        discharged();
        String visit = offered("nurse-anne", pathway, VISIT);
        String path = "/api/v1/pathways/" + pathway + "/notes";
        String body = "{\"text\":\"Elle a pris deux kilos.\",\"step\":\"" + VISIT + "\",\"urgent\":true}";
        for (String stranger : List.of("nurse-anne", "nurse-chloe", "gp-alice", "operator-odile")) {
            assertThat(post(stranger, path, body).statusCode()).as(stranger).isEqualTo(404);
        }
        HttpResponse<String> accepted = post("nurse-anne", "/api/v1/handoffs/" + visit + "/accept", null);
        assertThat(post("nurse-anne", path, "{\"text\":\" \"}").body()).contains("note-text-invalid");
        HttpResponse<String> first = send(request("nurse-anne", path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "note-" + ipp)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        String note = ok(first).path("id").asString();
        HttpResponse<String> again = send(request("nurse-anne", path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "note-" + ipp)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        assertThat(ok(again).path("id").asString()).isEqualTo(note);

        ok(send(request("nurse-anne", "/api/v1/handoffs/" + visit)
                .header(
                        "Relais-At-Least",
                        accepted.headers().firstValue("Relais-Sequence").orElseThrow())));
        for (String reader : List.of("nurse-anne", "ward-farida")) {
            assertThat(ok(get(reader, path + "/" + note)).path("text").asString())
                    .isEqualTo("Elle a pris deux kilos.");
        }
        for (String stranger : List.of("nurse-chloe", "gp-alice", "coordinator-gael", "secretary-sophie")) {
            assertThat(get(stranger, path + "/" + note).statusCode())
                    .as(stranger)
                    .isEqualTo(404);
        }
        assertThat(journal.read(pathway, 0, 1000).stream()
                        .filter(event -> event.type().equals("pathway.note-added.v1")))
                .hasSize(1)
                .noneMatch(event -> event.event().orElseThrow().toString().contains("kilos"));
    }

    @Test
    void whoever_starts_a_pathway_by_hand_finds_what_the_hospital_said_and_need_not_write_it_again() throws Exception {
        String pathway = included(choice("nurse", NURSES));
        Instant left = clock.instant().minusSeconds(7200);
        tell(id -> new HospitalFact.Discharge(
                new HospitalFact.About(id, "stay-" + ipp, "990000044", left), Destination.MEDICO_SOCIAL, null, null));
        String path = "/api/v1/pathways/" + pathway;
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode proposed = ok(get("coordinator-gael", path)).path("proposed");
            assertThat(proposed.path("destination").asString()).isEqualTo("medico-social");
            assertThat(proposed.path("dischargedAt").asString()).isEqualTo(left.toString());
        });

        ok(post("coordinator-gael", path + "/start", "{\"holders\":[" + choice("nurse", CHLOE) + "]}"));

        assertThat(journal.read(pathway, 0, 1000))
                .extracting(event -> event.event().orElseThrow())
                .contains(new PathwayEvent.Started(
                        "stay-" + ipp, left, Destination.MEDICO_SOCIAL, null, "990000044", null));
    }

    @Test
    void a_coordinator_starts_pauses_and_resumes_a_pathway_by_hand() throws Exception {
        String pathway = included(choice("nurse", NURSES));
        String path = "/api/v1/pathways/" + pathway;
        assertThat(post("nurse-anne", path + "/start", "{}").statusCode()).isEqualTo(404);
        assertThat(ok(post(
                                "coordinator-gael",
                                path + "/start",
                                "{\"destination\":\"ssiad\",\"holders\":[" + choice("nurse", CHLOE) + "]}"))
                        .path("status")
                        .asString())
                .isEqualTo("running");
        String visit = offered("nurse-chloe", pathway, VISIT);
        ok(post("nurse-chloe", "/api/v1/handoffs/" + visit + "/accept", null));
        assertThat(ok(post("coordinator-gael", path + "/pause", null))
                        .path("status")
                        .asString())
                .isEqualTo("paused");
        assertThat(ok(post("coordinator-gael", path + "/resume", null))
                        .path("status")
                        .asString())
                .isEqualTo("running");
        assertThat(ok(post("nurse-chloe", "/api/v1/handoffs/" + visit + "/fail", "{\"reason\":\"patient-absent\"}"))
                        .path("status")
                        .asString())
                .isEqualTo("failed");
        HttpResponse<String> unknown =
                post("nurse-chloe", "/api/v1/handoffs/" + visit + "/fail", "{\"reason\":\"whatever\"}");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(unknown.body()).contains("fail-reason-unknown").contains("patient-absent");
        // A stranger hears the same of a known word, an unknown one and a handoff that never was.
        String never = "/api/v1/handoffs/" + visit.substring(0, visit.lastIndexOf('-')) + "-999";
        for (String handoff : List.of("/api/v1/handoffs/" + visit, never)) {
            for (String asked : List.of(
                    "/fail {\"reason\":\"whatever\"}",
                    "/fail {\"reason\":\"other\"}",
                    "/decline {\"reason\":\"whatever\"}",
                    "/appointment {\"status\":\"whatever\"}",
                    "/reassign {\"to\":[" + person(CHLOE) + "]}")) {
                String[] call = asked.split(" ", 2);
                assertThat(post("nurse-anne", handoff + call[0], call[1]).statusCode())
                        .as(handoff + asked)
                        .isEqualTo(404);
            }
        }
        for (String asked : List.of(
                "/start {\"destination\":\"whatever\"}",
                "/steps/" + VISIT + "/calls {\"outcome\":\"whatever\"}",
                "/steps/" + VISIT + "/offer {\"to\":[" + person(CHLOE) + "]}")) {
            String[] call = asked.split(" ", 2);
            assertThat(post("nurse-anne", path + call[0], call[1]).statusCode())
                    .as(asked)
                    .isEqualTo(404);
            assertThat(post("coordinator-gael", path + call[0], call[1]).statusCode())
                    .as(asked)
                    .isEqualTo(422);
        }
    }

    private static String person(Party party) {
        return "{\"kind\":\"PERSON\",\"id\":\"" + party.id() + "\"}";
    }

    private static JsonNode step(JsonNode pathway, String key) {
        for (JsonNode step : pathway.path("steps")) {
            if (step.path("key").asString().equals(key)) {
                return step;
            }
        }
        throw new AssertionError("no step " + key + " in " + pathway);
    }

    private void listed(ProfessionalListed professional) {
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

    // The hospital and the directory

    private void discharged() {
        tell(id -> new HospitalFact.Discharge(
                id, "stay-" + ipp, "990000044", clock.instant().minusSeconds(60), Destination.HOME));
    }

    private void tell(java.util.function.Function<String, HospitalFact> fact) {
        String patient =
                patients.idOf(new Patients.Identity.Ipp(ipp, "990000044")).orElseThrow();
        hospital.tell(
                fact.apply(patient),
                new CommandContext(Ids.random("message"), null, Actor.feed("990000044"), clock.instant(), null, null));
    }

    private Optional<StepSeeksSomeone> search(String pathway, String step, int which) {
        return journal.read(pathway, 0, 1000).stream()
                .map(event -> event.event().orElseThrow())
                .filter(StepSeeksSomeone.class::isInstance)
                .map(StepSeeksSomeone.class::cast)
                .filter(search -> search.step().equals(step))
                .skip(which - 1L)
                .findFirst();
    }

    private void answer(String pathway, String step, Party... candidates) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> search(pathway, step, 1).isPresent());
        String search = search(pathway, step, 1).orElseThrow().search();
        Ranked ranked = new Ranked(
                pathway,
                step,
                search,
                Arrays.stream(candidates)
                        .map(party -> new Candidate(party, List.of(Reason.SERVES_COMMUNE)))
                        .toList(),
                List.of());
        sender.send(
                        EventCatalogue.standard(),
                        new RecordedEvent(
                                RecordedEvent.idOf(search, 1),
                                EventCatalogue.standard().entry(ranked).type(),
                                search,
                                1,
                                clock.instant(),
                                "directory-service",
                                Actor.system("test"),
                                null,
                                null,
                                new Content.Known(ranked)))
                .join();
    }

    @Test
    void a_hospitals_feed_hands_in_messages_and_each_is_answered_for_itself() throws Exception {
        String control = Ids.random("c");
        String known = hl7("990000044", "ADT^A01", control, "PV1|1|O|||||||||||||||||v" + ipp);
        String foreign = hl7("OTHER-HOSPITAL", "ADT^A01", control, "PV1|1|I");

        JsonNode both = ok(feed("application/hl7-v2", known + foreign)).path("acknowledgements");
        assertThat(both.path(0).path("code").asString()).isEqualTo("AA");
        assertThat(both.path(0).path("repeat").asBoolean()).isFalse();
        assertThat(both.path(1).path("code").asString()).isEqualTo("AR");
        assertThat(ok(feed("application/hl7-v2", known))
                        .path("acknowledgements")
                        .path(0)
                        .path("repeat")
                        .asBoolean())
                .isTrue();

        assertThat(feed("application/hl7-v2", foreign).statusCode()).isEqualTo(403);
        assertThat(feed("application/hl7-v2", "hello").statusCode()).isEqualTo(400);
        HttpResponse<String> large =
                feed("application/hl7-v2", known + "OBX|1|TX|||" + "x".repeat(10 * 1024 * 1024) + "\r");
        assertThat(large.statusCode()).as(large.body()).isEqualTo(413);
        assertThat(post("ward-farida", "/api/v1/hospital-messages", "application/hl7-v2", known)
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("operator-odile", "/api/v1/hospital-messages?status=rejected&limit=100")
                        .body())
                .contains("sender-not-allowed", "no-header", "too-large", "OTHER-HOSPITAL");
        assertThat(get("hospital-feed", "/api/v1/hospital-messages").statusCode())
                .isEqualTo(403);
    }

    @Test
    void cloud_events_bear_messages_as_text_or_bytes_and_unknown_ones_wait_for_a_person() throws Exception {
        String text = hl7("990000044", "ADT^A01", Ids.random("c"), "PV1|1|O");
        String bytes = Base64.getEncoder()
                .encodeToString(
                        hl7("990000044", "ADT^A01", Ids.random("c"), "PV1|1|O").getBytes());
        String type = "\"type\":\"fr.relais.hl7v2.received.v1\"";
        String asText = event(type + ",\"data\":" + json.writeValueAsString(text));
        String asBytes = event(type + ",\"data_base64\":\"" + bytes + "\"");
        String unknown = event("\"type\":\"com.example.someevent\",\"subject\":null,\"data\":{\"appinfoA\":\"abc\"}");

        JsonNode taken = ok(feed(
                        "application/cloudevents-batch+json", "[" + asText + "," + asBytes + "," + unknown + "]"))
                .path("acknowledgements");
        assertThat(taken).extracting(each -> each.path("code").asString()).containsExactly("AA", "AA", "AA");
        assertThat(ok(feed("application/cloudevents+json", asText))
                        .path("acknowledgements")
                        .path(0)
                        .path("repeat")
                        .asBoolean())
                .isTrue();
        assertThat(get("operator-odile", "/api/v1/hospital-messages?reason=event-type-unknown")
                        .body())
                .contains("com.example.someevent");
        assertThat(ok(feed("application/cloudevents-batch+json", "[]")).path("acknowledgements"))
                .isEmpty();

        for (String invalid : List.of(
                "[" + asText + "]",
                "{",
                asText.replace("\"1.0\"", "\"0.3\""),
                event(type),
                event(type + ",\"data_base64\":\"... no base64 ...\""),
                event(type + ",\"time\":\"yesterday\",\"data\":\"MSH\""),
                event("\"data\":\"x\""))) {
            HttpResponse<String> answer = feed("application/cloudevents+json", invalid);
            assertThat(answer.statusCode()).as(invalid).isEqualTo(400);
            assertThat(answer.body()).contains("cloud-event-invalid");
        }
    }

    @Test
    void triage_is_read_by_position_and_worked_by_operators_and_only_listed_for_the_ward() throws Exception {
        String doubtful = hl7("990000044", "", Ids.random("c"), "PV1|1|O|||||||||||||||||v" + ipp);
        String id = ok(feed("application/hl7-v2", doubtful))
                .path("acknowledgements")
                .path(0)
                .path("message")
                .asString();
        String path = "/api/v1/hospital-messages/" + id;

        assertThat(ok(get("ward-farida", path)).path("reason").path("code").asString())
                .isEqualTo("kind-missing");
        assertThat(ok(get("ward-farida", path)).path("reason").path("words").asString())
                .isEqualTo("le genre du message (MSH-9) manque");
        assertThat(get("ward-farida", "/api/v1/hospital-messages?limit=100").body())
                .contains(id);
        assertThat(get("ward-farida", "/api/v1/hospital-messages?status=rejected")
                        .body())
                .contains("\"items\":[]");
        assertThat(get("ward-farida", path + "/content").statusCode()).isEqualTo(403);
        await().untilAsserted(
                        () -> assertThat(ok(get("ward-farida", "/api/v1/hospital-messages/quality?facility=990000044"))
                                        .path("items")
                                        .path(0)
                                        .path("counts")
                                        .path("triaged")
                                        .asLong())
                                .isPositive());
        assertThat(get("ward-farida", "/api/v1/hospital-messages/quality?by=day")
                        .body())
                .contains("990000044")
                .doesNotContain("OTHER-HOSPITAL");
        assertThat(get("coordinator-gael", "/api/v1/hospital-messages/quality").statusCode())
                .isEqualTo(403);
        assertThat(post("ward-farida", path + "/retries", null).statusCode()).isEqualTo(403);
        assertThat(get("nurse-anne", path).statusCode()).isEqualTo(403);
        assertThat(get("operator-odile", "/api/v1/hospital-messages/message-nobody")
                        .statusCode())
                .isEqualTo(404);

        JsonNode content = ok(get("operator-odile", path + "/content"));
        assertThat(content.path("segments").path(1).path("name").asString()).isEqualTo("PID");
        assertThat(content.path("segments")
                        .path(1)
                        .path("fields")
                        .path(1)
                        .path("position")
                        .asInt())
                .isEqualTo(3);
        assertThat(content.path("segments")
                        .path(0)
                        .path("fields")
                        .path(3)
                        .path("value")
                        .asString())
                .isEqualTo("990000044");

        String corrected = json.writeValueAsString(hl7("990000044", "ADT^A01", Ids.random("c"), "PV1|1|O"));
        assertThat(post("operator-odile", path + "/corrections", "{\"text\":\"hello\"}")
                        .statusCode())
                .isEqualTo(400);
        JsonNode original = ok(post("operator-odile", path + "/corrections", "{\"text\":" + corrected + "}"));
        assertThat(original.path("status").asString()).isEqualTo("corrected");
        assertThat(original.path("decisions").path(0).path("by").asString()).isEqualTo("operator:odile");
        assertThat(ok(get(
                                "operator-odile",
                                "/api/v1/hospital-messages/"
                                        + original.path("correctedBy").asString()))
                        .path("corrects")
                        .asString())
                .isEqualTo(id);
        assertThat(post("operator-odile", path + "/dismissals", "{\"reason\":\"late\"}")
                        .statusCode())
                .isEqualTo(409);
    }

    private String event(String members) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + Ids.random("e") + "\",\"source\":\"/hospital\"," + members + "}";
    }

    private String hl7(String facility, String kind, String control, String pv1) {
        return "MSH|^~\\&|GAM|" + facility + "|RELAIS|RELAIS|20260309111154||" + kind + "|" + control
                + "|P|2.5\rPID|1||" + ipp + "^^^990000044&990000044&N^PI\r" + pv1 + "\r";
    }

    private HttpResponse<String> feed(String mediaType, String body) throws Exception {
        return post("hospital-feed", "/api/v1/hospital-messages", mediaType, body);
    }

    private HttpResponse<String> post(String persona, String path, String mediaType, String body) throws Exception {
        return send(request(persona, path)
                .header("Content-Type", mediaType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    // HTTP

    private String choice(String role, Party party) {
        return "{\"role\":\"" + role + "\",\"party\":{\"kind\":\"" + party.kind() + "\",\"id\":\"" + party.id()
                + "\"}}";
    }

    private String inclusion(String... choices) {
        return "{\"template\":\"discharge-home\",\"commune\":\"23096\",\"coordinator\":\"990000051\","
                + "\"patient\":{\"ipp\":{\"value\":\"" + ipp + "\",\"authority\":\"990000044\"}},"
                + "\"informed\":{\"at\":\"" + clock.instant().minusSeconds(600) + "\",\"how\":\"oral\"},"
                + "\"choices\":[" + String.join(",", choices) + "]}";
    }

    private String included(String... choices) throws Exception {
        return includedIn("discharge-home", choices);
    }

    private String includedIn(String template, String... choices) throws Exception {
        HttpResponse<String> answer = post(
                "ward-farida",
                "/api/v1/inclusions",
                inclusion(choices).replace("\"discharge-home\"", "\"" + template + "\""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json.readTree(answer.body()).path("id").asString();
    }

    /** The handoff of a step that is offered to a persona, once it is in their worklist. */
    private String offered(String persona, String pathway, String step) {
        String prefix = pathway.replace("pathway-", "handoff-");
        String act = switch (step) {
            case VISIT -> "nursing.first-visit";
            case "gp-visit" -> "medical.visit";
            case "nurse-weekly" -> "nursing.heart-failure-follow-up";
            default -> "pharmacy.reconciliation";
        };
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            for (JsonNode row : ok(get(persona, "/api/v1/handoffs?status=offered&limit=100"))
                                    .path("items")) {
                                if (row.path("id").asString().startsWith(prefix)
                                        && row.path("terms")
                                                .path("acts")
                                                .path(0)
                                                .asString()
                                                .equals(act)) {
                                    return row.path("id").asString();
                                }
                            }
                            return "";
                        },
                        id -> !id.isEmpty());
    }

    private void letPass(Duration time) throws IOException {
        ahead = ahead.plus(time);
        Files.writeString(CLOCK, ahead.toString());
    }

    private HttpRequest.Builder request(String persona, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", TestTokens.bearer(persona));
    }

    private HttpResponse<String> get(String persona, String path) throws Exception {
        return send(request(persona, path));
    }

    private HttpResponse<String> post(String persona, String path, String body) throws Exception {
        return send(request(persona, path)
                .header("Content-Type", "application/json")
                .POST(body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
        return json.readTree(answer.body());
    }
}
