package fr.relais.directory;

import static fr.relais.directory.view.Handoff.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.directory.domain.Days;
import fr.relais.directory.domain.Entries;
import fr.relais.directory.view.Handoff;
import fr.relais.directory.view.HandoffProjector;
import fr.relais.directory.view.OpenHandoffs;
import fr.relais.directory.view.ProfessionalProjector;
import fr.relais.directory.view.StructureProjector;
import fr.relais.events.CandidateEvent.Candidate;
import fr.relais.events.CandidateEvent.Ranked;
import fr.relais.events.CandidateEvent.Reason;
import fr.relais.events.DirectoryEvent;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.EventCatalogue;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.HandoffAccepted;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.StepCompleted;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.kafka.EventSender;
import fr.relais.kit.time.RelaisClock;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.Views;
import fr.relais.localstack.LocalStack;
import fr.relais.localstack.persona.Persona;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.persona.TokenServer;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The directory as others meet it: HTTP in front, real Kafka and MongoDB behind. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryServiceIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Party CABINET = Party.structure("990000028");
    private static final String ANNE = "99700900022";
    private static final String CHLOE = "99700900048";

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newHttpClient();
    private TokenServer tokens;
    private ConfigurableApplicationContext service;
    private String address;

    @BeforeAll
    void start() {
        LocalStack.shared().startBoth();
        tokens = TokenServer.start();
        service = new SpringApplicationBuilder(DirectoryApplication.class)
                .run(
                        "--spring.mongodb.uri=" + LocalStack.shared().freshMongoUri(),
                        "--spring.kafka.bootstrap-servers="
                                + LocalStack.shared().bootstrapServers(),
                        "--relais.access.issuer=" + tokens.issuer(),
                        "--relais.register.batch=3",
                        "--relais.communes.file=" + communes(),
                        "--spring.main.banner-mode=off",
                        "--server.port=0",
                        "--management.server.port=0");
        address = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
        loadEverybody();
    }

    private static Path communes() {
        try {
            return Files.writeString(
                    Files.createTempFile("communes", ".csv"),
                    "code;name;inhabitants;main-town\n23096;Guéret;12955;\n23245;Saint-Sulpice-le-Guérétois;1892;23247\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void stop() {
        service.close();
        tokens.close();
        http.close();
    }

    /** Everybody of the development issuer, as the file that a coordinator would load. */
    private String everybody() {
        List<String> lines = new ArrayList<>();
        lines.add("kind;id;type;profession;name;commune;communes;specialties;structures;memberOf;delegateOf");
        Personas all = Personas.all();
        all.structures()
                .forEach(one -> lines.add(String.join(
                        ";",
                        "structure",
                        one.id(),
                        one.type(),
                        "",
                        one.name(),
                        one.commune(),
                        String.join(" ", one.communes()),
                        "",
                        "",
                        String.join(" ", one.memberOf()),
                        "")));
        all.personas().stream()
                .filter(Persona::isListed)
                .forEach(one -> lines.add(String.join(
                        ";",
                        "professional",
                        one.nationalId(),
                        "",
                        one.profession() == null ? "" : one.profession(),
                        one.familyName() + " " + one.givenName(),
                        "",
                        String.join(" ", one.communes()),
                        String.join(" ", one.specialties()),
                        String.join(" ", one.structures()),
                        "",
                        String.join(" ", one.delegateOf()))));
        return String.join("\n", lines) + "\n";
    }

    private void loadEverybody() {
        var first = post("coordinator-gael", "/api/v1/directory-loads", "text/csv", everybody());
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(tree(first).path("rejected").asInt()).as(first.body()).isZero();
        awaitListed("/api/v1/professionals?commune=23096&limit=100", ANNE, CHLOE);
        awaitListed("/api/v1/structures?commune=23096&limit=100", CABINET.id(), "990000051");
    }

    @Test
    void a_file_is_loaded_line_by_line_and_its_repeat_changes_nothing() {
        String withABadLine = everybody() + "professional;99700900015;;60;FAUX Numéro;;;;;;\n";

        var again = tree(post("coordinator-gael", "/api/v1/directory-loads", "text/csv", withABadLine));

        assertThat(again.path("accepted").asInt()).isZero();
        assertThat(again.path("unchanged").asInt()).isGreaterThan(15);
        assertThat(again.path("rejected").asInt()).isEqualTo(1);
        JsonNode last = again.path("lines").get(again.path("lines").size() - 1);
        assertThat(last.path("line").asInt()).isEqualTo(withABadLine.lines().count());
        assertThat(last.path("code").asString()).isEqualTo("professional-id-invalid");
        assertThat(last.path("message").asString()).contains("check it for a wrong");
    }

    @Test
    void json_lines_are_loaded_and_a_person_of_two_parted_number_is_read_changed_and_retired() {
        var report = tree(post(
                "operator-odile",
                "/api/v1/directory-loads",
                "application/x-ndjson",
                "{\"kind\":\"professional\",\"id\":\"3990000036/prep1\",\"profession\":\"39\",\"name\":\"PREP Luc\"}\n"
                        + "{\"kind\":\n"));
        assertThat(report.path("accepted").asInt()).isEqualTo(1);
        assertThat(report.path("rejected").asInt()).isEqualTo(1);

        String path = "/api/v1/professionals/3990000036/prep1";
        await().atMost(SOON).until(() -> get("nurse-anne", path).statusCode() == 200);
        var changed = send(
                "operator-odile", "PUT", path, "application/json", "{\"profession\":\"39\",\"name\":\"PREP Léa\"}");
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        var read = send(
                "nurse-anne",
                "GET",
                path,
                null,
                null,
                "Relais-At-Least",
                changed.headers().firstValue("Relais-Sequence").orElseThrow());
        assertThat(tree(read).path("name").asString()).isEqualTo("PREP Léa");
        assertThat(read.headers().firstValue("ETag"))
                .isEqualTo(changed.headers().firstValue("ETag"));

        var stale = send("operator-odile", "DELETE", path, null, null, "If-Match", "\"1\"");
        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(send("operator-odile", "DELETE", path, null, null).statusCode())
                .isEqualTo(200);
        await().atMost(SOON).until(() -> get("nurse-anne", path).statusCode() == 404);
    }

    @Test
    void professionals_and_structures_are_found_by_each_filter_and_page_by_page() {
        assertThat(ids(get("nurse-anne", "/api/v1/professionals?profession=60&commune=23096")))
                .as("in the order of names: RELEVE, SOLO, TOURNEE")
                .containsExactly("99700900030", CHLOE, ANNE);
        assertThat(ids(get("nurse-anne", "/api/v1/professionals?structure=990000028")))
                .containsExactly("99700900030", ANNE);
        assertThat(ids(get("nurse-anne", "/api/v1/professionals?specialty=SM26&commune=23193")))
                .as("general practitioners, whichever of the three codes they have")
                .contains("99700900014", "99700900071")
                .doesNotContain("99700900063");
        assertThat(get("nurse-anne", "/api/v1/professionals?commune=23096&memberOf=990000051")
                        .statusCode())
                .isEqualTo(400);
        assertThat(ids(get("nurse-anne", "/api/v1/professionals?q=solo%20ch"))).containsExactly(CHLOE);
        for (String words : List.of("anne%20tour", "TOURNÉE%20ANNE", "tournee", "anne%20tournee%20")) {
            assertThat(ids(get("nurse-anne", "/api/v1/professionals?commune=23096&q=" + words)))
                    .as(words)
                    .containsExactly(ANNE);
        }
        assertThat(ids(get("nurse-anne", "/api/v1/structures?q=prat%20infirmier%20cabinet")))
                .containsExactly(CABINET.id());
        assertThat(ids(get("nurse-anne", "/api/v1/structures?q=trois%20val&type=CPTS&commune=23176")))
                .containsExactly("990000051");
        assertThat(ids(get("nurse-anne", "/api/v1/structures?type=OFFICINE&commune=23193")))
                .containsExactly("990000036");
        assertThat(ids(get("nurse-anne", "/api/v1/structures?memberOf=990000051&q=pharmacie")))
                .containsExactly("990000036");

        List<String> all = new ArrayList<>();
        String next = null;
        do {
            var page = tree(get(
                    "nurse-anne",
                    "/api/v1/structures?memberOf=990000051&limit=2" + (next == null ? "" : "&after=" + next)));
            page.path("items").forEach(one -> all.add(one.path("id").asString()));
            next = page.path("next").isMissingNode() || page.path("next").isNull()
                    ? null
                    : page.path("next").asString();
        } while (next != null);
        assertThat(all).as("members of the CPTS").containsExactly("990000028", "990000010", "990000077", "990000036");
    }

    @Test
    void who_belonged_to_a_collective_on_a_day_is_found_and_its_retirement_ends_all_memberships() {
        String cpts = Entries.finess(31_001);
        String cabinet = Entries.finess(31_002);
        String nurse = Entries.rpps(31_003);
        put("/api/v1/structures/" + cpts, "{\"type\":\"CPTS\",\"name\":\"CPTS\",\"commune\":\"2B033\"}");
        put(
                "/api/v1/structures/" + cabinet,
                "{\"type\":\"cabinet\",\"name\":\"C\",\"commune\":\"2B033\",\"memberships\":[{\"collective\":\"" + cpts
                        + "\",\"from\":\"2024-01-01\"}]}");
        put(
                "/api/v1/professionals/" + nurse,
                "{\"profession\":\"60\",\"name\":\"N\",\"structures\":[\"" + cpts
                        + "\"],\"memberships\":[{\"collective\":\"" + cpts + "\",\"to\":\"2024-12-31\"}]}");
        String members = "memberOf=" + cpts;
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ids(get("nurse-anne", "/api/v1/structures?" + members)))
                        .containsExactly(cabinet));
        assertThat(ids(get("nurse-anne", "/api/v1/structures?" + members + "&on=2023-12-31")))
                .isEmpty();
        assertThat(ids(get("nurse-anne", "/api/v1/professionals?" + members))).isEmpty();
        assertThat(ids(get("nurse-anne", "/api/v1/professionals?" + members + "&on=2024-12-31")))
                .containsExactly(nurse);

        assertThat(send("operator-odile", "DELETE", "/api/v1/structures/" + cpts, null, null)
                        .statusCode())
                .isEqualTo(200);

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(tree(get("nurse-anne", "/api/v1/professionals/" + nurse)).path("structures"))
                    .isEmpty();
            var left = tree(get("nurse-anne", "/api/v1/structures/" + cabinet));
            assertThat(left.path("memberOf")).isEmpty();
            assertThat(left.at("/memberships/0/to").asString())
                    .isEqualTo(Days.of(service.getBean(RelaisClock.class).instant())
                            .toString());
        });
    }

    @Test
    void contacts_are_seen_by_colleagues_and_what_machines_are_told_by_operators_alone() {
        String path = "/api/v1/structures/" + Entries.finess(31_004);
        put(
                path,
                "{\"type\":\"HAD\",\"name\":\"HAD\",\"commune\":\"2B033\",\"contacts\":["
                        + "{\"kind\":\"PHONE\",\"value\":\"04 95 00 00 00\",\"use\":\"CALLS\"},"
                        + "{\"kind\":\"WEBHOOK\",\"value\":\"https://had.example.org/in\"}]}");
        await().atMost(SOON).until(() -> get("nurse-anne", path).statusCode() == 200);

        assertThat(get("nurse-anne", path).body()).contains("0495000000").doesNotContain("had.example.org");
        assertThat(get("operator-odile", path).body()).contains("https://had.example.org/in");
        assertThat(get("nurse-anne", "/api/v1/structures?commune=2B033&type=HAD")
                        .body())
                .contains("0495000000")
                .doesNotContain("had.example.org");

        put(path, "{\"type\":\"HAD\",\"name\":\"HAD 2\",\"commune\":\"2B033\"}");
        await().atMost(SOON).until(() -> get("operator-odile", path).body().contains("HAD 2"));
        assertThat(get("operator-odile", path).body())
                .as("what a body does not say stays")
                .contains("https://had.example.org/in");
        assertThat(send(
                                "operator-odile",
                                "PUT",
                                path,
                                "application/json",
                                "{\"type\":\"HAD\",\"name\":\"H\",\"commune\":\"2B033\",\"contacts\":[{\"value\":\"x\"}]}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void what_cannot_be_is_refused_with_a_title_in_the_callers_language() {
        var french = send(
                "operator-odile",
                "POST",
                "/api/v1/professionals",
                "application/json",
                "{\"id\":\"" + ANNE + "\",\"profession\":\"60\",\"name\":\"TOURNEE Anne\"}",
                "Accept-Language",
                "fr");
        assertThat(french.statusCode()).isEqualTo(409);
        assertThat(tree(french).path("title").asString()).isEqualTo("Ce professionnel est déjà dans l’annuaire");
        assertThat(tree(french).path("type").asString()).endsWith("professional-already-listed");

        var english = send(
                "operator-odile",
                "POST",
                "/api/v1/structures",
                "application/json",
                "{\"id\":\"990000011\",\"type\":\"CABINET\",\"name\":\"X\",\"commune\":\"23096\"}",
                "Accept-Language",
                "en");
        assertThat(english.statusCode()).isEqualTo(422);
        assertThat(tree(english).path("title").asString()).isEqualTo("This is no FINESS number");
        assertThat(post("operator-odile", "/api/v1/directory-loads", "application/zip", "x")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void communes_have_names_and_those_that_nobody_loaded_are_left_out() {
        JsonNode named = tree(get("nurse-anne", "/api/v1/communes?codes=23245,75056,23096,23096"));

        assertThat(named.valueStream().map(one -> one.path("name").asString()))
                .containsExactly("Saint-Sulpice-le-Guérétois", "Guéret");
        assertThat(get("hospital-feed", "/api/v1/communes?codes=23096").statusCode())
                .isEqualTo(403);
        assertThat(get("nurse-anne", "/api/v1/communes?codes=" + "23096,".repeat(200) + "23096")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_commune_is_found_by_the_beginning_of_its_name() {
        assertThat(tree(get("ward-farida", "/api/v1/communes?name=gueret")).valueStream())
                .extracting(one -> one.path("code").asString())
                .containsExactly("23096");
        assertThat(get("ward-farida", "/api/v1/communes").statusCode()).isEqualTo(400);
    }

    @Test
    void all_names_of_a_page_are_one_call() {
        String cabinet = Personas.all().structures().getFirst().id();
        HttpResponse<String> answer = post(
                "coordinator-gael",
                "/api/v1/names",
                "application/json",
                "{\"keys\":[\"person:%s\",\"structure:%s\",\"person:99700999999\"]}".formatted(ANNE, cabinet));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(tree(answer).valueStream().map(one -> one.path("key").asString()))
                .containsExactly("person:" + ANNE, "structure:" + cabinet);
        assertThat(tree(answer).path(1).path("name").asString())
                .isEqualTo(Personas.all().structures().getFirst().name());
        assertThat(post("nurse-anne", "/api/v1/names", "application/json", "{\"keys\":[\"patient:1\"]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("hospital-feed", "/api/v1/names", "application/json", "{\"keys\":[]}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post(
                                "nurse-anne",
                                "/api/v1/names",
                                "application/json",
                                "{\"keys\":[" + "\"person:1\",".repeat(500) + "\"person:1\"]}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void everybody_who_cares_reads_and_only_operators_write() {
        String body = "{\"profession\":\"60\",\"name\":\"X\"}";
        for (String reader : List.of("nurse-anne", "secretary-sophie", "ward-farida", "coordinator-gael")) {
            assertThat(get(reader, "/api/v1/professionals/" + ANNE).statusCode())
                    .as(reader)
                    .isEqualTo(200);
            assertThat(send(reader, "PUT", "/api/v1/professionals/" + ANNE, "application/json", body)
                            .statusCode())
                    .as(reader)
                    .isEqualTo(403);
            assertThat(send(reader, "DELETE", "/api/v1/structures/" + CABINET.id(), null, null)
                            .statusCode())
                    .as(reader)
                    .isEqualTo(403);
        }
        assertThat(get("hospital-feed", "/api/v1/professionals").statusCode()).isEqualTo(403);
        assertThat(post("nurse-anne", "/api/v1/directory-loads", "text/csv", "kind;id;name\n")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("nurse-anne", "/api/v1/candidates?profession=60&commune=23096")
                        .statusCode())
                .isEqualTo(403);
        assertThat(get(null, "/api/v1/professionals").statusCode()).isEqualTo(401);
    }

    @Test
    void a_coordinator_sees_who_may_be_asked_and_why() {
        var answer = tree(get(
                "coordinator-gael",
                "/api/v1/candidates?profession=60&commune=23096&circle=person:" + ANNE + "&exclude=person:" + CHLOE));

        JsonNode first = answer.path("candidates").get(0);
        assertThat(first.path("party").path("id").asString()).isEqualTo(CABINET.id());
        assertThat(first.path("name").asString()).isEqualTo("Cabinet infirmier du Prat");
        assertThat(first.path("reasons").get(0).asString()).isEqualTo("IN_CIRCLE");
        assertThat(answer.path("candidates")).hasSize(1);
        assertThat(answer.path("leftOut").toString()).contains(CHLOE).contains("ASKED_BEFORE");
        assertThat(get("coordinator-gael", "/api/v1/candidates?profession=61&commune=23096")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void complet_jusqu_au_and_away_are_said_in_one_call_and_heeded_at_once() {
        String today = Days.of(service.getBean(RelaisClock.class).instant()).toString();
        String emma = "/api/v1/professionals/99700900063";
        String cabinet = "/api/v1/structures/990000069";
        String search = "/api/v1/candidates?profession=10&specialty=SM04&commune=23096";

        var full = send(
                "cardiologist-emma",
                "PUT",
                emma + "/room",
                "application/json",
                "{\"state\":\"FULL\",\"until\":\"" + today + "\"}");
        assertThat(full.statusCode()).as(full.body()).isEqualTo(200);
        assertThat(tree(full).at("/professional/availability/room/state").asString())
                .isEqualTo("FULL");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(tree(get("coordinator-gael", search))
                                .path("leftOut")
                                .toString())
                        .contains("{\"party\":{\"kind\":\"STRUCTURE\",\"id\":\"990000069\"}")
                        .contains("FULL"));
        assertThat(send("cardiologist-emma", "DELETE", emma + "/room", null, null)
                        .statusCode())
                .isEqualTo(200);

        var away = send(
                "coordinator-gael",
                "PUT",
                cabinet + "/absences/" + today,
                "application/json",
                "{\"to\":\"" + today + "\",\"substitute\":\"person:99700900014\"}");
        assertThat(away.statusCode()).as(away.body()).isEqualTo(200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(tree(get("coordinator-gael", search))
                                .path("leftOut")
                                .toString())
                        .as("a general practitioner was named, who is no cardiologist")
                        .contains("LACKS_SPECIALTY\"],\"replaces\":[{\"kind\":\"STRUCTURE\",\"id\":\"990000069\"}]"));
        assertThat(send("cardiologist-emma", "DELETE", cabinet + "/absences/" + today, null, null)
                        .statusCode())
                .isEqualTo(200);
        await().atMost(SOON)
                .until(() -> tree(get("coordinator-gael", search))
                        .at("/candidates/0/party/id")
                        .asString()
                        .equals("990000069"));
    }

    @Test
    void room_is_said_by_themselves_by_their_secretary_and_for_a_structure_by_its_members_alone() {
        String alice = "/api/v1/professionals/99700900014/room";
        String said = "{\"state\":\"FREE\",\"until\":\""
                + Days.of(service.getBean(RelaisClock.class).instant()).plusDays(3) + "\"}";
        for (String caller : List.of("gp-alice", "secretary-sophie", "coordinator-gael", "operator-odile")) {
            assertThat(send(caller, "PUT", alice, "application/json", said).statusCode())
                    .as(caller)
                    .isEqualTo(200);
        }
        String officine = "/api/v1/structures/990000036/room";
        assertThat(send("pharmacist-david", "PUT", officine, "application/json", said)
                        .statusCode())
                .isEqualTo(200);
        for (String caller : List.of("gp-hugo", "nurse-anne", "ward-farida", "hospital-feed")) {
            assertThat(send(caller, "PUT", alice, "application/json", said).statusCode())
                    .as(caller)
                    .isEqualTo(403);
            assertThat(send(caller, "DELETE", officine, null, null).statusCode())
                    .as(caller)
                    .isEqualTo(403);
        }
        assertThat(send("secretary-sophie", "PUT", "/api/v1/professionals/99700900071/room", "application/json", said)
                        .statusCode())
                .as("a doctor for whom she does not work")
                .isEqualTo(403);

        var unknown = send(
                "gp-alice",
                "PUT",
                "/api/v1/professionals/99700900014/absences/2099-01-01",
                "application/json",
                "{\"to\":\"2099-01-02\",\"substitute\":\"structure:" + Entries.finess(31_999) + "\"}");
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(tree(unknown).path("type").asString()).endsWith("substitute-not-listed");
        assertThat(send("gp-alice", "PUT", alice, "application/json", "{}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_step_that_seeks_someone_is_answered_once_however_often_it_asks() {
        var seeks = seeks("first-visit", "search-1", "60", null);
        happened(recorded("pathway-seek", 1, seeks));
        happened(recorded("pathway-seek", 1, seeks));
        happened(recorded("pathway-seek", 2, seeks));
        happened(recorded("pathway-seek", 3, seeks("cardiologist", "search-2", "10", "SM04")));

        await().atMost(SOON).until(() -> answers("pathway-seek").size() >= 2);
        Map<String, List<Ranked>> bySearch =
                answers("pathway-seek").stream().collect(Collectors.groupingBy(Ranked::search));
        assertThat(bySearch.get("search-1")).hasSize(1);
        assertThat(bySearch.get("search-1").getFirst().candidates())
                .containsExactlyInAnyOrder(
                        new Candidate(CABINET, List.of(Reason.SERVES_COMMUNE, Reason.ROTATION)),
                        new Candidate(Party.person(CHLOE), List.of(Reason.SERVES_COMMUNE, Reason.ROTATION)));
        assertThat(bySearch.get("search-2")).hasSize(1);
        assertThat(bySearch.get("search-2").getFirst().candidates())
                .extracting(Candidate::party)
                .containsExactly(Party.structure("990000069"));
        assertThat(bySearch.get("search-2").getFirst().leftOut())
                .contains(new Candidate(Party.structure("990000010"), List.of(Reason.LACKS_SPECIALTY)));
    }

    @Test
    void whom_the_patient_chose_comes_first_and_no_more_are_named_than_are_wanted() {
        happened(recorded(
                "pathway-choice",
                1,
                new StepSeeksSomeone(
                        "first-visit",
                        "search-1",
                        "60",
                        null,
                        "23096",
                        Instant.parse("2026-03-02T14:00:00Z"),
                        List.of(),
                        List.of(),
                        Party.person(CHLOE),
                        1)));

        await().atMost(SOON).until(() -> !answers("pathway-choice").isEmpty());
        assertThat(answers("pathway-choice").getFirst().candidates())
                .containsExactly(new Candidate(
                        Party.person(CHLOE),
                        List.of(Reason.CHOSEN_BY_PATIENT, Reason.SERVES_COMMUNE, Reason.ROTATION)));
    }

    @Test
    void open_handoffs_follow_the_pathway_and_are_seen_by_those_concerned_alone() {
        String pathway = "pathway-open";
        happened(recorded(pathway, 1, Handoff.offered("open-1", CABINET)));
        happened(recorded(pathway, 2, Handoff.offered("open-2", Party.person(CHLOE))));
        await().atMost(SOON).until(() -> openWith("nurse-anne", ANNE).equals(List.of("open-1")));
        await().atMost(SOON).until(() -> openWith("nurse-chloe", CHLOE).equals(List.of("open-2")));

        happened(recorded(
                pathway,
                3,
                new HandoffAccepted("open-1", "first-visit", Party.person(ANNE), CABINET.id(), Handoff.NOON)));
        happened(recorded(
                pathway,
                4,
                new HandoffWithdrawn(
                        "open-2",
                        "first-visit",
                        PathwayEvent.WithdrawReason.TAKEN_BY_ANOTHER,
                        Party.person(ANNE),
                        Party.person(ANNE))));
        await().atMost(SOON).until(() -> openWith("nurse-chloe", CHLOE).isEmpty());
        assertThat(openWith("nurse-anne", ANNE)).containsExactly("open-1");
        assertThat(openWith("nurse-brahim", "99700900030")).isEmpty();
        assertThat(openWith("operator-odile", ANNE)).containsExactly("open-1");
        assertThat(openWith("coordinator-gael", ANNE)).containsExactly("open-1");
        assertThat(get("nurse-brahim", "/api/v1/structures/" + CABINET.id() + "/handoffs")
                        .body())
                .contains("open-1");

        assertThat(get("nurse-chloe", "/api/v1/professionals/" + ANNE + "/handoffs")
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("nurse-chloe", "/api/v1/structures/" + CABINET.id() + "/handoffs")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_structure_sees_its_times_when_enough_stands_behind_them_and_so_do_coordinators() {
        String path = "/api/v1/structures/990000036/times";
        for (int n = 1; n <= 5; n++) {
            // Long ago they were slow: what counts is of late.
            accepted("pathway-old-times-" + n, Handoff.NOON, n, 7_100);
        }
        Instant noon = service.getBean(Clock.class).instant().minus(Duration.ofDays(30));
        for (int n = 1; n <= 5; n++) {
            accepted("pathway-times-" + n, noon, n, 1_205);
            if (n == 4) {
                await().atMost(SOON)
                        .until(() -> service.getBean(OpenHandoffs.class).sequenceOf("pathway-times-4") == 4);
                assertThat(get("pharmacist-david", path).body())
                        .as("four would show somebody")
                        .doesNotContain("median");
            }
        }

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(tree(get("coordinator-gael", path))
                                .at("/times/shareOnTime")
                                .asDouble())
                        .isEqualTo(0.8));
        var times = tree(get("pharmacist-david", path)).path("times");
        assertThat(times.path("accepted").asInt()).isEqualTo(5);
        assertThat(times.path("medianMinutesToAccept").asDouble()).isBetween(15.0, 30.0);
        for (String other : List.of("nurse-anne", "ward-farida")) {
            assertThat(get(other, path).statusCode()).as(other).isEqualTo(404);
        }
        assertThat(get("hospital-feed", "/api/v1/structures/990000044/times").statusCode())
                .as("a machine sends and sees nothing, of its own hospital either")
                .isEqualTo(403);
    }

    private void accepted(String pathway, Instant noon, int n, long seconds) {
        String officine = "990000036";
        String handoff = "h-" + pathway;
        Party by = Party.person(Entries.rpps(32_000 + n % 3));
        happened(recorded(pathway, 1, noon, Handoff.scheduled(noon.plusSeconds(7_200))));
        happened(recorded(pathway, 2, noon, Handoff.offered(handoff, Party.structure(officine))));
        happened(recorded(
                pathway,
                3,
                noon,
                new HandoffAccepted(handoff, "first-visit", by, officine, noon.plusSeconds(seconds))));
        happened(recorded(
                pathway,
                4,
                noon,
                new StepCompleted("first-visit", handoff, by, noon.plusSeconds(n == 5 ? 7_201 : 3_600))));
    }

    @Test
    void the_compacted_topic_holds_each_entry_whole() throws Exception {
        Map<String, DirectoryEvent> last = Topic.events("relais.directory").stream()
                .collect(Collectors.toMap(
                        RecordedEvent::stream,
                        event -> (DirectoryEvent) event.event().orElseThrow(),
                        (before, after) -> after));

        assertThat(last.get("professional-" + ANNE))
                .isEqualTo(new ProfessionalListed(
                        ANNE,
                        "60",
                        "TOURNEE Anne",
                        List.of(),
                        List.of(CABINET.id()),
                        List.of("23096", "23193"),
                        List.of()));
        assertThat(cleanupPolicyOf("relais.directory")).isEqualTo("compact");
        assertThat(cleanupPolicyOf("relais.candidates")).isEqualTo("delete");
    }

    @Test
    void each_view_rebuilt_from_the_topics_equals_the_live_one() {
        for (Projector<?> projector : List.of(
                service.getBean(ProfessionalProjector.class),
                service.getBean(StructureProjector.class),
                service.getBean(HandoffProjector.class))) {
            await().atMost(SOON).untilAsserted(() -> {
                var rebuilt = service.getBean(Views.class).rebuild(projector);
                assertThat(rebuilt.differences()).as(projector.name()).isEmpty();
            });
        }
    }

    private static StepSeeksSomeone seeks(String step, String search, String profession, String specialty) {
        return new StepSeeksSomeone(
                step,
                search,
                profession,
                specialty,
                "23096",
                Instant.parse("2026-03-02T14:00:00Z"),
                List.of(),
                List.of());
    }

    private void happened(RecordedEvent event) {
        service.getBean(EventSender.class)
                .send(EventCatalogue.standard(), event)
                .join();
    }

    private static List<Ranked> answers(String pathway) {
        return Topic.events("relais.candidates").stream()
                .map(event -> (Ranked) event.event().orElseThrow())
                .filter(ranked -> ranked.pathway().equals(pathway))
                .toList();
    }

    private static String cleanupPolicyOf(String topic) throws ExecutionException, InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers()))) {
            return admin.describeConfigs(List.of(resource))
                    .all()
                    .get()
                    .get(resource)
                    .get("cleanup.policy")
                    .value();
        }
    }

    private List<String> openWith(String caller, String professional) {
        return ids(get(caller, "/api/v1/professionals/" + professional + "/handoffs"));
    }

    private void awaitListed(String path, String... ids) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(ids(get("nurse-anne", path))).contains(ids));
    }

    private List<String> ids(HttpResponse<String> page) {
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        return StreamSupport.stream(tree(page).path("items").spliterator(), false)
                .map(one -> one.path("id").asString())
                .toList();
    }

    private JsonNode tree(HttpResponse<String> answer) {
        return json.readTree(answer.body());
    }

    private HttpResponse<String> get(String caller, String path) {
        return send(caller, "GET", path, null, null);
    }

    private HttpResponse<String> post(String caller, String path, String type, String body) {
        return send(caller, "POST", path, type, body);
    }

    private void put(String path, String body) {
        var answer = send("operator-odile", "PUT", path, "application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> send(
            String caller, String method, String path, String type, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(SOON)
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (caller != null) {
            request.header("Authorization", "Bearer " + tokens.tokens().token(caller));
        }
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
