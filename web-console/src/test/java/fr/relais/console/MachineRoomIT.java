package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator's machine room, without JavaScript. */
class MachineRoomIT {

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void aMachineRoom() {
        new Scenes(console.services).aMachineRoom();
    }

    @Test
    void an_operator_sees_how_each_service_stands_and_what_waits() {
        String page =
                console.browser("operator-odile", "fr").open("/machine-room").body();

        assertThat(page)
                .contains("pathway-service", "directory-service", "notification-service", "À regarder", "tellings v2")
                .contains(
                        "Le mode de sortie (ZFM-2) manque.",
                        "visit is missing",
                        "Le serveur de messagerie a répondu 550.",
                        "Alice EXEMPLE")
                .doesNotContain("??");
    }

    @Test
    void the_same_in_english() {
        assertThat(console.browser("operator-odile", "en").open("/machine-room").body())
                .contains("Hospital messages to look at", "catching up", "Set aside")
                .doesNotContain("??", "Écarter");
    }

    @Test
    void a_service_that_does_not_answer_is_shown_as_such_beside_the_others() {
        console.services.says("GET /api/v1/journal", 503, "{}");

        HttpResponse<String> page = console.browser("operator-odile", "fr").open("/machine-room");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Ne répond pas", "MSG-77");
    }

    @Test
    void a_message_is_read_again_and_an_event_is_dropped_with_its_reason() {
        console.services.says("POST /api/v1/hospital-messages/message-5/retries", "{\"id\":\"message-5\"}");
        console.services.says("POST /api/v1/dead-letters/dismissals", "{\"id\":\"x\"}");
        PlainBrowser browser = console.browser("operator-odile", "fr");

        assertThat(browser.send(browser.open("/machine-room"), "/machine-room/message/again")
                        .body())
                .contains("C’est relancé");
        assertThat(browser.send(
                                browser.open("/machine-room"),
                                "/machine-room/dead-letter/drop",
                                "reason",
                                "essai de l’hôpital")
                        .body())
                .contains("C’est écarté");
        var dropped = console.services.last("POST", "/api/v1/dead-letters/dismissals");
        assertThat(dropped.query()).isEqualTo("id=pathways relais.encounter 3 17");
        assertThat(dropped.body()).contains("essai de l’hôpital");
    }

    @Test
    void it_is_no_page_for_a_coordinator() {
        console.services.says("GET /api/v1/views", 403, """
                {"type":"https://relais.example/problems/role-missing","title":"Pas pour votre rôle","status":403}""");

        assertThat(console.browser("coordinator-gael", "fr")
                        .open("/machine-room")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void how_well_a_hospitals_messages_come_in_is_said_with_examples() {
        String page =
                console.browser("operator-odile", "fr").open("/machine-room").body();

        assertThat(page)
                .contains("Qualité des messages, par hôpital", "Sorties sans mode de sortie", "14 (1,2 %)")
                .contains("href=\"/hospital-messages/message-6\"", "1 message attend une personne")
                .contains("/hospital-messages?status=triage&amp;facility=CH-EXEMPLE");
    }

    @Test
    void a_journal_that_is_sent_again_says_how_far_it_is() {
        console.services.says("GET /api/v1/journal", """
                {"unsent":90000,"oldestUnsent":"%s","publication":{"began":"%s","marked":34000}}""".formatted(Scenes.ago(9), Scenes.ago(1)));

        assertThat(console.browser("operator-odile", "en").open("/machine-room").body())
                .contains("Journal sent again", "under way, 34,000 commits so far");
    }

    @Test
    void what_was_set_aside_says_where_it_lies_and_is_tried_without_doing_it() {
        console.services.says(
                "POST /api/v1/dead-letters/trials", "{\"works\":false,\"why\":\"it failed again: visit is missing\"}");
        PlainBrowser browser = console.browser("operator-odile", "fr");
        HttpResponse<String> page = browser.open("/machine-room");
        assertThat(page.body()).contains("relais.encounter-3@17 · stay-1");

        assertThat(browser.send(page, "/machine-room/dead-letter/trial").body())
                .contains("L’essai à blanc échoue, rien n’a changé", "visit is missing");
        assertThat(console.services.last("POST", "/api/v1/dead-letters/trials").query())
                .isEqualTo("id=pathways relais.encounter 3 17");
        console.services.says("POST /api/v1/dead-letters/trials", "{\"works\":true}");
        assertThat(browser.send(page, "/machine-room/dead-letter/trial").body()).contains("L’essai à blanc réussit");
    }

    @Test
    void a_view_is_verified_while_one_does_something_else() {
        console.services.says("POST /api/v1/views/pathways/rebuilds", 202, "");
        PlainBrowser browser = console.browser("operator-odile", "fr");

        assertThat(browser.send(browser.open("/machine-room"), "/machine-room/view/rebuild")
                        .body())
                .contains("La vérification a commencé");
        assertThat(console.services
                        .last("POST", "/api/v1/views/pathways/rebuilds")
                        .query())
                .isEqualTo("wait=false");

        console.services.says("GET /api/v1/views", """
                [{"name":"pathways","version":7,"caughtUp":true,"lagMillis":12,"stale":0,"missing":0,
                  "rebuild":{"began":"%1$s","records":120000}},
                 {"name":"tellings","version":2,"caughtUp":true,"lagMillis":12,"stale":0,"missing":0,
                  "rebuild":{"began":"%1$s","records":500,"ended":"%1$s","differences":0}}]""".formatted(Scenes.ago(2)));
        assertThat(browser.open("/machine-room").body())
                .contains("événements relus", "vérifiée il y a 2 min\u00a0: identique")
                .contains("disabled");
    }
}
