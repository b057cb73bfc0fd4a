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
                .doesNotContain("??", "Marie")
                .as("the letter went, and the ward has nothing left to do")
                .doesNotContain("C’est fait\u00a0:", "Lettre envoyée</button>");
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
        console.services.says("GET /api/v1/communes?name=", "[]");
        PlainBrowser browser = console.browser("ward-farida", "fr");
        HttpResponse<String> form = browser.send(browser.open("/discharges"), "/discharges/including");

        HttpResponse<String> after = browser.send(form, "/discharges/inclusions", "commune", "X", "how", "oral");

        assertThat(after.statusCode()).isEqualTo(422);
        assertThat(after.body()).contains("Commune inconnue", "Inclure ce patient");
    }

    @Test
    void a_commune_is_taken_by_its_name_and_its_collective_watches() {
        console.services.says("GET /api/v1/communes", "[{\"code\":\"23096\",\"name\":\"Guéret\"}]");
        console.services.says(
                "GET /api/v1/structures",
                "{\"items\":[{\"id\":\"990000051\",\"name\":\"CPTS des Trois Vallées\"}],\"next\":null}");
        PlainBrowser browser = console.browser("ward-farida", "fr");
        HttpResponse<String> form = browser.send(browser.open("/discharges"), "/discharges/including");

        browser.send(form, "/discharges/inclusions", "commune", "gueret", "how", "oral");

        assertThat(console.services.last("POST", "/api/v1/inclusions").body())
                .contains("\"commune\":\"23096\"", "\"coordinator\":\"990000051\"");
    }

    @Test
    void
            where_a_name_means_several_communes_or_several_collectives_watch_there_the_ward_chooses_and_types_nothing_twice() {
        console.services.says(
                "GET /api/v1/communes",
                "[{\"code\":\"23245\",\"name\":\"Saint-Sulpice-le-Guérétois\"},{\"code\":\"23244\",\"name\":\"Saint-Sulpice-le-Dunois\"}]");
        console.services.says(
                "GET /api/v1/structures",
                "{\"items\":[{\"id\":\"990000051\",\"name\":\"CPTS des Trois Vallées\"},{\"id\":\"990000077\",\"name\":\"CPTS d’à côté\"}],\"next\":null}");
        PlainBrowser browser = console.browser("ward-farida", "fr");
        HttpResponse<String> form = browser.send(browser.open("/discharges"), "/discharges/including");

        HttpResponse<String> which = browser.send(
                form, "/discharges/inclusions", "commune", "Saint Sulpice", "how", "written", "line", "05 55 00 00 00");
        assertThat(which.statusCode()).isEqualTo(422);
        assertThat(which.body())
                .contains("Plusieurs communes portent un nom comme «\u00a0Saint Sulpice\u00a0»")
                .contains("<option value=\"23244\">Saint-Sulpice-le-Dunois (23244)</option>")
                .contains("value=\"05 55 00 00 00\"", "value=\"written\" selected");

        HttpResponse<String> who = browser.send(which, "/discharges/inclusions", "commune", "23244", "how", "written");
        assertThat(who.statusCode()).isEqualTo(422);
        assertThat(who.body()).contains("Plusieurs collectifs coordonnent", "value=\"990000077\"", "value=\"23244\"");

        browser.send(who, "/discharges/inclusions", "commune", "23244", "coordinator", "990000077", "how", "written");
        assertThat(console.services.last("POST", "/api/v1/inclusions").body())
                .contains("\"commune\":\"23244\"", "\"coordinator\":\"990000077\"");
    }

    @Test
    void the_page_follows_what_happens_until_names_are_on_it() {
        PlainBrowser browser = console.browser("ward-farida", "fr");
        HttpResponse<String> page = browser.open("/discharges");

        assertThat(page.body()).contains("data-follows", "hx-get=\"/discharges\"");
        assertThat(browser.send(page, "/discharges/named").body()).doesNotContain("data-follows");
    }

    @Test
    void it_is_no_page_for_a_nurse() {
        console.services.says("GET /api/v1/stays/ended-without-pathway", 403, """
                {"type":"https://relais.example/problems/role-missing","title":"Pas pour votre rôle","status":403}""");

        assertThat(console.browser("nurse-anne", "fr").open("/discharges").statusCode())
                .isEqualTo(403);
    }

    @Test
    void whoever_leaves_until_the_next_working_day_and_lacks_something_is_on_one_list() {
        new Scenes(console.services).aWardBeforeTheWeekend();

        String page = console.browser("ward-farida", "fr").open("/discharges").body();

        assertThat(page).contains("Il manque encore, pour les sorties jusqu’au", "Sortie prévue");
        String list = page.substring(page.indexOf("Il manque encore"), page.indexOf("Sorties sans parcours"));
        assertThat(list)
                .contains("pathway-leaves", "infirmier", "ordonnance de soins")
                .doesNotContain("médicaments ou matériel", Scenes.PATHWAY + "\"");
    }

    @Test
    void whom_to_call_is_said_where_nobody_has_taken_a_step() {
        assertThat(console.browser("ward-farida", "fr").open("/discharges").body())
                .contains("Personne encore\u202f? Appelez CPTS des Trois Vallées", "href=\"tel:0555010203\"");
    }

    @Test
    void that_the_letter_was_sent_is_said_in_one_tap_or_with_the_letter_itself() {
        new Scenes(console.services).aWardBeforeTheWeekend();
        console.services.says("POST /api/v1/documents", "{\"id\":\"document-1\",\"pathways\":[\"pathway-leaves\"]}");
        PlainBrowser browser = console.browser("ward-farida", "fr");
        HttpResponse<String> page = browser.open("/discharges");

        HttpResponse<String> after = browser.send(page, "/discharges/pathway-leaves/letter");

        assertThat(after.body()).contains("la lettre est envoyée");
        assertThat(console.services.last("POST", "/api/v1/documents").body())
                .contains("\"type\":\"11490-0\"", "\"pathway\":\"pathway-leaves\"")
                .doesNotContain("base64");

        HttpResponse<String> sent =
                browser.sendFile(page, "/discharges/pathway-leaves/letter", "letter", "Cher confrère");

        assertThat(sent.body()).contains("la lettre est envoyée");
        assertThat(console.services.last("POST", "/api/v1/documents").body())
                .contains("\"contentType\":\"text/plain\"", "\"base64\":\"Q2hlciBjb25mcsOocmU=\"");
        assertThat(browser.sendFile(page, "/discharges/pathway-leaves/letter", "letter", "x".repeat(700_001))
                        .body())
                .contains("Ce fichier dépasse 700 ko");
    }

    @Test
    void patients_are_named_when_the_ward_asks_and_in_one_call() {
        console.services.says("POST /api/v1/patients/bulk/identities", """
                [{"patient":"patient-1","traits":{"birthName":"EXEMPLE","usedName":"TEST","givenNames":["Marie"],"birthDate":"1948-03-02"}}]""");
        PlainBrowser browser = console.browser("ward-farida", "fr");
        HttpResponse<String> page = browser.open("/discharges");
        assertThat(page.body()).doesNotContain("Marie");

        HttpResponse<String> named = browser.send(page, "/discharges/named");

        assertThat(named.body())
                .contains("TEST Marie", "cette consultation est consignée")
                .doesNotContain("data-follows");
        assertThat(console.services.calls.stream().filter(call -> call.path().endsWith("/identities")))
                .hasSize(1);
    }
}
