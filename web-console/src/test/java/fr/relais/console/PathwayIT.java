package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One pathway, for somebody who takes part in it and for somebody who does not. */
class PathwayIT {

    private static final String PAGE = "/pathways/" + Scenes.PATHWAY;

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void aWeekAtHome() {
        new Scenes(console.services).aPathway();
    }

    @Test
    void one_sentence_says_who_has_it_now() {
        String page = console.browser("nurse-anne", "fr").open(PAGE).body();

        assertThat(page)
                .contains(
                        "Prochaine étape\u00a0: «\u00a0Première visite infirmière\u00a0», prise par vous, en retard\u00a0: l’échéance était")
                .contains("Lettre de liaison envoyée", "Centre hospitalier d’Exemple", "Conciliation médicamenteuse")
                .doesNotContain("??", "discharge-home");
    }

    @Test
    void the_same_in_english() {
        assertThat(console.browser("nurse-anne", "en").open(PAGE).body())
                .contains("Next step: “First nurse visit”, taken by you, late", "What happened", "Care team")
                .doesNotContain("??", "Étapes");
    }

    @Test
    void whoever_may_know_the_patient_reads_who_it_is_on_the_page_and_nowhere_else() {
        HttpResponse<String> page = console.browser("nurse-anne", "fr").open(PAGE);

        assertThat(page.body()).contains("TEST Marie", "né(e) le 2 mars 1948", "tel:0100000000");
        assertThat(page.body()).contains("<title>Parcours · Relais</title>");
        assertThat(page.body()).doesNotContainPattern("(href|action)=\"/[^\"]*(patient|TEST|Marie)");
        assertThat(page.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("no-store"));
    }

    @Test
    void what_happened_says_who_did_it_and_who_was_told() {
        assertThat(console.browser("nurse-anne", "fr").open(PAGE).body())
                .contains("Demande envoyée à Cabinet infirmier du Prat", "Accepté par vous", "1 personne prévenue")
                .contains("Sortie de l’hôpital, le parcours commence", "a eu lieu");
    }

    @Test
    void a_note_is_read_only_when_it_is_asked_for() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        assertThat(browser.open(PAGE).body()).contains("Lire la note").doesNotContain("Poids");

