package fr.relais.notification;

import static fr.relais.notification.Story.ANNE;
import static fr.relais.notification.Story.BRAHIM;
import static fr.relais.notification.Story.CABINET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.events.EventJson;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.kit.time.Ids;
import fr.relais.localstack.persona.Personas;
import fr.relais.notification.view.DeliveryView;
import fr.relais.notification.view.NotificationViews;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people reach over HTTP, each with their own token. */
class NotificationApiIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static RunningService service;
    private static HttpClient http;

    private final String pathway = Ids.random("pathway");
    private final String handoff = Ids.random("handoff");
    private final Story story = Story.ofPathway(pathway);

    @BeforeAll
    static void start() {
        service = new RunningService();
        http = HttpClient.newHttpClient();
        service.knows(ANNE.id(), "60", "990000028");
        service.knows(BRAHIM.id(), "60", "990000028");
        await().atMost(SOON)
                .until(() -> service.get(NotificationViews.class)
                                .members("990000028", "60")
                                .size()
                        == 2);
    }

    @AfterAll
    static void stop() {
        http.close();
        service.close();
    }

    @BeforeEach
    void both_nurses_are_offered_something() {
        service.hears(story.all().getFirst(), story.offer(handoff, CABINET));
        await().atMost(SOON).until(() -> delivered(ANNE.key()) && delivered(BRAHIM.key()));
    }

    private boolean delivered(String recipient) {
        return service.inbox(recipient, pathway).stream()
                .anyMatch(view -> view.status() == DeliveryView.Status.DELIVERED);
    }

    @Test
    void a_nurse_reads_her_inbox_and_what_she_has_read_leaves_the_unread() {
        JsonNode item = mine(get("nurse-anne", "/api/v1/inbox?unread=true&limit=100"));
        assertThat(item.path("notice").asString()).isEqualTo("OFFER");
        assertThat(item.path("priority").asString()).isEqualTo("ACT_NOW");
        assertThat(item.path("handoff").asString()).isEqualTo(handoff);
        assertThat(item.propertyNames())
                .containsExactlyInAnyOrder(
                        "delivery",
                        "channel",
                        "notice",
                        "priority",
                        "count",
                        "text",
                        "recipient",
                        "pathway",
                        "step",
                        "handoff",
                        "at",
                        "status",
                        "unread");
        String delivery = item.path("delivery").asString();
        long before =
                json(get("nurse-anne", "/api/v1/inbox/count")).path("unread").asLong();

        HttpResponse<String> read = post("nurse-anne", "/api/v1/inbox/" + delivery + "/read");

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(json(read).path("state").asString()).isEqualTo("read");
        String sequence = read.headers().firstValue("Relais-Sequence").orElseThrow();
        JsonNode unread = json(send(
                request("nurse-anne", "/api/v1/inbox?unread=true&limit=100").header("Relais-At-Least", sequence)));
        assertThat(unread.path("items").findValuesAsString("delivery")).doesNotContain(delivery);
        assertThat(json(get("nurse-anne", "/api/v1/inbox/count")).path("unread").asLong())
                .isEqualTo(before - 1);
        assertThat(json(get("nurse-anne", "/api/v1/inbox/" + delivery))
                        .path("unread")
                        .asBoolean(true))
                .isFalse();
        assertThat(json(post("nurse-anne", "/api/v1/inbox/" + delivery + "/read"))
                        .path("state")
                        .asString())
                .isEqualTo("read");
    }

    @Test
    void an_inbox_is_counted_and_filtered_by_class_and_read_in_bulk() {
        service.hears(story.then(new PathwayEvent.HandoffAccepted(handoff, Story.STEP, ANNE, "990000028", Story.AT)));
        service.hears(story.then(new PathwayEvent.StepOverdue(Story.STEP, Story.AT, ANNE)));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(mine(get("nurse-anne", "/api/v1/inbox?priority=ACT_TODAY&limit=100"))
                                .path("notice")
                                .asString())
                        .isEqualTo("OVERDUE"));
        JsonNode today = json(get("nurse-anne", "/api/v1/inbox?priority=act-today&unread=true&limit=100"));
        assertThat(today.path("items").findValuesAsString("priority")).containsOnly("ACT_TODAY");
        String overdue = mine(get("nurse-anne", "/api/v1/inbox?priority=ACT_TODAY&limit=100"))
                .path("delivery")
                .asString();
        JsonNode before = json(get("nurse-anne", "/api/v1/inbox/count"));
        assertThat(before.path("unread").asLong())
                .isEqualTo(before.path("actNow").asLong()
                        + before.path("actToday").asLong()
                        + before.path("know").asLong());
        String others = service.inbox(BRAHIM.key(), pathway).getFirst().id();

        HttpResponse<String> read = postBody(
                "nurse-anne",
                "/api/v1/inbox/read",
                "{\"deliveries\":[\"" + overdue + "\",\"" + others + "\",\"delivery-0\"]}");

        assertThat(read.statusCode()).as(read.body()).isEqualTo(200);
        assertThat(json(read).findValuesAsString("state")).containsExactly("read", "unknown", "unknown");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(json(get("nurse-anne", "/api/v1/inbox/count"))
                                .path("actToday")
                                .asLong())
                        .isEqualTo(before.path("actToday").asLong() - 1));
        assertThat(get("nurse-anne", "/api/v1/inbox?priority=URGENT").statusCode())
                .isEqualTo(400);
        assertThat(postBody("nurse-anne", "/api/v1/inbox/read", "{\"deliveries\":[]}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_person_says_how_they_want_to_be_told_and_tries_it_out() {
        String mine = "/api/v1/me/preferences";
        JsonNode usual = json(get("nurse-chloe", mine));
        assertThat(usual.path("digestAt").asString()).isEqualTo("07:30");
        assertThat(usual.path("language").asString()).isEqualTo("fr");
        assertThat(usual.path("email").isString()).isFalse();

        HttpResponse<String> said = put(
                "nurse-chloe",
                mine,
                "{\"channels\":[\"EMAIL\"],\"email\":\"chloe@cabinet.example\",\"emailConsent\":true,"
                        + "\"digestAt\":\"06:45\",\"language\":\"en\"}");
        assertThat(said.statusCode()).as(said.body()).isEqualTo(200);
        assertThat(said.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        JsonNode kept = json(get("nurse-chloe", mine));
        assertThat(kept.path("email").asString()).isEqualTo("chloe@cabinet.example");
        assertThat(kept.path("emailConsentedAt").isString()).isTrue();
        assertThat(kept.path("channels").toString()).isEqualTo("[\"INBOX\",\"EMAIL\"]");
        assertThat(get("nurse-anne", mine).body()).doesNotContain("chloe@");

        HttpResponse<String> trial = post("nurse-chloe", mine + "/test");
        assertThat(trial.statusCode()).isEqualTo(202);
        String delivery = json(trial).get(0).path("delivery").asString();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.mail().getReceivedMessages())
                        .anySatisfy(mail -> {
                            assertThat(mail.getMessageID()).contains(delivery);
                            assertThat((String) mail.getContent()).contains("This channel reaches you");
                        }));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(json(get("nurse-chloe", "/api/v1/inbox/" + delivery))
                                .path("status")
                                .asString())
                        .isEqualTo("delivered"));

        for (List<String> wrong : List.of(
                List.of("{\"email\":\"chloe@cabinet.example\"}", "preference-consent-missing"),
                List.of("{\"email\":\"a@b.example, c@d.example\",\"emailConsent\":true}", "preference-email-malformed"),
                List.of(
                        "{\"email\":\"a@b.example\\r\\nBcc: c@d.example\",\"emailConsent\":true}",
                        "preference-email-malformed"),
                List.of("{\"digestAt\":\"03:00\"}", "preference-digest-out-of-bounds"),
                List.of("{\"digestAt\":\"soon\"}", "preference-digest-out-of-bounds"),
                List.of("{\"channels\":[\"PIGEON\"]}", "preference-channel-unknown"),
                List.of("{\"language\":\"br\"}", "preference-language-unknown"))) {
            HttpResponse<String> refused = put("nurse-chloe", mine, wrong.getFirst());
            assertThat(refused.statusCode()).as(wrong.getFirst()).isEqualTo(422);
            assertThat(json(refused).path("type").asString()).endsWith(wrong.getLast());
        }
        assertThat(json(get("nurse-chloe", mine)).path("digestAt").asString()).isEqualTo("06:45");
        assertThat(get("hospital-feed", mine).statusCode()).isEqualTo(403);
        assertThat(get(null, mine).statusCode()).isEqualTo(401);
    }

    @Test
    void operators_send_again_and_see_whose_budget_was_exceeded() {
        String delivery = service.inbox(ANNE.key(), pathway).getFirst().id();

        assertThat(post("nurse-anne", "/api/v1/deliveries/" + delivery + "/resend")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> well = post("operator-odile", "/api/v1/deliveries/" + delivery + "/resend");
        assertThat(well.statusCode()).isEqualTo(409);
        assertThat(json(well).path("type").asString()).endsWith("nothing-to-resend");
        assertThat(post("operator-odile", "/api/v1/deliveries/delivery-0/resend")
                        .statusCode())
                .isEqualTo(404);

        put(
                "pharmacist-david",
                "/api/v1/me/preferences",
                "{\"channels\":[\"EMAIL\"],\"email\":\"david@officine.example\",\"emailConsent\":true}");
        String david = Personas.get("pharmacist-david").id();
        for (int i = 0; i < 4; i++) {
            Story other = Story.ofPathway(Ids.random("pathway"), service.now());
            service.hears(
                    other.all().getFirst(),
                    other.then(new PathwayEvent.StepEscalated(Story.STEP, 1, Story.AT, ANNE, Party.person(david))));
        }
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                get("operator-odile", "/api/v1/interruptions").body())
                        .contains("person:" + david, "\"pushes\":3", "\"overBudget\":1"));
        assertThat(get("nurse-anne", "/api/v1/interruptions").statusCode()).isEqualTo(403);
    }

    @Test
    void somebody_elses_notice_answers_as_if_it_did_not_exist() {
        String delivery = mine(get("nurse-anne", "/api/v1/inbox?limit=100"))
                .path("delivery")
                .asString();

        for (String persona : List.of("nurse-brahim", "nurse-chloe", "gp-alice", "ward-farida")) {
            HttpResponse<String> one = get(persona, "/api/v1/inbox/" + delivery);
            HttpResponse<String> none = get(persona, "/api/v1/inbox/delivery-0");
            assertThat(one.statusCode()).isEqualTo(404);
            assertThat(one.body()).isEqualTo(none.body().replace("delivery-0", delivery));
            HttpResponse<String> read = post(persona, "/api/v1/inbox/" + delivery + "/read");
            assertThat(read.statusCode()).isEqualTo(404);
            assertThat(json(read).path("type").asString()).isEqualTo("urn:relais:problem:no-such-delivery");
        }
    }

    @Test
    void pages_are_read_one_after_the_other_unread_first_and_none_twice() {
        for (int i = 0; i < 5; i++) {
            service.hears(story.offer(Ids.random("handoff"), CABINET));
        }
        await().atMost(SOON).until(() -> service.inbox(BRAHIM.key(), pathway).size() == 6);
        String first = mine(get("nurse-brahim", "/api/v1/inbox?limit=100"))
                .path("delivery")
                .asString();
        post("nurse-brahim", "/api/v1/inbox/" + first + "/read");
        await().atMost(SOON)
                .until(() -> service.inbox(BRAHIM.key(), pathway).stream()
                                .filter(DeliveryView::unread)
                                .count()
                        == 5);

        List<String> seen = new ArrayList<>();
        List<Boolean> unread = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page = json(get("nurse-brahim", "/api/v1/inbox?limit=2&after=" + next));
            page.path("items").forEach(item -> {
                seen.add(item.path("delivery").asString());
                unread.add(item.path("unread").asBoolean());
            });
            next = page.path("next").isString() ? page.path("next").asString() : null;
        }
        assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(6).contains(first);
        assertThat(unread).isSortedAccordingTo((a, b) -> Boolean.compare(b, a));
    }

    @Test
    void the_coordinator_reads_what_the_collective_is_told_and_an_operator_has_no_inbox() {
        service.hears(story.then(new PathwayEvent.NeedsAttention("stay-1", "ZFM-2 is missing")));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(mine(get("coordinator-gael", "/api/v1/inbox?unread=true&limit=100"))
                                .path("notice")
                                .asString())
                        .isEqualTo("ATTENTION"));
        assertThat(get("operator-odile", "/api/v1/inbox").statusCode()).isEqualTo(403);
        assertThat(get("hospital-feed", "/api/v1/inbox").statusCode()).isEqualTo(403);
        assertThat(get(null, "/api/v1/inbox").statusCode()).isEqualTo(401);
    }

    @Test
    void operators_see_deliveries_in_trouble_and_nobody_else_does() {
        assertThat(get("operator-odile", "/api/v1/deliveries?status=failed").statusCode())
                .isEqualTo(200);
        assertThat(get("operator-odile", "/api/v1/deliveries?status=given-up").statusCode())
                .isEqualTo(200);
        assertThat(get("operator-odile", "/api/v1/deliveries?status=lost").statusCode())
                .isEqualTo(400);
        for (String persona : List.of("nurse-anne", "coordinator-gael", "ward-farida", "hospital-feed")) {
            assertThat(get(persona, "/api/v1/deliveries?status=failed").statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void a_webhook_is_registered_by_its_owner_and_its_secret_is_shown_once() {
        String own = "/api/v1/webhooks/" + ANNE.key();
        HttpResponse<String> put = put("nurse-anne", own, "{\"url\":\"https://logiciel.example/relais\"}");
        assertThat(put.statusCode()).isEqualTo(200);
        assertThat(json(put).path("secret").asString()).startsWith("whsec_");
        assertThat(put.headers().firstValue("Cache-Control").orElse("")).contains("no-store");

        HttpResponse<String> read = get("nurse-anne", own);
        assertThat(json(read).path("url").asString()).isEqualTo("https://logiciel.example/relais");
        assertThat(read.body()).doesNotContain("whsec_");

        assertThat(put("nurse-anne", "/api/v1/webhooks/structure:990000028", "{\"url\":\"https://logiciel.example/\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(put(
                                "secretary-sophie",
                                "/api/v1/webhooks/person:3990000010/secretariat",
                                "{\"url\":\"https://a.example/\"}")
                        .statusCode())
                .isEqualTo(200);
        for (String others : List.of(BRAHIM.key(), "structure:990000044", "role:operator", "person:")) {
            assertThat(put("nurse-anne", "/api/v1/webhooks/" + others, "{\"url\":\"https://a.example/\"}")
                            .statusCode())
                    .isEqualTo(404);
        }
        HttpResponse<String> refused = put("nurse-anne", own, "{\"url\":\"http://logiciel.example/relais\"}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).path("title").asString()).isEqualTo("Cette adresse n’est pas acceptée");

        assertThat(send(request("nurse-anne", own).DELETE()).statusCode()).isEqualTo(204);
        assertThat(get("nurse-anne", own).statusCode()).isEqualTo(404);
        send(request("nurse-anne", "/api/v1/webhooks/structure:990000028").DELETE());
    }

    @Test
    void an_open_page_is_told_live_of_what_comes_and_what_is_taken_back() throws Exception {
        HttpResponse<InputStream> live = http.send(
                request("nurse-anne", "/api/v1/live")
                        .header("Accept", "text/event-stream")
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        assertThat(live.statusCode()).isEqualTo(200);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(live.body(), UTF_8))) {
            until(lines, "event:ready");

            service.hears(story.then(new PathwayEvent.HandoffWithdrawn(
                    handoff, Story.STEP, WithdrawReason.DISCHARGE_CANCELLED, Story.WARD, null)));

            String first = until(lines, "data:");
            String second = until(lines, "data:");
            assertThat(first + second).contains("WITHDRAWN", "recalled").doesNotContain(BRAHIM.id());
        }
    }

    private static String until(BufferedReader lines, String start) throws Exception {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(start) && !line.contains("ready\"")) {
                return line;
            }
        }
        throw new AssertionError("the stream ended before " + start);
    }

    /** The first item of this test's pathway. */
    private JsonNode mine(HttpResponse<String> page) {
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        for (JsonNode item : json(page).path("items")) {
            if (item.path("pathway").asString().equals(pathway)) {
                return item;
            }
        }
        throw new AssertionError("nothing of " + pathway + " in " + page.body());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return EventJson.mapper().readTree(answer.body());
    }

    private static HttpRequest.Builder request(String persona, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url(path)))
                .timeout(Duration.ofSeconds(30))
                .header("Accept-Language", "fr");
        return persona == null ? request : request.header("Authorization", "Bearer " + service.token(persona));
    }

    private static HttpResponse<String> get(String persona, String path) {
        return send(request(persona, path));
    }

    private static HttpResponse<String> post(String persona, String path) {
        return send(request(persona, path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static HttpResponse<String> postBody(String persona, String path, String body) {
        return send(request(persona, path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> put(String persona, String path, String body) {
        return send(request(persona, path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
