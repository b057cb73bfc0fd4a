package fr.relais.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.events.Actor;
import fr.relais.events.Content;
import fr.relais.events.EventCatalogue;
import fr.relais.events.NotificationEvent;
import fr.relais.events.Party;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.time.Ids;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Many at once, a list as a file, and who was told what: what a coordinator's page needs. */
class PathwayBulkIT extends RunningPathwayService {

    private static final String TO_CHLOE = "\"to\":[" + party(CHLOE) + "],\"profession\":\"60\"";

    @Test
    void many_are_offered_anew_once_each_and_whoever_has_one_keeps_it_until_somebody_accepts() throws Exception {
        String watch = coordinator("990010068");
        List<String> handoffs = new ArrayList<>();
        List<String> pathways = new ArrayList<>();
        for (int n = 0; n < 2; n++) {
            String pathway = atHome("990010068", choice("nurse", NURSES));
            String visit = handoff(pathway, VISIT, "offered");
            ok(post("nurse-anne", "/api/v1/handoffs/" + visit + "/accept", null));
            pathways.add(pathway);
            handoffs.add(visit);
        }
        String foreign = handoff(atHome("990000051", choice("nurse", NURSES)), VISIT, "offered");
        String items = "{\"items\":[{\"handoff\":\"" + handoffs.get(0) + "\"},{\"pathway\":\"" + pathways.get(1)
                + "\",\"step\":\"" + VISIT + "\"},{\"handoff\":\"" + foreign + "\"},{}]," + TO_CHLOE + "}";

        JsonNode tried = ok(post(watch, "/api/v1/handoffs/bulk/offer?dryRun=true", items));
        assertThat(results(tried)).containsExactly("would-be-done", "would-be-done", "refused", "refused");
        assertThat(tried.path("items").get(0).path("responsible").asString()).isEqualTo("person:99700900022");
        assertThat(tried.path("items").get(0).path("offers").get(0).path("to").asString())
                .isEqualTo(CHLOE.key());
        assertThat(tried.path("items").get(2).path("refusal").path("code").asString())
                .isEqualTo("handoff-not-found");
        assertThat(offers(pathways.get(0))).as("nothing was done").isEqualTo(1);

        String key = Ids.random("bulk");
        JsonNode first = ok(offer(watch, key, items));
        assertThat(results(first)).containsExactly("done", "done", "refused", "refused");
        JsonNode again =
                ok(offer(watch, key, "{\"items\":[{\"handoff\":\"" + handoffs.get(0) + "\"}]," + TO_CHLOE + "}"));
        assertThat(again.path("items").get(0).path("offers").toString())
                .isEqualTo(first.path("items").get(0).path("offers").toString());
        assertThat(results(ok(offer(watch, Ids.random("bulk"), items))))
                .as("those are asked already")
                .containsExactly("refused", "refused", "refused", "refused");
        for (String pathway : pathways) {
            String toChloe = handoff(pathway, VISIT, "offered");
            assertThat(offers(pathway)).isEqualTo(2);
            assertThat(step(pathway).path("responsible").asString()).isEqualTo("person:99700900022");
            ok(post("nurse-chloe", "/api/v1/handoffs/" + toChloe + "/accept", null));
            await().atMost(PATIENCE)
                    .until(() -> step(pathway).path("responsible").asString(), CHLOE.key()::equals);
        }

        List<String> held = List.of(handoff(pathways.get(0), VISIT, "accepted"), handoffs.get(0));
        JsonNode taken = ok(post(watch, "/api/v1/handoffs/bulk/withdraw", "{\"handoffs\":[" + quoted(held) + "]}"));
        assertThat(results(taken)).containsExactly("done", "refused");
        assertThat(taken.path("items").get(0).path("responsible").asString()).isNotEqualTo(CHLOE.key());
    }

    @Test
    void many_are_read_at_once_and_what_is_not_for_the_caller_is_left_out() throws Exception {
        String watch = coordinator("990010076");
        String ours = atHome("990010076", choice("nurse", NURSES));
        String theirs = atHome("990000051", choice("nurse", NURSES));
        String visit = handoff(ours, VISIT, "offered");
        String other = handoff(theirs, VISIT, "offered");

        String ids = "{\"ids\":[" + quoted(List.of(ours, theirs, "pathway-none")) + "]}";
        JsonNode read = ok(post(watch, "/api/v1/pathways/bulk/read", ids));
        assertThat(read).hasSize(1);
        assertThat(read.get(0).path("id").asString()).isEqualTo(ours);
        assertThat(read.get(0).path("patient").asString("")).isEmpty();
        assertThat(ok(post("ward-farida", "/api/v1/pathways/bulk/read", ids))).hasSize(2);
        ids = "{\"ids\":[" + quoted(List.of(visit, other)) + "]}";
        assertThat(ok(post("nurse-anne", "/api/v1/handoffs/bulk/read", ids))).hasSize(2);
        assertThat(ok(post("nurse-chloe", "/api/v1/handoffs/bulk/read", ids))).isEmpty();

        String many = IntStream.range(0, 101).mapToObj(n -> "\"p" + n + "\"").collect(Collectors.joining(","));
        assertThat(post(watch, "/api/v1/pathways/bulk/read", "{\"ids\":[" + many + "]}")
                        .body())
                .contains("too-many-items");
        assertThat(post(watch, "/api/v1/handoffs/bulk/withdraw", "{}").body()).contains("items-missing");
    }

