package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A code that is read aloud on the phone. */
class CallCodeIT {

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void aWeekAtHome() {
        new Scenes(console.services).aPathway();
    }

    @Test
    void the_code_stands_on_the_page_of_whoever_has_the_patient() {
        assertThat(console.browser("nurse-anne", "fr")
                        .open("/pathways/" + Scenes.PATHWAY)
                        .body())
                .contains("Code d’appel", "K7-42");
    }

    @Test
    void a_code_that_is_typed_opens_the_pathway_at_once() {
        String pathway = console.services.said("GET /api/v1/pathways/" + Scenes.PATHWAY);
        console.services.says("GET /api/v1/pathways", "{\"items\":[" + pathway + "]}");

        PlainBrowser browser = console.browser("coordinator-gael", "fr");
        browser.open("/calls");
        HttpResponse<String> page = browser.open("/calls?code=k7+42");

        assertThat(page.uri().getPath()).isEqualTo("/pathways/" + Scenes.PATHWAY);
        assertThat(console.services.last("GET", "/api/v1/pathways").query()).contains("code=k7 42");
    }

    @Test
    void where_several_bear_it_one_chooses() {
        String pathway = console.services.said("GET /api/v1/pathways/" + Scenes.PATHWAY);
        console.services.says("GET /api/v1/pathways", "{\"items\":[" + pathway + "],\"next\":\"more\"}");
        console.services.says(
                "GET /api/v1/pathways?after=more",
                "{\"items\":["
                        + pathway.replace(Scenes.PATHWAY, "pathway-0198z").replace("running", "closed") + "]}");

        String page =
                console.browser("nurse-anne", "fr").open("/calls?code=K7-42").body();

        assertThat(page)
                .contains(
                        "2 parcours portent ce code",
                        "/pathways/" + Scenes.PATHWAY,
                        "/pathways/pathway-0198z",
                        "Guéret",
                        "Terminé")
                .doesNotContain("TEST", "??");
    }

    @Test
    void a_code_that_nobody_has_or_that_is_none_gets_a_sentence() {
        console.services.says("GET /api/v1/pathways", "{\"items\":[]}");
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        assertThat(browser.open("/calls?code=Z9-99").body()).contains("Aucun de vos parcours ne porte ce code");

        console.services.says("GET /api/v1/pathways", 400, """
                {"type":"urn:relais:problem:code-malformed","title":"Ce n’est pas un code d’appel","status":400}""");
        HttpResponse<String> none = browser.open("/calls?code=42");
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body()).contains("une lettre et trois chiffres", "value=\"42\"");
        assertThat(console.browser("nurse-anne", "en").open("/calls").body())
                .contains("Call code")
                .doesNotContain("??");
    }
}
