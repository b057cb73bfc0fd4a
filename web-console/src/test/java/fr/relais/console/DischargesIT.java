package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A ward's discharges, without JavaScript. */
class DischargesIT {

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void aWard() {
        new Scenes(console.services).aWard();
        console.services.says("POST /api/v1/inclusions", "{\"id\":\"pathway-new\"}");
    }

    @Test
    void a_ward_sees_who_left_without_a_pathway_and_what_became_of_the_others() {
        String page = console.browser("ward-farida", "fr").open("/discharges").body();

        assertThat(page)
                .contains("Sorties sans parcours", "unité 3010", "domicile", "Ce que sont devenus vos patients")
                .contains("fait par Centre hospitalier d’Exemple", "pris par Anne TOURNEE, en retard")
                .contains("personne encore, 1 demande en cours", "personne encore, la coordination est prévenue")
                .doesNotContain("??", "Marie");
    }

    @Test
    void the_same_in_english() {
        assertThat(console.browser("ward-farida", "en").open("/discharges").body())
                .contains("Discharges without a pathway", "nobody yet, 1 request open")
                .doesNotContain("??", "personne encore");
    }

    @Test
    void who_it_is_is_asked_for_the_one_that_is_included_and_for_no_other() {
        PlainBrowser browser = console.browser("ward-farida", "fr");
        HttpResponse<String> page = browser.open("/discharges");
        assertThat(console.services.calls).noneMatch(call -> call.path().endsWith("/identity"));

        HttpResponse<String> form = browser.send(page, "/discharges/including");

        assertThat(form.body()).contains("TEST Marie", "Le patient a été informé", "Ordonnance de soins infirmiers");
        assertThat(console.services.calls.stream().filter(call -> call.path().endsWith("/identity")))
                .hasSize(1);
    }

    @Test
    void an_inclusion_says_that_the_patient_was_informed_and_hands_on_the_three_ticks() {
        PlainBrowser browser = console.browser("ward-farida", "fr");
        HttpResponse<String> form = browser.send(browser.open("/discharges"), "/discharges/including");

        HttpResponse<String> after = browser.send(
                form,
                "/discharges/inclusions",
                "template",
                "discharge-home",
                "commune",
                "23096",
                "how",
                "oral",
                "order",
                "true",
                "line",
                "05 55 00 00 00",
                "until",
                "2026-11-27T18:00");

        assertThat(console.services.last("POST", "/api/v1/inclusions").body())
                .contains("\"id\":\"patient-1\"", "\"how\":\"oral\"", "\"commune\":\"23096\"")
                .contains("\"orderReady\":true", "\"materialReady\":false", "\"line\":\"05 55 00 00 00\"")
                .contains("\"lineUntil\":\"2026-11-27T17:00:00Z\"");
        assertThat(after.body()).contains("Patient inclus");
        assertThat(after.uri().toString()).doesNotContain("patient-1");
    }

    @Test
    void what_is_missing_is_said_beside_the_form() {
        console.services.says("POST /api/v1/inclusions", 422, """
                {"type":"https://relais.example/problems/commune-invalid","title":"Commune inconnue","status":422,
                 "detail":"Donnez le code INSEE de la commune."}""");
        PlainBrowser browser = console.browser("ward-farida", "fr");
        HttpResponse<String> form = browser.send(browser.open("/discharges"), "/discharges/including");

        HttpResponse<String> after = browser.send(form, "/discharges/inclusions", "commune", "X", "how", "oral");

        assertThat(after.statusCode()).isEqualTo(422);
        assertThat(after.body()).contains("Commune inconnue", "Inclure ce patient");
    }

    @Test
    void it_is_no_page_for_a_nurse() {
        console.services.says("GET /api/v1/stays/ended-without-pathway", 403, """
                {"type":"https://relais.example/problems/role-missing","title":"Pas pour votre rôle","status":403}""");

        assertThat(console.browser("nurse-anne", "fr").open("/discharges").statusCode())
                .isEqualTo(403);
    }
}
