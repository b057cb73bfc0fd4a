package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A coordinator's board, without JavaScript. */
class BoardIT {

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void aBoard() {
        new Scenes(console.services).aBoard();
    }

    @Test
    void a_coordinator_begins_at_the_board_with_what_is_late() {
        PlainBrowser browser = console.browser("coordinator-gael", "fr");
        browser.open("/board");
        HttpResponse<String> page = browser.open("/");

        assertThat(page.uri().getPath()).isEqualTo("/board");
        assertThat(page.body())
                .contains(
                        "En retard", "Sans personne", "Première visite infirmière", "Retour à domicile", "Anne TOURNEE")
                .doesNotContain("??", "patient-1");
    }

    @Test
    void the_same_in_english() {
        assertThat(console.browser("coordinator-gael", "en").open("/board").body())
                .contains("Nobody has it", "First nurse visit", "Due soon", "Filter the list")
                .doesNotContain("??", "En retard");
    }

    @Test
    void a_hidden_number_is_a_dash_and_no_zero() {
        assertThat(console.browser("coordinator-gael", "fr").open("/board").body())
                .containsPattern("(?s)id=\"counter-attention\".{0,80}<b>–</b>");
    }

    @Test
    void filters_live_in_the_address_and_reach_both_calls() {
        String page = console.browser("coordinator-gael", "fr")
                .open("/board?kind=late&commune=23096&template=discharge-home")
                .body();

        assertThat(console.services.last("GET", "/api/v1/dashboard").query()).contains("commune=23096");
        assertThat(console.services.last("GET", "/api/v1/worklist").query())
                .contains("commune=23096", "template=discharge-home", "kind=late");
        assertThat(page).contains("/board?kind=unassigned&amp;template=discharge-home&amp;commune=23096");
    }

    @Test
    void a_long_list_goes_on_by_its_cursor() {
        String page = console.browser("coordinator-gael", "fr").open("/board").body();

        assertThat(page).contains("after=cursor%261").contains("Suite");
    }

    @Test
    void a_call_without_an_answer_is_noted_from_the_row() {
        String path = "/api/v1/pathways/" + Scenes.PATHWAY + "/steps/nurse-first-visit/calls";
        console.services.says("POST " + path, "{\"id\":\"" + Scenes.PATHWAY + "\"}");
        PlainBrowser browser = console.browser("coordinator-gael", "fr");

        HttpResponse<String> after = browser.send(
                browser.open("/board"), "/board/" + Scenes.PATHWAY + "/nurse-first-visit/call", "again", "tomorrow");

        assertThat(console.services.last("POST", path).body()).contains("\"outcome\":\"no-answer\"", "callBackAt");
        assertThat(after.body()).contains("Appel noté");
    }

    @Test
    void what_nobody_has_is_offered_again_from_the_row() {
        String path = "/api/v1/pathways/" + Scenes.PATHWAY + "/steps/medication-reconciliation/offer";
        console.services.says("POST " + path, "{\"id\":\"" + Scenes.PATHWAY + "\"}");
        PlainBrowser browser = console.browser("coordinator-gael", "fr");

        HttpResponse<String> after = browser.send(
                browser.open("/board?kind=unassigned"),
                "/board/" + Scenes.PATHWAY + "/medication-reconciliation/offer");

        assertThat(after.uri().getQuery()).contains("kind=unassigned");
        assertThat(after.body()).contains("C’est reproposé");
        assertThat(console.services.last("GET", "/api/v1/worklist").header("Relais-At-Least"))
                .isEqualTo(Scenes.PATHWAY + ":7");
    }

    @Test
    void it_is_no_page_for_a_nurse() {
        console.services.says("GET /api/v1/dashboard", 403, """
                {"type":"https://relais.example/problems/role-missing","title":"Pas pour votre rôle","status":403}""");

        HttpResponse<String> page = console.browser("nurse-anne", "fr").open("/board");

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("Cette page n’est pas pour vous");
    }

    @Test
    void an_operator_sees_numbers_and_no_list() {
        assertThat(console.browser("operator-odile", "fr").open("/board").body())
                .contains("Parcours ouverts")
                .doesNotContain("Première visite");
    }
}