    @Test
    void who_several_patients_are_is_told_to_whoever_cares_for_them_and_written_down_for_each() throws Exception {
        String ours = atHome("990010076", choice("nurse", NURSES));
        String theirs = atHome("990000051", choice("nurse", NURSES));
        String asked = "{\"patients\":[" + quoted(List.of(patient(ours), patient(theirs), "patient-none")) + "]}";
        assertThat(ok(post("nurse-anne", "/api/v1/patients/bulk/identities", asked)))
                .as("asked, and not yet theirs")
                .isEmpty();

        ok(post("nurse-anne", "/api/v1/handoffs/" + handoff(ours, VISIT, "offered") + "/accept", null));
        JsonNode known = await().atMost(PATIENCE)
                .until(
                        () -> ok(post("nurse-anne", "/api/v1/patients/bulk/identities", asked)),
                        list -> list.size() == 1);

        assertThat(known.get(0).path("patient").asString()).isEqualTo(patient(ours));
        assertThat(known.get(0).path("traits").isObject()).isTrue();
        assertThat(ok(get("operator-odile", "/api/v1/patients/" + patient(ours) + "/reads"))
                        .path("items")
                        .toString())
                .contains("identity", "99700900022");
        assertThat(post("nurse-anne", "/api/v1/patients/bulk/identities", "{}").body())
                .contains("items-missing");
    }

