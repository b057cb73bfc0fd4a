package fr.relais.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.kit.access.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Lists and counters, for each of those whom they concern. */
class PathwayListsIT extends RunningPathwayService {

    private static final String ANNE = "99700900022";

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
        assertThat(get("nurse-anne", "/api/v1/dashboard").statusCode()).isEqualTo(403);

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
