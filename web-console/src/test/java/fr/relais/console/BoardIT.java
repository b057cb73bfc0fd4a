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
    void an_operator_narrows_all_numbers_to_those_of_a_collective() {
        PlainBrowser odile = console.browser("operator-odile", "fr");
        assertThat(odile.open("/board").body()).contains("name=\"collective\"");

        String page = odile.open("/board?kind=late&collective=990000028").body();

        assertThat(console.services.last("GET", "/api/v1/dashboard").query()).contains("collective=990000028");
        assertThat(page)
                .containsPattern("Collectif <b>Cabinet infirmier du Prat</b>")
                .contains("data-live=\"counters=true&amp;collective=990000028\"")
                .contains("href=\"/board/weeks?collective=990000028\"")
                .contains("href=\"/board/communes?collective=990000028\"");
    }

    @Test
    void whoever_has_a_board_of_their_own_is_asked_for_no_collective() {
        String page = console.browser("coordinator-gael", "fr")
                .open("/board?kind=late&collective=990000028")
                .body();

        assertThat(page).doesNotContain("name=\"collective\"");
        assertThat(console.services.last("GET", "/api/v1/dashboard").query()).doesNotContain("collective");
    }

    @Test
    void filters_are_chips_with_names_and_each_can_be_taken_off() {
        console.services.says("GET /api/v1/communes", "[{\"code\":\"23096\",\"name\":\"Guéret\"}]");
        String page = console.browser("coordinator-gael", "fr")
                .open("/board?kind=late&template=discharge-home&commune=23096&structure=990000028&status=accepted")
                .body();

        assertThat(page)
                .containsPattern("Commune <b>Guéret</b>")
                .containsPattern("Structure <b>Cabinet infirmier du Prat</b>")
                .containsPattern("État <b>Pris</b>")
                .contains(
                        "href=\"/board?kind=late&amp;template=discharge-home&amp;structure=990000028&amp;status=accepted\"")
                .contains("<option value=\"99700900022\">Anne TOURNEE</option>")
                .doesNotContain("??");
    }

    @Test
    void a_structure_is_found_by_its_name() {
        console.services.says("GET /api/v1/structures", """
                {"items":[{"id":"990000028","type":"CABINET","name":"Cabinet infirmier du Prat"}]}""");

        PlainBrowser browser = console.browser("coordinator-gael", "fr");
        browser.open("/board");
        HttpResponse<String> page = browser.open("/board?kind=late&structure=prat&commune=23096");

        assertThat(console.services.last("GET", "/api/v1/structures").query()).contains("q=prat");
        assertThat(page.uri().getQuery()).contains("structure=990000028", "commune=23096", "kind=late");
        assertThat(console.services.last("GET", "/api/v1/worklist").query()).contains("structure=990000028");
    }

    @Test
    void where_several_bear_a_name_one_chooses_and_where_nobody_does_it_is_said() {
        console.services.says("GET /api/v1/professionals", """
                {"items":[{"id":"99700900022","name":"Anne TOURNEE"},{"id":"99700900014","name":"Anne EXEMPLE"}]}""");
        console.services.says("GET /api/v1/structures", "{\"items\":[]}");
        PlainBrowser browser = console.browser("coordinator-gael", "fr");

        assertThat(browser.open("/board?person=anne").body())
                .contains("Plusieurs portent un nom comme", "/board?kind=late&amp;person=99700900014", "Anne EXEMPLE");
        assertThat(browser.open("/board?structure=nulle+part").body())
                .contains("L’annuaire ne connaît personne sous le nom", "nulle part", "Première visite infirmière");
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
    void a_row_says_who_calls_again_and_until_when_it_rests_and_is_not_called_about_twice() {
        console.services.says("GET /api/v1/worklist?kind=late", """
                {"items":[{"id":"row-1","pathway":"%s","template":"discharge-home","commune":"23096","step":"nurse-first-visit",
                  "role":"nurse","status":"accepted","responsible":"person:99700900022","since":"2026-11-02T08:00:00Z",
                  "late":true,"level":1,"unansweredWeeks":0,"restsUntil":"2099-11-02T08:00:00Z",
                  "calledBy":"person:99700900014"}]}""".formatted(Scenes.PATHWAY));

        assertThat(console.browser("coordinator-gael", "fr").open("/board").body())
                .contains("Alice EXEMPLE a appelé, sans réponse, et rappellera")
                .doesNotContain("/nurse-first-visit/call");
    }

    @Test
    void whoever_comes_too_late_reads_why_beside_the_board_as_it_stands() {
        String path = "/api/v1/pathways/" + Scenes.PATHWAY + "/steps/nurse-first-visit/calls";
        console.services.says("POST " + path, 409, """
                {"type":"https://relais.example/problems/step-done","title":"C’est déjà fait","status":409,
                 "detail":"Anne TOURNEE l’a fait à 9:00."}""");
        PlainBrowser browser = console.browser("coordinator-gael", "fr");

        HttpResponse<String> after = browser.send(
                browser.open("/board?kind=late&commune=23096"),
                "/board/" + Scenes.PATHWAY + "/nurse-first-visit/call",
                "again",
                "1h");

        assertThat(after.statusCode()).isEqualTo(200);
        assertThat(after.body()).contains("C’est déjà fait — Anne TOURNEE", "Première visite infirmière");
        assertThat(console.services.last("GET", "/api/v1/worklist").query()).contains("kind=late", "commune=23096");
    }

    @Test
    void a_row_bears_the_code_that_is_said_on_the_phone() {
        assertThat(console.browser("coordinator-gael", "fr").open("/board").body())
                .contains("K7-42");
    }

    @Test
    void many_are_offered_again_after_a_look_at_what_that_would_do() {
        new Scenes(console.services).aBoard().offersTogether();
        PlainBrowser browser = console.browser("coordinator-gael", "fr");

        HttpResponse<String> preview = browser.send(
                browser.open("/board?kind=late"),
                "/board/offers",
                "item",
                Scenes.PATHWAY + "/nurse-first-visit",
                "item",
                Scenes.PATHWAY + "/medication-reconciliation");

        assertThat(console.services.last("POST", "/api/v1/handoffs/bulk/offer").query())
                .contains("dryRun=true");
        assertThat(preview.body())
                .contains(
                        "Rien n’est encore envoyé. Une étape peut être proposée",
                        "une reste comme elle est",
                        "Première visite infirmière",
                        "Anne TOURNEE",
                        "Des réponses sont attendues pour cette étape.")
                .doesNotContain("??", "patient-1", "Marie");

        HttpResponse<String> done = browser.send(preview, "/board/offers/done");

        FakeServices.Call call = console.services.last("POST", "/api/v1/handoffs/bulk/offer");
        assertThat(call.query()).contains("dryRun=false");
        assertThat(call.body()).contains("nurse-first-visit").doesNotContain("medication-reconciliation");
        assertThat(call.header("Idempotency-Key")).isNotBlank();
        assertThat(done.body()).contains("le reste jusqu’à ce que quelqu’un accepte", "/board?kind=late");
    }

    @Test
    void the_same_look_in_english() {
        new Scenes(console.services).aBoard().offersTogether();
        PlainBrowser browser = console.browser("coordinator-gael", "en");

        assertThat(browser.send(browser.open("/board"), "/board/offers", "item", Scenes.PATHWAY + "/nurse-first-visit")
                        .body())
                .contains("Nothing is sent yet. One step can be offered", "Offer this step")
                .doesNotContain("??");
    }

    @Test
    void no_tick_sends_nothing_and_says_what_to_do() {
        PlainBrowser browser = console.browser("coordinator-gael", "fr");
        console.services.calls.clear();

        HttpResponse<String> page = browser.send(browser.open("/board?kind=late"), "/board/offers");

        assertThat(page.uri().getQuery()).contains("kind=late");
        assertThat(page.body()).contains("Aucune ligne n’est cochée");
        assertThat(console.services.calls).noneMatch(call -> call.path().endsWith("/bulk/offer"));
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

    @Test
    void the_list_is_taken_away_whole_however_long_it_is() {
        console.services.saysLines("/api/v1/worklist.csv", 200_000);
        PlainBrowser browser = console.browser("coordinator-gael", "fr");
        String page = browser.open("/board?kind=late&commune=23096").body();
        assertThat(page).contains("/board.csv?kind=late&amp;commune=23096");

        HttpResponse<String> file = browser.open("/board.csv?kind=late&commune=23096");

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body().lines()).hasSize(200_000);
        assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(file.headers().firstValue("Content-Disposition").orElse("")).contains("attachment");
        assertThat(console.services.last("GET", "/api/v1/worklist.csv").query()).contains("kind=late", "commune=23096");
    }

    @Test
    void a_list_that_may_not_be_taken_away_says_so() {
        console.services.says("GET /api/v1/worklist.csv", 403, """
                {"type":"https://relais.example/problems/role-missing","title":"Pas pour votre rôle","status":403}""");

        HttpResponse<String> file = console.browser("nurse-anne", "fr").open("/board.csv");

        assertThat(file.statusCode()).isEqualTo(403);
        assertThat(file.body()).contains("Cette page n’est pas pour vous");
    }

    @Test
    void names_of_a_page_are_one_call() {
        console.browser("coordinator-gael", "fr").open("/board");

        assertThat(console.services.calls.stream().filter(call -> call.path().startsWith("/api/v1/professionals")))
                .isEmpty();
    }
}