    @Test
    void a_code_that_is_said_on_the_phone_opens_the_pathway_for_each_whom_it_concerns_and_for_nobody_else()
            throws Exception {
        String watch = coordinator("990010092");
        String pathway = atHome("990010092", choice("nurse", NURSES));
        ok(post("nurse-anne", "/api/v1/handoffs/" + handoff(pathway, VISIT, "offered") + "/accept", null));
        String code = ok(get(watch, "/api/v1/pathways/" + pathway)).path("code").asString();
        assertThat(code).matches("[A-Z]\\d-\\d\\d");
        assertThat(ok(get(watch, "/api/v1/worklist?limit=100"))
                        .path("items")
                        .valueStream()
                        .filter(item -> item.path("pathway").asString().equals(pathway))
                        .map(item -> item.path("code").asString()))
                .isNotEmpty()
                .containsOnly(code);

        String asked = "/api/v1/pathways?code="
                + code.toLowerCase(java.util.Locale.ROOT).replace("-", "");
        JsonNode seen = ok(get(watch, asked)).path("items");
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).path("id").asString()).isEqualTo(pathway);
        assertThat(seen.get(0).hasNonNull("patient"))
                .as("a coordinator does without")
                .isFalse();
        JsonNode held = await().atMost(PATIENCE)
                .until(() -> ok(get("nurse-anne", asked)).path("items"), items -> !items.isEmpty());
        assertThat(held.get(0).hasNonNull("patient")).isTrue();
        assertThat(ok(get("nurse-chloe", asked)).path("items")).isEmpty();
        assertThat(ok(get(coordinator("990000051"), asked)).path("items")).isEmpty();
        assertThat(get(watch, "/api/v1/pathways?code=42").body()).contains("code-malformed");
    }

    private String patient(String pathway) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> get("ward-farida", "/api/v1/pathways/" + pathway).statusCode() == 200);
        return ok(get("ward-farida", "/api/v1/pathways/" + pathway))
                .path("patient")
                .asString();
    }

    @Test
    void a_list_is_a_file_of_as_many_lines_without_a_patient() throws Exception {
        String watch = coordinator("990010084");
        atHome("990010084", choice("nurse", NURSES));
        List<JsonNode> rows = await().atMost(PATIENCE)
                .until(
                        () -> {
                            List<JsonNode> items = new ArrayList<>();
                            ok(get(watch, "/api/v1/worklist?limit=100"))
                                    .path("items")
                                    .forEach(items::add);
                            return items;
                        },
                        items -> items.size() >= 3);

        HttpResponse<String> file = get(watch, "/api/v1/worklist.csv?kind=open");

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/csv");
        List<String> lines = file.body().lines().toList();
        assertThat(lines.getFirst()).startsWith("id,pathway,template,commune,step");
        assertThat(lines).hasSizeGreaterThanOrEqualTo(rows.size() + 1);
        assertThat(file.body()).contains("\r\n").doesNotContain("patient-");
        assertThat(get("operator-odile", "/api/v1/worklist.csv").statusCode()).isEqualTo(403);
    }

    @Test
    void a_timeline_says_when_it_happened_when_it_was_recorded_and_who_was_told_and_has_read_it() throws Exception {
        String watch = coordinator("990010092");
        String pathway = atHome("990010092", choice("nurse", NURSES));
        String visit = handoff(pathway, VISIT, "offered");
        RecordedEvent offered = journal.read(pathway, 0, 100).stream()
                .filter(event -> event.type().equals("pathway.handoff-offered.v1")
                        && event.event().orElseThrow().toString().contains(visit))
                .findFirst()
                .orElseThrow();
        Instant at = clock.instant();
        String delivery = Ids.random("delivery");
        told(
                delivery,
                new NotificationEvent.Queued(
                        NURSES,
                        NotificationEvent.Channel.INBOX,
                        NotificationEvent.Notice.OFFER,
                        offered.id(),
                        pathway,
                        VISIT,
                        visit,
                        at),
                new NotificationEvent.Attempted(1, at.plusSeconds(1)),
                new NotificationEvent.Delivered(1, at.plusSeconds(2)),
                new NotificationEvent.Read(Party.person("99700900022"), at.plusSeconds(3)));

        String path = "/api/v1/pathways/" + pathway + "/timeline?limit=100";
        JsonNode line = await().atMost(PATIENCE)
                .until(
                        () -> line(watch, path, offered.id(), offered.sequence()),
                        found -> found.path("told").size() == 1);
        assertThat(line.path("told").get(0).path("recipient").asString()).isEqualTo(NURSES.key());
        assertThat(line.path("told").get(0).path("channel").asString()).isEqualTo("inbox");
        await().atMost(PATIENCE)
                .until(() -> line(watch, path, offered.id(), offered.sequence())
                        .path("told")
                        .get(0)
                        .path("readBy")
                        .asString("")
                        .equals("person:99700900022"));
        assertThat(ok(get(watch, path)).path("items")).anySatisfy(started -> {
            assertThat(started.path("type").asString()).startsWith("pathway.started");
            assertThat(Instant.parse(started.path("effectiveAt").asString()))
                    .isBefore(Instant.parse(started.path("time").asString()));
        });
        assertThat(get(watch, path).body()).doesNotContain("patient-").doesNotContain("stay-");
        assertThat(get("ward-farida", path).body()).contains("patient-");
        assertThat(ok(get(watch, "/api/v1/pathways/" + pathway + "/tellings")).path("items"))
                .hasSize(1);
        for (String what : List.of("timeline", "tellings")) {
            assertThat(get("coordinator-gael", "/api/v1/pathways/" + pathway + "/" + what)
                            .statusCode())
                    .isEqualTo(404);
        }
        JsonNode page = ok(get(watch, "/api/v1/pathways/" + pathway + "/timeline?limit=2"));
        assertThat(page.path("next").asString()).isEqualTo("2");
    }

    private JsonNode line(String persona, String path, String event, long sequence) throws Exception {
        for (JsonNode line : ok(get(persona, path)).path("items")) {
            if (line.path("sequence").asLong() == sequence) {
                return line;
            }
        }
        throw new AssertionError("no line of " + event);
    }

    private void told(String delivery, NotificationEvent... events) {
        long sequence = 0;
        for (NotificationEvent event : events) {
            sequence++;
            sender.send(
                            EventCatalogue.standard(),
                            new RecordedEvent(
                                    RecordedEvent.idOf(delivery, sequence),
                                    EventCatalogue.standard().entry(event).type(),
                                    delivery,
                                    sequence,
                                    clock.instant(),
                                    "notification-service",
                                    Actor.system("test"),
                                    null,
                                    null,
                                    new Content.Known(event)))
                    .join();
        }
    }

    private HttpResponse<String> offer(String persona, String key, String body) throws Exception {
        return send(request(persona, "/api/v1/handoffs/bulk/offer")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode step(String pathway) throws Exception {
        for (JsonNode step :
                ok(get("ward-farida", "/api/v1/pathways/" + pathway)).path("steps")) {
            if (step.path("key").asString().equals(VISIT)) {
                return step;
            }
        }
        throw new AssertionError("no step " + VISIT);
    }

    private int offers(String pathway) throws Exception {
        return step(pathway).path("handoffs").size();
    }

    private static List<String> results(JsonNode answer) {
        List<String> results = new ArrayList<>();
        answer.path("items").forEach(item -> results.add(item.path("result").asString()));
        return results;
    }

    private static String quoted(List<String> ids) {
        return ids.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
    }
}
