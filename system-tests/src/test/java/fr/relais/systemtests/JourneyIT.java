package fr.relais.systemtests;

import static fr.relais.systemtests.RelaisUnderTest.DIRECTORY;
import static fr.relais.systemtests.RelaisUnderTest.NOTIFICATION;
import static fr.relais.systemtests.RelaisUnderTest.PATHWAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.events.Generated;
import fr.relais.localstack.demo.Stories;
import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.frontdoor.LiveStream;
import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.frontdoor.Stay;
import fr.relais.localstack.frontdoor.WebhookReceiver;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.persona.TokenServer;
import fr.relais.systemtests.audit.Audit;
import fr.relais.systemtests.audit.Auditor;
import fr.relais.systemtests.audit.Identity;
import fr.relais.systemtests.audit.Ledger;
import fr.relais.systemtests.audit.Sources;
import fr.relais.systemtests.site.FormBrowser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One stay and one pathway, and a second whose discharge is cancelled, through real processes: HL7 over MLLP and HTTP in,
 * live streams and a webhook out. Each service in turn is stopped and started in the midst of it. The chapters build on
 * each other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JourneyIT {

    private static final String HOSPITAL = "990000044";
    private static final String CPTS = "990000051";
    private static final String NURSES_CABINET = "990000028";

    private static final Stay JEANNE =
            new Stay(HOSPITAL, "IPP7001", "V7001", "EXEMPLE-PARCOURS", "JEANNE", "19440312", "F", "244039999900168");
    private static final Stay MARCEL =
            new Stay(HOSPITAL, "IPP7002", "V7002", "EXEMPLE-ANNULE", "MARCEL", "19380705", "M", "138079999900287");

    private static final Stay LUCIE =
            new Stay(HOSPITAL, "IPP7003", "V7003", "EXEMPLE-PORTES", "LUCIE", "19510922", "F", "251122A99900387");
    private static final Stay COLETTE =
            new Stay(HOSPITAL, "IPP7004", "V7004", "EXEMPLE-CONSOLE", "COLETTE", "19470530", "F", "247059999900447");
    private static final String WRITE_DOCS =
            "./mvnw -pl system-tests -am verify -Dtest=NoneAtAll -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dit.test=JourneyIT -Dfailsafe.failIfNoSpecifiedTests=false -Drelais.docs=write";

    private final Ledger ledger = Ledger.inMemory();
    private RelaisUnderTest relais;
    private WebhookReceiver software;
    private LiveStream coordinatorLive;
    private LiveStream nurseInboxLive;
    private String jeanne;
    private String marcel;
    private Instant marcelDischarged;

    @BeforeAll
    void start(@TempDir Path data) throws IOException {
        relais = RelaisUnderTest.start(data);
        // At night nobody's software is told of an offer before the morning.
        ZonedDateTime now = relais.now().atZone(ZoneId.of("Europe/Paris"));
        ZonedDateTime ten = now.with(LocalTime.of(10, 0));
        relais.move(Duration.between(now, ten.isAfter(now) ? ten : ten.plusDays(1)));
        software = WebhookReceiver.start(received -> {});
    }

    @AfterAll
    void stop() {
        if (software != null) {
            software.close();
        }
        if (relais != null) {
            relais.close();
        }
    }

    @Test
    @Order(1)
    void the_directory_is_loaded_and_people_listen() {
        JsonNode report = relais.loadDirectory().ok();
        assertThat(report.path("rejected").asInt()).as(report.toString()).isZero();
        assertThat(report.path("accepted").asInt()).isGreaterThan(10);
        eventually()
                .untilAsserted(() -> assertThat(relais.as("coordinator-gael", DIRECTORY)
                                .get("/api/v1/candidates?profession=60&commune=23096")
                                .ok()
                                .toString())
                        .contains(NURSES_CABINET));

        String chloe = Personas.get("nurse-chloe").id();
        JsonNode hook = relais.as("nurse-chloe", NOTIFICATION)
                .put("/api/v1/webhooks/person:" + chloe, Map.of("url", software.url()))
                .ok();
        software.secret(hook.path("secret").asString());
        coordinatorLive = relais.follow("coordinator-gael", PATHWAY, event -> {});
        nurseInboxLive = relais.follow("nurse-anne", NOTIFICATION, event -> {});
    }

    @Test
    @Order(2)
    void a_stay_arrives_and_the_ward_includes_the_patient() throws IOException {
        assertThat(send(JEANNE.admitted(relais.now().minus(Duration.ofDays(4)))))
                .isEqualTo("AA");
        jeanne = include(JEANNE, "jeanne");
        assertThat(include(JEANNE, "jeanne")).as("the same Idempotency-Key").isEqualTo(jeanne);
        eventually()
                .untilAsserted(() ->
                        assertThat(pathway(jeanne).path("status").asString()).isEqualTo("waiting-for-discharge"));
    }

    @Test
    @Order(3)
    void the_discharge_starts_it_and_everybody_is_asked() throws IOException {
        assertThat(send(JEANNE.dischargePlanned(relais.now(), relais.now().plus(Duration.ofHours(3)))))
                .isEqualTo("AA");
        // The directory is away while it is asked, and answers when it is back.
        relais.stopService(DIRECTORY);
        assertThat(send(JEANNE.discharged(relais.now(), "8"))).isEqualTo("AA");
        offerTo("gp-alice", "medical.visit");
        relais.startService(DIRECTORY);

        eventually().untilAsserted(() -> {
            JsonNode body = pathway(jeanne);
            assertThat(body.path("status").asString()).isEqualTo("running");
            for (JsonNode step : body.path("steps")) {
                assertThat(step.path("responsible").asString())
                        .as(step.toString())
                        .isNotEmpty();
                assertThat(step.path("dueAt").asString("")).as(step.toString()).isNotEmpty();
            }
        });
    }

    @Test
    @Order(4)
    void of_two_rivals_one_wins_and_the_other_is_told_who_has_it() throws Exception {
        JsonNode offer = nurseOffer();
        assertThat(offer.path("patient").isMissingNode()
                        || offer.path("patient").isNull())
                .as("before acceptance nothing says who it is: " + offer)
                .isTrue();
        assertThat(offer.toString()).doesNotContain(JEANNE.familyName(), JEANNE.ins(), JEANNE.ipp(), HOSPITAL);
        String accept = "/api/v1/handoffs/" + offer.path("id").asString() + "/accept";
        List<Api.Answer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Api.Answer>> rivals = List.of(
                    () -> relais.as("nurse-anne", PATHWAY).post(accept),
                    () -> relais.as("nurse-brahim", PATHWAY).post(accept));
            for (var each : threads.invokeAll(rivals)) {
                answers.add(each.get());
            }
        }
        assertThat(answers).extracting(Api.Answer::status).containsExactlyInAnyOrder(200, 409);
        Api.Answer lost = answers.stream()
                .filter(answer -> answer.status() == 409)
                .findFirst()
                .orElseThrow();
        assertThat(lost.body().path("code").asString()).isEqualTo("handoff-already-taken");
        assertThat(lost.body().toString())
                .containsAnyOf(
                        Personas.get("nurse-anne").id(),
                        Personas.get("nurse-brahim").id());
        eventually()
                .untilAsserted(() -> assertThat(
                                step(jeanne, "nurse-first-visit").path("status").asString())
                        .isEqualTo("accepted"));
    }

    @Test
    @Order(5)
    void nobody_acts_on_or_sees_what_is_anothers() {
        JsonNode offer = offerTo("pharmacist-david", "pharmacy.reconciliation");
        String id = offer.path("id").asString();
        Api stranger = relais.as("physio-ines", PATHWAY);
        Api.Answer foreign = stranger.post("/api/v1/handoffs/" + id + "/accept");
        Api.Answer missing = stranger.post("/api/v1/handoffs/" + id + "0/accept");
        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.body().path("code")).isEqualTo(missing.body().path("code"));
        assertThat(foreign.body().path("detail")).isEqualTo(missing.body().path("detail"));
        assertThat(stranger.get("/api/v1/handoffs/" + id).status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/pathways/" + jeanne).status()).isEqualTo(404);
        assertThat(stranger.get("/api/v1/pathways/" + jeanne + "/timeline").status())
                .isEqualTo(404);
        assertThat(relais.asNobody(PATHWAY).get("/api/v1/handoffs").status()).isEqualTo(401);
        assertThat(relais.as("secretary-sophie", PATHWAY)
                        .post("/api/v1/handoffs/"
                                + offerTo("gp-alice", "medical.visit")
                                        .path("id")
                                        .asString() + "/accept")
                        .status())
                .isIn(403, 404);
        assertThat(relais.as("hospital-feed", PATHWAY).get("/api/v1/handoffs").status())
                .isEqualTo(403);
    }

    @Test
    @Order(6)
    void one_declines_and_another_is_asked_while_notices_are_away() {
        relais.stopService(NOTIFICATION);
        JsonNode toAlice = offerTo("gp-alice", "medical.visit");
        relais.as("gp-alice", PATHWAY)
                .post("/api/v1/handoffs/" + toAlice.path("id").asString() + "/decline", Map.of("reason", "full"))
                .ok();
        JsonNode toHugo = offerTo("gp-hugo", "medical.visit");
        relais.as("gp-hugo", PATHWAY)
                .post("/api/v1/handoffs/" + toHugo.path("id").asString() + "/accept")
                .ok();
        relais.startService(NOTIFICATION);

        // What happened meanwhile is told to the ward; an offer that was answered before it could be told is not.
        eventually().untilAsserted(() -> assertThat(inbox("ward-farida")).contains("DECLINED", "ACCEPTED"));
        eventually()
                .untilAsserted(() -> assertThat(
                                step(jeanne, "gp-visit").path("responsible").asString())
                        .isEqualTo("person:" + Personas.get("gp-hugo").id()));
    }

    @Test
    @Order(7)
    void the_pharmacist_the_ward_and_the_nurse_finish() {
        JsonNode offer = offerTo("pharmacist-david", "pharmacy.reconciliation");
        act("pharmacist-david", offer, "accept").ok();
        relais.stopService(PATHWAY);
        relais.startService(PATHWAY);
        act("pharmacist-david", offer, "complete").ok();
        relais.as("ward-farida", PATHWAY)
                .post("/api/v1/pathways/" + jeanne + "/steps/letter/complete", Map.of())
                .ok();
        String nurse = Stream.of("nurse-anne", "nurse-brahim")
                .filter(persona -> handoff(persona, "accepted", "nursing.first-visit")
                        .filter(item -> ("person:" + Personas.get(persona).id())
                                .equals(item.path("by").asString("")))
                        .isPresent())
                .findFirst()
                .orElseThrow();
        act(nurse, handoff(nurse, "accepted", "nursing.first-visit").orElseThrow(), "complete")
                .ok();
        eventually()
                .untilAsserted(() -> assertThat(List.of(
                                step(jeanne, "medication-reconciliation")
                                        .path("status")
                                        .asString(),
                                step(jeanne, "letter").path("status").asString(),
                                step(jeanne, "nurse-first-visit").path("status").asString()))
                        .containsOnly("done"));
    }

    @Test
    @Order(8)
    void what_is_late_is_escalated_once_per_level() {
        relais.move(Duration.ofDays(8));
        eventually()
                .untilAsserted(() -> assertThat(
                                step(jeanne, "gp-visit").path("overdue").asBoolean())
                        .isTrue());
        for (int level = 1; level <= 3; level++) {
            int reached = level;
            if (step(jeanne, "gp-visit").path("level").asInt() < level) {
                relais.move(Duration.ofHours(25));
            }
            eventually()
                    .untilAsserted(() -> assertThat(
                                    step(jeanne, "gp-visit").path("level").asInt())
                            .isGreaterThanOrEqualTo(reached));
        }
        List<String> types = timeline(jeanne);
        assertThat(types.stream().filter(type -> type.startsWith("pathway.step-overdue")))
                .hasSize(1);
        assertThat(types.stream().filter(type -> type.startsWith("pathway.step-escalated")))
                .hasSize(3);
        assertThat(relais.as("coordinator-gael", PATHWAY)
                        .get("/api/v1/worklist?kind=late")
                        .ok()
                        .toString())
                .contains(jeanne)
                .doesNotContain(JEANNE.familyName());
        eventually().untilAsserted(() -> assertThat(inbox("gp-hugo")).contains("OVERDUE"));
    }

    @Test
    @Order(9)
    void the_last_step_closes_the_pathway() {
        JsonNode held = eventually()
                .until(() -> handoff("gp-hugo", "accepted", "medical.visit"), Optional::isPresent)
                .orElseThrow();
        act("gp-hugo", held, "complete").ok();
        eventually()
                .untilAsserted(() ->
                        assertThat(pathway(jeanne).path("status").asString()).isEqualTo("closed"));
        assertThat(pathway(jeanne).path("closeReason").asString()).isEqualToIgnoringCase("completed");
    }

    @Test
    @Order(10)
    void a_cancelled_discharge_takes_back_what_it_started() throws IOException {
        assertThat(send(MARCEL.admitted(relais.now().minus(Duration.ofDays(2)))))
                .isEqualTo("AA");
        marcel = include(MARCEL, "marcel");
        marcelDischarged = relais.now();
        assertThat(send(MARCEL.discharged(marcelDischarged, "8"))).isEqualTo("AA");
        JsonNode offer = nurseOffer();
        act("nurse-anne", offer, "accept").ok();
        JsonNode toDavid = offerTo("pharmacist-david", "pharmacy.reconciliation");

        assertThat(send(MARCEL.dischargeCancelled(relais.now(), marcelDischarged)))
                .isEqualTo("AA");

        eventually().untilAsserted(() -> {
            assertThat(pathway(marcel).path("status").asString()).isEqualTo("waiting-for-discharge");
            assertThat(handoffStatus("nurse-anne", offer)).isEqualTo("withdrawn");
            assertThat(handoffStatus("pharmacist-david", toDavid)).isEqualTo("withdrawn");
        });
        eventually()
                .untilAsserted(() -> assertThat(
                                inboxAbout("nurse-anne", offer.path("id").asString()))
                        .as("Anne had accepted: she is told, visibly, that it does not hold")
                        .containsAnyOf("CORRECTED", "VISIT_CANCELLED"));
        for (JsonNode step : pathway(marcel).path("steps")) {
            assertThat(step.path("dueAt").asString(""))
                    .as("no delay runs: " + step)
                    .isEmpty();
            assertThat(step.path("responsible").asString()).isEqualTo("structure:" + HOSPITAL);
        }
    }

    @Test
    @Order(11)
    void messages_that_matter_to_nobody_are_acknowledged_and_kept() throws IOException {
        String transfer = JEANNE.admitted(relais.now()).replace("ADT^A01^ADT_A01", "ADT^A02^ADT_A02");
        assertThat(send(transfer)).isEqualTo("AA");
        assertThat(send("this is no message")).isEqualTo("AR");
        // Moved to another unit: understood, and nobody's concern while no pathway follows the patient.
        eventually()
                .untilAsserted(() -> assertThat(Stream.of("processed", "ignored")
                                .map(status -> relais.as("operator-odile", PATHWAY)
                                        .get("/api/v1/hospital-messages?status=" + status)
                                        .ok()
                                        .toString()))
                        .anyMatch(page -> page.contains("A02")));
    }

    @Test
    @Order(12)
    void people_were_told_live_and_by_webhook_each_once() {
        eventually()
                .untilAsserted(() -> assertThat(coordinatorLive.events())
                        .extracting(LiveStream.Event::data)
                        .anySatisfy(data -> assertThat(data).contains(jeanne)));
        eventually().untilAsserted(() -> assertThat(nurseInboxLive.events()).isNotEmpty());
        eventually().untilAsserted(() -> assertThat(software.received()).isNotEmpty());
        assertThat(software.received()).allSatisfy(received -> {
            assertThat(received.authentic()).isTrue();
            assertThat(received.body()).doesNotContain(JEANNE.familyName(), JEANNE.ipp(), JEANNE.ins(), jeanne);
        });
        assertThat(software.received().stream().map(WebhookReceiver.Received::delivery))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("fr.relais.localstack.demo.Stories#names")
    @Order(13)
    void each_story_of_the_demonstration_plays_to_its_end(String story) {
        Stories.play(story, relais.layout(), relais::token, System.out);
    }

    @Test
    @Order(14)
    void each_service_describes_its_api() {
        for (String service : RelaisUnderTest.SERVICES) {
            JsonMapper mapper = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();
            // As a map, for its keys to be in order: properties found by reflection come in another one in each JVM.
            String document = mapper.writeValueAsString(mapper.convertValue(description(service), Map.class));
            Generated.same("docs/api/" + service + ".json", document + "\n", WRITE_DOCS);
        }
    }

    @Test
    @Order(15)
    void each_door_opens_to_whom_it_should_and_hides_what_is_others() throws IOException {
        AccessTable table = new AccessTable(relais, lucie());
        Map<String, JsonNode> documents = new LinkedHashMap<>();
        RelaisUnderTest.SERVICES.forEach(service -> documents.put(service, description(service)));

        List<String> wrong = table.tryAll(documents);
        if ("write".equals(System.getProperty("relais.docs"))) {
            Generated.same("docs/access.md", table.document(WRITE_DOCS), WRITE_DOCS);
        }
        assertThat(wrong).as("what is wrong with the doors").isEmpty();

        Generated.same("docs/access.md", table.document(WRITE_DOCS), WRITE_DOCS);
    }

    private JsonNode description(String service) {
        return relais.as("operator-odile", service).get("/v3/api-docs").ok();
    }

    // Home since today; the nurse has accepted, the GP and the officine are asked.
    private AccessTable.Scene lucie() throws IOException {
        assertThat(send(LUCIE.admitted(relais.now().minus(Duration.ofDays(3))))).isEqualTo("AA");
        String pathway = include(LUCIE, "lucie");
        assertThat(send(LUCIE.discharged(relais.now(), "8"))).isEqualTo("AA");
        JsonNode held = offerTo("nurse-anne", "nursing.first-visit");
        act("nurse-anne", held, "accept").ok();
        JsonNode asked = offerTo("gp-alice", "medical.visit");
        eventually()
                .untilAsserted(() -> assertThat(step(pathway, "nurse-first-visit")
                                .path("status")
                                .asString())
                        .isEqualTo("accepted"));
        String patient = pathway(pathway).path("patient").asString();
        String handoff = held.path("id").asString();
        return new AccessTable.Scene(
                Map.of(
                        "pathways", pathway,
                        "handoffs", handoff,
                        "patients", patient,
                        "steps", "nurse-first-visit",
                        "professionals", Personas.get("gp-alice").id(),
                        "structures", NURSES_CABINET,
                        "webhooks", "person:" + Personas.get("nurse-anne").id()),
                List.of(pathway, handoff, asked.path("id").asString(), patient, LUCIE.familyName(), LUCIE.ins()));
    }

    @Test
    @Order(16)
    void a_nurse_accepts_in_her_browser_and_the_coordinators_board_shows_it() throws IOException {
        assertThat(send(COLETTE.admitted(relais.now().minus(Duration.ofDays(2)))))
                .isEqualTo("AA");
        String colette = include(COLETTE, "colette");
        assertThat(send(COLETTE.discharged(relais.now(), "8"))).isEqualTo("AA");
        String offer = eventually()
                .until(() -> offerOf("nurse-anne", colette), Optional::isPresent)
                .orElseThrow();

        String console = relais.site().addConsole().url();
        TokenServer issuer = relais.site().issuer();
        issuer.nextToLogIn("coordinator-gael");
        FormBrowser board = new FormBrowser(console);
        assertThat(board.open("/board").body()).contains("Tableau de bord", "Gaël LIEN");
        String accepted = "/board?kind=open&status=accepted";
        assertThat(board.open(accepted).body()).doesNotContain(colette);

        issuer.nextToLogIn("nurse-anne");
        FormBrowser nurse = new FormBrowser(console);
        HttpResponse<String> inbox = nurse.open("/inbox");
        assertThat(inbox.body()).contains("Anne TOURNEE").doesNotContain(COLETTE.familyName());
        HttpResponse<String> taken = nurse.send(inbox, "/inbox/" + offer + "/accept");
        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(taken.body()).contains("vous en êtes responsable");
        assertThat(nurse.open("/pathways/" + colette).body())
                .as("whoever has accepted knows whom to go to")
                .contains(COLETTE.familyName());

        eventually().untilAsserted(() -> assertThat(board.open(accepted).body()).contains("/pathways/" + colette));
        assertThat(board.open(accepted).body()).doesNotContain(COLETTE.familyName());
        assertThat(board.open("/machine-room").statusCode()).isEqualTo(403);
    }

    @Test
    @Order(17)
    void the_projections_of_all_services_agree() {
        eventually().untilAsserted(() -> {
            for (String persona : List.of("nurse-anne", "nurse-chloe", "gp-alice", "gp-hugo", "pharmacist-david")) {
                List<String> mine = openHandoffs(persona);
                String id = Personas.get(persona).id();
                assertThat(directoryHandoffs(persona, id))
                        .as(persona + " in the directory")
                        .containsAll(mine);
            }
        });
    }

    @Test
    @Order(18)
    void an_audit_of_all_that_happened_finds_nothing() {
        for (Stay stay : List.of(JEANNE, MARCEL, LUCIE, COLETTE)) {
            ledger.identity(new Identity(
                    stay.familyName(),
                    stay.givenName(),
                    stay.ins(),
                    LocalDate.parse(stay.born(), DateTimeFormatter.BASIC_ISO_DATE),
                    stay.ipp(),
                    null));
        }
        software.received().forEach(received -> told(Ledger.Way.WEBHOOK, "nurse-chloe", received.body()));
        coordinatorLive.events().forEach(event -> told(Ledger.Way.SSE, "coordinator-gael", event.data()));
        nurseInboxLive.events().forEach(event -> told(Ledger.Way.SSE, "nurse-anne", event.data()));
        // The stories took Chloé's address and are gone: what waits for them comes here, once it is tried again.
        relais.as("nurse-chloe", NOTIFICATION)
                .put("/api/v1/webhooks/person:" + Personas.get("nurse-chloe").id(), Map.of("url", software.url()))
                .ok();
        relais.move(Duration.ofDays(1));

        Audit audit = Auditor.of(sources(), ledger).audit(Duration.ofSeconds(60));

        assertThat(audit.isClean()).as(audit.toString()).isTrue();
        assertThat(audit.counts().get("events")).isGreaterThan(100);
    }

    private Sources sources() {
        Map<String, String> databases = new LinkedHashMap<>();
        Map<String, Api> operators = new LinkedHashMap<>();
        for (String service : RelaisUnderTest.SERVICES) {
            databases.put(service, relais.site().mongoUri(service));
            operators.put(service, relais.as("operator-odile", service));
        }
        return new Sources(
                databases,
                relais.site().bootstrapServers(),
                RelaisUnderTest.SERVICES.stream().map(relais::log).toList(),
                operators,
                relais::now);
    }

    // Which delivery it was is not said: the stories had receivers of their own, who kept nothing.
    private void told(Ledger.Way way, String persona, String body) {
        ledger.receipt(way, persona, null, null, Instant.now(), body);
    }

    // ---- what the chapters are made of

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions();
    }

    // As interface engines do after a broken connection: connect anew.
    private String send(String message) throws IOException {
        try (Mllp hospital = relais.mllp()) {
            String answer = hospital.send(message);
            String[] header = message.split("\r", 2)[0].split("\\|");
            if (header[0].equals("MSH")) {
                ledger.message(header[9], header[3], "", message, Ledger.Ack.valueOf(answer), Instant.now());
            }
            return answer;
        }
    }

    private String include(Stay stay, String key) {
        Api.Answer answer = relais.as("ward-farida", PATHWAY)
                .with("Idempotency-Key", "journey-" + key)
                .post(
                        "/api/v1/inclusions",
                        Map.of(
                                "template",
                                "discharge-home",
                                "patient",
                                Map.of("ipp", Map.of("value", stay.ipp(), "authority", HOSPITAL)),
                                "commune",
                                "23096",
                                "coordinator",
                                CPTS,
                                "informed",
                                Map.of("at", "2026-11-02T09:00:00Z", "how", "oral"),
                                "choices",
                                List.of(
                                        choice(
                                                "gp",
                                                "PERSON",
                                                Personas.get("gp-alice").id()),
                                        choice("pharmacist", "STRUCTURE", "990000036"))));
        ledger.command("journey-" + key, "ward-farida", "POST /api/v1/inclusions", answer.status(), Instant.now());
        return answer.ok().path("id").asString();
    }

    private static Map<String, Object> choice(String role, String kind, String id) {
        return Map.of("role", role, "party", Map.of("kind", kind, "id", id));
    }

    private JsonNode pathway(String id) {
        return relais.as("ward-farida", PATHWAY).get("/api/v1/pathways/" + id).ok();
    }

    private JsonNode step(String pathway, String key) {
        for (JsonNode step : pathway(pathway).path("steps")) {
            if (step.path("key").asString().equals(key)) {
                return step;
            }
        }
        throw new AssertionError("no step " + key);
    }

    private List<String> timeline(String pathway) {
        List<String> types = new ArrayList<>();
        relais.as("ward-farida", PATHWAY)
                .get("/api/v1/pathways/" + pathway + "/timeline?limit=100")
                .ok()
                .path("items")
                .forEach(line -> types.add(line.path("type").asString()));
        return types;
    }

    // An offer does not name its pathway to whoever has not accepted it; its id bears the pathway's.
    private Optional<String> offerOf(String persona, String pathway) {
        String ofIt = "handoff-" + pathway.substring("pathway-".length()) + "-";
        return relais.as(persona, PATHWAY)
                .get("/api/v1/handoffs?status=offered&limit=100")
                .ok()
                .path("items")
                .valueStream()
                .map(item -> item.path("id").asString())
                .filter(id -> id.startsWith(ofIt))
                .findFirst();
    }

    private JsonNode offerTo(String persona, String act) {
        return eventually()
                .until(() -> handoff(persona, "offered", act), Optional::isPresent)
                .orElseThrow();
    }

    // Of Jeanne and Marcel only one has an open offer to the nurses at a time.
    private JsonNode nurseOffer() {
        return offerTo("nurse-anne", "nursing.first-visit");
    }

    private Optional<JsonNode> handoff(String persona, String status, String act) {
        JsonNode page = relais.as(persona, PATHWAY)
                .get("/api/v1/handoffs?status=" + status + "&limit=100")
                .ok();
        for (JsonNode item : page.path("items")) {
            for (JsonNode each : item.path("terms").path("acts")) {
                if (each.asString().equals(act)) {
                    return Optional.of(item);
                }
            }
        }
        return Optional.empty();
    }

    private String handoffStatus(String persona, JsonNode handoff) {
        return relais.as(persona, PATHWAY)
                .get("/api/v1/handoffs/" + handoff.path("id").asString())
                .ok()
                .path("status")
                .asString();
    }

    private Api.Answer act(String persona, JsonNode handoff, String what) {
        String path = "/api/v1/handoffs/" + handoff.path("id").asString() + "/" + what;
        String key = "journey-" + ledger.commands().size();
        Api.Answer answer =
                relais.as(persona, PATHWAY).with("Idempotency-Key", key).post(path);
        ledger.command(key, persona, "POST " + path, answer.status(), Instant.now());
        return answer;
    }

    private List<String> inbox(String persona) {
        List<String> notices = new ArrayList<>();
        relais.as(persona, NOTIFICATION)
                .get("/api/v1/inbox?limit=100")
                .ok()
                .path("items")
                .forEach(item -> notices.add(item.path("notice").asString()));
        return notices;
    }

    private List<String> inboxAbout(String persona, String handoff) {
        List<String> notices = new ArrayList<>();
        for (JsonNode item : relais.as(persona, NOTIFICATION)
                .get("/api/v1/inbox?limit=100")
                .ok()
                .path("items")) {
            if (handoff.equals(item.path("handoff").asString(""))) {
                notices.add(item.path("notice").asString());
            }
        }
        return notices;
    }

    private List<String> openHandoffs(String persona) {
        List<String> ids = new ArrayList<>();
        for (String status : List.of("offered", "accepted")) {
            relais.as(persona, PATHWAY)
                    .get("/api/v1/handoffs?limit=100&status=" + status)
                    .ok()
                    .path("items")
                    .forEach(item -> ids.add(item.path("id").asString()));
        }
        return ids;
    }

    private List<String> directoryHandoffs(String persona, String id) {
        List<String> ids = new ArrayList<>();
        relais.as(persona, DIRECTORY)
                .get("/api/v1/professionals/" + id + "/handoffs?limit=100")
                .ok()
                .path("items")
                .forEach(item ->
                        ids.add(item.path("handoff").asString(item.path("id").asString(""))));
        return ids;
    }
}
