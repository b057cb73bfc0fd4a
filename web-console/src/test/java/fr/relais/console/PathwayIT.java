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
                        "Prochaine étape : « Première visite infirmière », prise par vous, en retard : l’échéance était")
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
}