        assertThat(browser.open(PAGE + "?note=note-7").body()).contains("Poids à surveiller");
    }

    @Test
    void a_note_is_written_by_a_form() {
        console.services.says(
                "POST /api/v1" + PAGE + "/notes", "{\"id\":\"note-8\",\"pathway\":\"" + Scenes.PATHWAY + "\"}");
        PlainBrowser browser = console.browser("nurse-anne", "fr");

        HttpResponse<String> after =
                browser.send(browser.open(PAGE), PAGE + "/notes", "text", "Pansement refait", "urgent", "true");

        assertThat(console.services.last("POST", "/api/v1" + PAGE + "/notes").body())
                .contains("\"text\":\"Pansement refait\"", "\"urgent\":true");
        assertThat(after.body()).contains("Note envoyée");
        assertThat(after.uri().toString()).doesNotContain("Pansement");
    }

    @Test
    void my_step_is_done_from_here_and_leads_back_here() {
        console.services.says(
                "POST /api/v1/handoffs/" + Scenes.TAKEN + "/complete",
                "{\"id\":\"%s\",\"pathway\":\"%s\"}".formatted(Scenes.TAKEN, Scenes.PATHWAY));
        PlainBrowser browser = console.browser("nurse-anne", "fr");

        HttpResponse<String> after = browser.send(browser.open(PAGE), "/inbox/" + Scenes.TAKEN + "/complete");

        assertThat(after.uri().getPath()).isEqualTo(PAGE);
        assertThat(after.body()).contains("C’est noté comme fait.");
    }

    @Test
    void for_whoever_takes_no_part_it_is_not_there() {
        console.services.forget();

        HttpResponse<String> page = console.browser("gp-hugo", "fr").open(PAGE);

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("Rien ici pour vous").doesNotContain("Marie");
    }

    @Test
    void what_the_ward_had_not_ready_stands_on_the_page() {
        assertThat(console.browser("nurse-anne", "fr")
                        .open("/pathways/" + Scenes.PATHWAY)
                        .body())
                .contains("Ordonnance de soins non remise", "Pas de ligne directe");
    }

    @Test
    void what_came_since_the_last_look_is_marked_and_stays_marked_while_the_page_is_open() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");

        String page = browser.open("/pathways/" + Scenes.PATHWAY).body();

        assertThat(page).contains("2 nouveautés depuis votre dernière visite", "since=4");
        assertThat(console.services
                        .last("POST", "/api/v1/pathways/" + Scenes.PATHWAY + "/looks")
                        .body())
                .contains("\"seen\":6");
        console.services.says("POST /api/v1/pathways/" + Scenes.PATHWAY + "/looks", "{\"seen\":6,\"before\":6}");
        assertThat(browser.openFragment("/pathways/" + Scenes.PATHWAY + "?since=4")
                        .body())
                .contains("2 nouveautés");
        assertThat(browser.open("/pathways/" + Scenes.PATHWAY).body()).doesNotContain("nouveautés");
    }

    @Test
    void whoever_reached_nobody_says_so_and_when_they_try_again() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        String calls = "/pathways/" + Scenes.PATHWAY + "/steps/gp-visit/calls";
        console.services.says("POST /api/v1" + calls, "{\"id\":\"%s\"}".formatted(Scenes.PATHWAY));
        var page = browser.open("/pathways/" + Scenes.PATHWAY);
        assertThat(page.body()).contains("J’ai appelé", "Pas de réponse, je rappelle demain à 9:00", "appelez le 15");

        String after =
                browser.send(page, calls, "callBackAt", "2027-01-15T08:00:00Z").body();

        assertThat(after).contains("Appel noté. Vos collègues le voient.");
        assertThat(console.services.last("POST", "/api/v1" + calls).body())
                .contains("\"outcome\":\"no-answer\"", "\"callBackAt\":\"2027-01-15T08:00:00Z\"");
    }

    @Test
    void a_week_is_confirmed_in_one_tap_save_the_days_on_which_it_was_not_done() {
        String path = "GET /api/v1/pathways/" + Scenes.PATHWAY;
        console.services.says(
                path,
                console.services
                        .said(path)
                        .replaceFirst(
                                "\"overdue\":true,",
                                "\"overdue\":false,\"weeks\":{\"answersBy\":[\"2027-01-15T08:00:00Z\",\"2027-01-22T08:00:00Z\"],"
                                        + "\"confirmed\":[1],\"unanswered\":[],\"inARow\":0},"));
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        String weeks = "/pathways/" + Scenes.PATHWAY + "/steps/nurse-first-visit/weeks";
        console.services.says("POST /api/v1" + weeks, "{\"id\":\"%s\"}".formatted(Scenes.PATHWAY));
        var page = browser.open("/pathways/" + Scenes.PATHWAY);
        assertThat(page.body()).contains("Tout est fait cette semaine", "1 semaine(s) confirmée(s) sur 2");

        assertThat(browser.send(page, weeks).body()).contains("Semaine confirmée.");
        assertThat(console.services.last("POST", "/api/v1" + weeks).body()).contains("\"except\":[]");
        browser.send(page, weeks, "except", "2026-11-20", "except", "2026-11-21");
        assertThat(console.services.last("POST", "/api/v1" + weeks).body()).contains("2026-11-20", "2026-11-21");
    }

    @Test
    void the_patients_sheet_says_who_comes_whom_to_call_and_no_diagnosis() {
        console.services.says("GET /api/v1/structures/990000051", """
                {"id":"990000051","name":"CPTS des Trois Vallées","type":"CPTS",
                 "contacts":[{"kind":"PHONE","value":"0555000000","use":"CALLS"}]}""");
        String page = console.browser("nurse-anne", "fr")
                .open("/pathways/" + Scenes.PATHWAY + "/sheet")
                .body();

        assertThat(page)
                .contains("TEST Marie", "Qui vient, et quand", "Anne TOURNEE", "appelez le 15", "refuser ce suivi")
                .contains("CPTS des Trois Vallées", "0555000000", "on cherche quelqu’un")
                .doesNotContain("??");
        assertThat(page.substring(0, page.indexOf("</head>"))).doesNotContain("TEST", "Marie");
    }

    @Test
    void a_sheet_that_is_printed_again_says_what_is_no_longer_as_on_the_one_before() {
        String looks = "POST /api/v1" + PAGE + "/looks";
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        HttpResponse<String> page = browser.open(PAGE);
        console.services.says(looks, "{\"of\":\"sheet\",\"seen\":6}");
        assertThat(browser.send(page, PAGE + "/sheet").body()).doesNotContain("Changé", "Rien n’a changé");

        console.services.says(
                looks, "{\"of\":\"sheet\",\"seen\":6,\"before\":3,\"beforeAt\":\"2026-11-21T09:12:00Z\"}");
        HttpResponse<String> again = browser.send(page, PAGE + "/sheet");

        assertThat(console.services.last("POST", "/api/v1" + PAGE + "/looks").body())
                .isEqualTo("{\"of\":\"sheet\"}");
        assertThat(console.services.last("GET", "/api/v1" + PAGE + "/timeline").query())
                .contains("after=3");
        assertThat(again.body()).contains("<b>Changé</b>", "n’est plus comme sur la fiche du samedi 21 novembre");
        assertThat(again.uri().getPath()).isEqualTo(PAGE + "/sheet");

        console.services.says("GET /api/v1" + PAGE + "/timeline", "{\"items\":[]}");
        assertThat(browser.send(page, PAGE + "/sheet").body())
                .contains("Rien n’a changé depuis la fiche du samedi 21 novembre")
                .doesNotContain("<b>Changé</b>");
    }

    @Test
    void five_plain_lines_are_for_ones_own_software() {
        String page = console.browser("nurse-anne", "fr")
                .open("/pathways/" + Scenes.PATHWAY + "/copy")
                .body();

        assertThat(page)
                .contains(
                        "Patient\u00a0: TEST Marie",
                        "Ma part\u00a0: Première visite infirmière",
                        "Coordination\u00a0: CPTS")
                .doesNotContain("??");
        assertThat(console.services.last("GET", "/api/v1/patients/patient-1/identity"))
                .isNotNull();

        console.services.says("GET /api/v1/patients/patient-1/identity", 404, "{\"title\":\"Rien\",\"status\":404}");
        assertThat(console.browser("nurse-anne", "fr")
                        .open("/pathways/" + Scenes.PATHWAY + "/copy")
                        .statusCode())
                .isEqualTo(404);
    }
}
