package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A nurse's list, in a browser that knows no JavaScript, and what of it a script asks for. */
class InboxIT {

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void morning() {
        new Scenes(console.services).aNursesMorning();
    }

    @Test
    void a_request_says_what_where_until_when_and_for_whom_and_nothing_of_the_patient() {
        String page = console.browser("nurse-anne", "fr").open("/inbox").body();

        assertThat(page)
                .contains(
                        "Première visite infirmière", "2 fois par jour", "week-end compris", "Guéret", "commune 23998")
                .contains("dans 35 min", "Pour l’équipe\u00a0: Cabinet infirmier du Prat", "Pour vous")
                .contains("J’accepte", "Je ne peux pas", "De la part de Centre hospitalier d’Exemple.")
                .doesNotContain("patient-1", "??");
    }

    @Test
    void the_same_in_english() {
        String page = console.browser("nurse-anne", "en").open("/inbox").body();

        assertThat(page)
                .contains("First nurse visit", "2 times a day", "in 35 min", "I accept", "For the team")
                .doesNotContain("infirmière<", "??");
    }

    @Test
    void accepting_is_one_form_and_the_list_that_follows_has_seen_it() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        console.services.says(
                "POST /api/v1/handoffs/" + Scenes.ASKED + "/accept",
                "{\"id\":\"%s\",\"pathway\":\"%s\",\"status\":\"accepted\"}".formatted(Scenes.ASKED, Scenes.PATHWAY));

        HttpResponse<String> after = browser.send(browser.open("/inbox"), "/inbox/" + Scenes.ASKED + "/accept");

        assertThat(after.body()).contains("vous en êtes responsable", "Annuler mon acceptation");
        assertThat(console.services.last("GET", "/api/v1/handoffs").header("Relais-At-Least"))
                .isEqualTo(Scenes.PATHWAY + ":7");
        assertThat(console.services
                        .last("POST", "/api/v1/handoffs/" + Scenes.ASKED + "/accept")
                        .header("Idempotency-Key"))
                .endsWith("-accept-" + Scenes.ASKED);
    }

    @Test
    void a_form_that_is_sent_twice_is_the_same_command() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        String path = "/api/v1/handoffs/" + Scenes.ASKED + "/accept";
        console.services.says(
                "POST " + path, "{\"id\":\"%s\",\"pathway\":\"%s\"}".formatted(Scenes.ASKED, Scenes.PATHWAY));
        HttpResponse<String> page = browser.open("/inbox");

        browser.send(page, "/inbox/" + Scenes.ASKED + "/accept");
        String first = console.services.last("POST", path).header("Idempotency-Key");
        browser.send(page, "/inbox/" + Scenes.ASKED + "/accept");

        assertThat(console.services.last("POST", path).header("Idempotency-Key"))
                .isEqualTo(first);
    }

    @Test
    void declining_says_why() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        String path = "/api/v1/handoffs/" + Scenes.ASKED + "/decline";
        console.services.says(
                "POST " + path, "{\"id\":\"%s\",\"pathway\":\"%s\"}".formatted(Scenes.ASKED, Scenes.PATHWAY));

        HttpResponse<String> after =
                browser.send(browser.open("/inbox"), "/inbox/" + Scenes.ASKED + "/decline", "reason", "full");

        assertThat(console.services.last("POST", path).body()).isEqualTo("{\"reason\":\"full\"}");
        assertThat(after.body()).contains("Refus enregistré");
    }

    @Test
    void whoever_comes_second_reads_a_sentence_beside_the_list() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        console.services.says("POST /api/v1/handoffs/" + Scenes.ASKED + "/accept", 409, """
                {"type":"https://relais.example/problems/taken-by-another","title":"Déjà pris","status":409,
                 "detail":"Brahim RELEVE l’a accepté avant vous."}""");

        HttpResponse<String> after = browser.send(browser.open("/inbox"), "/inbox/" + Scenes.ASKED + "/accept");

        assertThat(after.statusCode()).isEqualTo(409);
        assertThat(after.body()).contains("Déjà pris", "avant vous", "À répondre");
    }

    @Test
    void a_script_gets_the_list_alone() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        browser.open("/inbox");

        String fragment = browser.openFragment("/inbox").body();

        assertThat(fragment).contains("id=\"inbox\"", "data-count=\"2\"").doesNotContain("<html", "<header");
    }

    @Test
    void an_empty_list_says_what_will_appear_there() {
        new Scenes(console.services).nothing();

        assertThat(console.browser("nurse-anne", "fr").open("/inbox").body())
                .contains("Aucune demande ne vous attend", "arriveront ici");
    }

    @Test
    void no_patient_datum_stands_in_the_title_or_in_an_address() {
        String page = console.browser("nurse-anne", "fr").open("/inbox").body();

        assertThat(page).startsWith("<!doctype html>").contains("<title>Mes demandes · Relais</title>");
        assertThat(page).doesNotContainPattern("(href|action)=\"[^\"]*patient");
    }

    @Test
    void a_service_that_is_away_is_a_page_that_says_so() {
        console.services.says("GET /api/v1/handoffs?status=offered", 503, "{}");

        HttpResponse<String> page = console.browser("nurse-anne", "fr").open("/inbox");

        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("Un service ne répond pas", "Rien n’est perdu");
    }

    @Test
    void what_the_ward_had_ready_is_said_before_acceptance_with_the_number_to_call() {
        assertThat(console.browser("nurse-anne", "fr").open("/inbox").body())
                .contains("Ordonnance de soins remise", "Matériel ou médicaments à prévoir")
                .contains("href=\"tel:0555000000\"");
    }
}
