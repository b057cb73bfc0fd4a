package fr.relais.pathway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.kit.access.TestTokens;
import fr.relais.pathway.view.Colleagues;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Lists and counters, for each of those whom they concern. */
class PathwayListsIT extends RunningPathwayService {

    private static final String ANNE = "99700900022";

    @Autowired
    Colleagues colleagues;

    @Test
    void a_step_is_in_the_lists_of_whoever_watches_sent_and_has_it_and_of_nobody_else() throws Exception {
        String watch = coordinator("990010001");
        String pathway = atHome("990010001", choice("nurse", NURSES), choice("gp", GP), choice("pharmacist", PHARMACY));
        String visit = handoff(pathway, VISIT, "offered");
        ok(post("nurse-anne", "/api/v1/handoffs/" + visit + "/accept", null));

        String all = "/api/v1/worklist?kind=open&role=nurse&status=accepted&template=discharge-home&commune=23096"
                + "&person=" + ANNE + "&structure=990000028&limit=100";
        JsonNode watched = await().atMost(PATIENCE).until(() -> row(watch, all, pathway), row -> !row.isMissingNode());
        assertThat(watched.path("step").asString()).isEqualTo(VISIT);
        assertThat(watched.path("responsible").asString()).isEqualTo("person:" + ANNE);
        assertThat(watched.path("handoff").asString()).isEqualTo(visit);
        assertThat(watched.path("patient").asString("")).isEmpty();
        assertThat(row("ward-farida", all, pathway).path("patient").asString(""))
                .startsWith("patient-");
        assertThat(row("nurse-anne", all, pathway).path("patient").asString("")).startsWith("patient-");
        assertThat(row("nurse-brahim", all, pathway).path("step").asString()).isEqualTo(VISIT);
        assertThat(row("nurse-brahim", all, pathway).path("patient").asString(""))
                .isEmpty();
        for (String other : List.of("nurse-chloe", "pharmacist-david", "gp-hugo", "coordinator-gael")) {
            assertThat(row(other, all, pathway).isMissingNode()).as(other).isTrue();
        }
        assertThat(get("operator-odile", all).statusCode()).isEqualTo(403);
        for (String wrong : List.of("role=gp", "commune=23193", "template=heart-failure", "status=offered")) {
            assertThat(row(watch, "/api/v1/worklist?limit=100&person=" + ANNE + "&" + wrong, pathway)
                            .isMissingNode())
                    .as(wrong)
                    .isTrue();
        }
        assertThat(get(watch, "/api/v1/worklist?kind=closed&role=nurse").body()).contains("filter-not-here");
        assertThat(get(watch, "/api/v1/worklist?kind=due-soon&within=P40D").body())
                .contains("within-unreadable");
        assertThat(row(watch, "/api/v1/worklist?kind=pathways&status=running&order=newest", pathway)
                        .path("id")
                        .asString())
                .isEqualTo(pathway);

        JsonNode diary =
                ok(get(TestTokens.with("secretary/990000028", "990000028", "delegate"), "/api/v1/diary?limit=100"));
        assertThat(diary.path("items")).anySatisfy(entry -> {
            assertThat(entry.path("handoff").asString()).isEqualTo(visit);
            assertThat(entry.properties())
                    .extracting(Map.Entry::getKey)
                    .doesNotContain("patient", "pathway", "template", "step", "role", "terms");
        });
        assertThat(get(TestTokens.with("secretary/990000028", "990000028", "delegate"), "/api/v1/worklist")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void the_board_counts_what_the_lists_hold_also_when_steps_are_late_and_done() throws Exception {
        String watch = coordinator("990010019");
        String pathway = atHome("990010019", choice("nurse", NURSES), choice("gp", GP), choice("pharmacist", PHARMACY));
        String visit = handoff(pathway, VISIT, "offered");
        ok(post("nurse-anne", "/api/v1/handoffs/" + visit + "/accept", null));

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode board = ok(get(watch, "/api/v1/dashboard?within=P10D"));
            JsonNode counters = board.path("counters");
            assertThat(counters.path("openPathways").asInt()).isEqualTo(1);
            assertThat(counters.path("openSteps").asInt())
                    .isPositive()
                    .isEqualTo(
                            items(watch, "/api/v1/worklist?kind=open&limit=100").size());
            assertThat(counters.path("dueSoon").asInt())
                    .isPositive()
                    .isEqualTo(items(watch, "/api/v1/worklist?kind=due-soon&within=P10D&limit=100")
                            .size());
            assertThat(counters.path("late").asInt()).isZero();
            assertThat(board.path("opened").asInt()).isEqualTo(1);
        });
        JsonNode template = items(watch, "/api/v1/dashboard/by/templates").getFirst();
        assertThat(template.path("key").asString()).isEqualTo("discharge-home");
        assertThat(template.path("counters").path("openPathways").asInt()).isEqualTo(1);
        JsonNode place = items(watch, "/api/v1/dashboard/by/communes").getFirst();
        assertThat(place.path("key").asString()).isEqualTo("23096");
        assertThat(place.path("counters").path("openPathways").isNumber()).isFalse();
        assertThat(place.path("counters").path("hidden").asBoolean()).isTrue();
        assertThat(ok(get(watch, "/api/v1/dashboard?commune=23096"))
                        .path("counters")
                        .path("openPathways")
                        .isNumber())
                .isFalse();
        assertThat(items("ward-farida", "/api/v1/dashboard/by/communes")
                        .getFirst()
                        .path("counters")
                        .path("hidden")
                        .asBoolean())
                .isFalse();
        assertThat(items(watch, "/api/v1/dashboard/by/structures?template=discharge-home"))
                .anySatisfy(row -> assertThat(row.path("key").asString()).isEqualTo("990000028"));
        assertThat(ok(get("operator-odile", "/api/v1/dashboard"))
                        .path("counters")
                        .path("openPathways")
                        .asInt())
                .isPositive();
        assertThat(ok(get("operator-odile", "/api/v1/dashboard?collective=990010019"))
                        .path("counters")
                        .path("openPathways")
                        .asInt())
                .isEqualTo(1);
        assertThat(items("operator-odile", "/api/v1/dashboard/by/templates?collective=990010019"))
                .hasSize(1);
        assertThat(items("operator-odile", "/api/v1/dashboard/weeks/structures?collective=990019999"))
                .isEmpty();
        assertThat(get(watch, "/api/v1/dashboard?collective=990010019").statusCode())
                .isEqualTo(200);
        assertThat(get(watch, "/api/v1/dashboard?collective=990010027").body()).contains("collective-not-here");
        assertThat(get("ward-farida", "/api/v1/dashboard?collective=990010019").body())
                .contains("collective-not-here");
        assertThat(get("nurse-anne", "/api/v1/dashboard").statusCode()).isEqualTo(403);
        JsonNode pair = ok(get(watch, "/api/v1/dashboard?template=discharge-home&structure=990000028"));
        assertThat(pair.path("counters").path("openSteps").asInt()).isPositive();
        assertThat(pair.path("counters").path("moreDueSoon").asBoolean(true)).isFalse();
        assertThat(pair.path("opened").isNumber()).isFalse();
        assertThat(get(watch, "/api/v1/dashboard?commune=23096&structure=990000028")
                        .body())
                .contains("too-many-filters");
        assertThat(get("operator-odile", "/api/v1/dashboard?template=discharge-home&commune=23096")
                        .body())
                .contains("too-many-filters");
        assertThat(get(watch, "/api/v1/dashboard/by/structures?commune=23096").body())
                .contains("filter-not-here");

        letPass(Duration.ofDays(8));
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode counters = ok(get(watch, "/api/v1/dashboard")).path("counters");
            for (String kind : List.of("late", "escalated")) {
                assertThat(counters.path(kind).asInt())
                        .as(kind)
                        .isPositive()
                        .isEqualTo(items(watch, "/api/v1/worklist?limit=100&kind=" + kind)
                                .size());
            }
        });
        ok(post("nurse-anne", "/api/v1/handoffs/" + visit + "/complete", "{}"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ok(get(watch, "/api/v1/dashboard/steps")))
                        .anySatisfy(step -> {
                            assertThat(step.path("step").asString()).isEqualTo(VISIT);
                            assertThat(step.path("done").asInt()).isEqualTo(1);
                            assertThat(step.path("doneOnTime").asInt()).isZero();
                            assertThat(step.path("daysToDo").isObject()).isFalse();
                        }));
        JsonNode days = ok(get(watch, "/api/v1/dashboard/days?days=14"));
        assertThat(days).hasSize(14);
        assertThat(days.get(13).path("done").asInt()).isEqualTo(1);
    }

    @Test
    void times_are_shown_from_five_handoffs_and_three_people_up() throws Exception {
        String watch = coordinator("990010027");
        List<String> people =
                List.of("nurse-anne", "nurse-brahim", TestTokens.professional("99700900097", "60", "990000028"));
        List<String> handoffs = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            handoffs.add(handoff(atHome("990010027", choice("nurse", NURSES)), VISIT, "offered"));
        }
        for (int n = 0; n < 4; n++) {
            ok(post(people.get(n % 3), "/api/v1/handoffs/" + handoffs.get(n) + "/accept", null));
        }
        await().atMost(PATIENCE)
                .until(
                        () -> ok(get(watch, "/api/v1/dashboard/days?days=1"))
                                .get(0)
                                .path("accepted")
                                .asInt(),
                        accepted -> accepted == 4);
        assertThat(hoursToAccept(watch).isObject()).isFalse();

        ok(post("nurse-anne", "/api/v1/handoffs/" + handoffs.get(4) + "/accept", null));
        JsonNode shown = await().atMost(PATIENCE).until(() -> hoursToAccept(watch), JsonNode::isObject);
        assertThat(shown.path("count").asInt()).isEqualTo(5);
        assertThat(shown.path("median").asDouble()).isBetween(0.0, 1.0);
        for (String by : List.of("structures", "professions")) {
            JsonNode series = items(watch, "/api/v1/dashboard/weeks/" + by).getFirst();
            assertThat(series.path("weeks")).hasSize(8);
            assertThat(series.path("weeks").get(7).path("accepted").asInt()).isEqualTo(5);
        }
    }

    @Test
    void an_open_page_hears_of_its_own_lists_goes_on_where_it_was_and_is_reset_when_that_is_too_long_ago()
            throws Exception {
        String watch = coordinator("990010043");
        String apart = coordinator("990010050");
        try (LivePage coordinator = live(watch, null);
                LivePage elsewhere = live(apart, null);
                LivePage anne = live("nurse-anne", null);
                LivePage chloe = live("nurse-chloe", null)) {
            String pathway = atHome("990010043", choice("nurse", NURSES));
            String visit = handoff(pathway, VISIT, "offered");
            anne.hears("handoff", visit);
            coordinator.hears("work", pathway + "/" + VISIT);
            String seen = coordinator.lastId();
            coordinator.close();
            ok(post("nurse-anne", "/api/v1/handoffs/" + visit + "/accept", null));
            anne.hears("work", pathway + "/" + VISIT);

            try (LivePage again = live(watch, seen)) {
                again.hears("work", pathway + "/" + VISIT);
                assertThat(again.heard()).noneMatch(each -> each.event().equals("reset"));
            }
            // What is told after it has come, so would it have.
            String other = atHome("990010050", choice("nurse", CHLOE));
            elsewhere.hears("work", other + "/" + VISIT);
            chloe.hears("handoff", handoff(other, VISIT, "offered"));
            assertThat(elsewhere.heard()).noneMatch(each -> each.data().contains(pathway));
            assertThat(chloe.heard()).noneMatch(each -> each.data().contains(pathway));
            assertThat(anne.heard()).noneMatch(each -> each.data().contains(other));
            assertThat(anne.heard()).noneMatch(each -> each.data().contains("patient-"));
        }
        await().atMost(PATIENCE).until(() -> {
            try (LivePage stranger = live(watch, "0")) {
                if (stranger.heard().getFirst().event().equals("reset")) {
                    return true;
                }
            }
            atHome("990010050", choice("nurse", NURSES), choice("gp", GP));
            return false;
        });
    }

    @Test
    void a_secretary_hears_of_the_handoffs_of_those_whose_diary_she_keeps_and_of_no_others() throws Exception {
        listed(new ProfessionalListed(
                "3990000010/secretariat",
                null,
                "Sophie ACCUEIL",
                List.of(),
                List.of("990000010"),
                List.of(),
                List.of(GP.id())));
        await().atMost(PATIENCE)
                .until(() -> colleagues.delegateOf("3990000010/secretariat").contains(GP.id()));
        try (LivePage sophie = live("secretary-sophie", null);
                LivePage other = live(TestTokens.with("secretary/990000028", "990000028", "delegate"), null)) {
            String pathway = atHome("990010068", choice("gp", GP), choice("nurse", NURSES));
            String nurses = handoff(pathway, VISIT, "offered");
            String doctors = handoff(pathway, "gp-visit", "offered");

            sophie.hears("handoff", doctors);
            other.hears("handoff", nurses);
            ok(post("gp-alice", "/api/v1/handoffs/" + doctors + "/accept", null));
            sophie.hearsAgain("handoff", doctors);
            assertThat(sophie.heard()).noneMatch(each -> each.data().contains(nurses));
            assertThat(other.heard()).noneMatch(each -> each.data().contains(doctors));
        }
    }

    /** One change, as an open page gets it. */
    private record Heard(String id, String event, String data) {}

    /** A page that listens; its first message says whether it was told all that it missed. */
    private final class LivePage implements AutoCloseable {
        private final List<Heard> heard = new CopyOnWriteArrayList<>();
        private final InputStream body;

        private LivePage(String persona, String lastEventId) throws Exception {
            HttpRequest.Builder asked = request(persona, "/api/v1/live").header("Accept", "text/event-stream");
            if (lastEventId != null) {
                asked.header("Last-Event-ID", lastEventId);
            }
            HttpResponse<InputStream> answer = http.send(asked.build(), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            body = answer.body();
            Thread.ofVirtual().start(this::read);
            await().atMost(PATIENCE).until(() -> !heard.isEmpty());
        }

        private void read() {
            String id = "";
            String event = "";
            String data = "";
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    String value = line.substring(line.indexOf(':') + 1);
                    if (line.startsWith("id:")) {
                        id = value;
                    } else if (line.startsWith("event:")) {
                        event = value;
                    } else if (line.startsWith("data:")) {
                        data = value;
                    } else if (line.isEmpty() && !data.isEmpty()) {
                        heard.add(new Heard(id, event, data));
                        data = "";
                    }
                }
            } catch (IOException e) {
                // The page was closed.
            }
        }

        List<Heard> heard() {
            return heard;
        }

        String lastId() {
            return heard.getLast().id();
        }

        void hears(String event, String what) {
            hears(event, what, 1);
        }

        void hearsAgain(String event, String what) {
            hears(event, what, 2);
        }

        private void hears(String event, String what, int times) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(heard)
                            .filteredOn(each ->
                                    each.event().equals(event) && each.data().contains("\"" + what + "\""))
                            .hasSizeGreaterThanOrEqualTo(times));
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    private LivePage live(String persona, String lastEventId) throws Exception {
        return new LivePage(persona, lastEventId);
    }

    private JsonNode hoursToAccept(String watch) throws Exception {
        return items(watch, "/api/v1/dashboard/by/structures").stream()
                .filter(row -> row.path("key").asString().equals("990000028"))
                .findFirst()
                .orElseThrow()
                .path("hoursToAccept");
    }

    private List<JsonNode> items(String persona, String path) throws Exception {
        List<JsonNode> items = new ArrayList<>();
        ok(get(persona, path)).path("items").forEach(items::add);
        return items;
    }

    private JsonNode row(String persona, String path, String pathway) throws Exception {
        return items(persona, path).stream()
                .filter(row -> row.path("pathway").asString().equals(pathway))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }
}
