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
                .contains("Le mode de sortie (ZFM-2) manque.", "visit is missing", "mailbox full", "Alice EXEMPLE")
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
}
