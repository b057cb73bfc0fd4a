package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of hospitals that wait for a person, without JavaScript. */
class HospitalMailIT {

    private static final String MESSAGE = "/hospital-messages/" + Scenes.MESSAGE;

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void aMessageThatNobodyUnderstands() {
        new Scenes(console.services).aMessageInTriage();
    }

    @Test
    void the_list_says_what_kind_of_message_waits_and_why() {
        HttpResponse<String> page = console.browser("operator-odile", "fr").open("/hospital-messages");

        assertThat(page.body())
                .contains("Sortie (ADT A03)", "le mode de sortie (ZFM-2) manque", "CH-EXEMPLE", "renvoyé 2 fois")
                .doesNotContain("??", "EXEMPLE^MARIE");
        assertThat(console.services.last("GET", "/api/v1/hospital-messages").query())
                .contains("status=triage");
        assertThat(console.services.calls).noneMatch(call -> call.path().endsWith("/content"));
    }

    @Test
    void other_states_are_a_tab_away_and_a_long_list_goes_on_by_its_cursor() {
        String page = console.browser("operator-odile", "en")
                .open("/hospital-messages?status=ignored&facility=CH-EXEMPLE")
                .body();

        assertThat(console.services.last("GET", "/api/v1/hospital-messages").query())
                .contains("status=ignored", "facility=CH-EXEMPLE");
        assertThat(page).contains("Without effect", "after=cursor%261").doesNotContain("??", "Sans effet");
    }

    @Test
    void what_it_says_is_read_on_demand_segment_by_segment_with_what_is_missing_marked() {
        PlainBrowser browser = console.browser("operator-odile", "fr");
        HttpResponse<String> closed = browser.open(MESSAGE);
        assertThat(closed.body()).doesNotContain("EXEMPLE^MARIE");

        HttpResponse<String> open = browser.send(closed, MESSAGE + "/reading");

        assertThat(open.body())
                .contains("Noms et prénoms", "EXEMPLE^MARIE", "N° de la venue")
                .containsPattern("(?s)ZFM-2</code>.{0,200}manque")
                .contains("absent du message")
                .doesNotContain("??");
        assertThat(open.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    }

    @Test
    void what_a_correction_changes_is_shown_before_it_is_sent() {
        console.services.says(
                "POST /api/v1/hospital-messages/" + Scenes.MESSAGE + "/corrections", """
                {"id":"%s","status":"corrected"}""".formatted(Scenes.MESSAGE));
        PlainBrowser browser = console.browser("operator-odile", "fr");
        HttpResponse<String> open = browser.send(browser.open(MESSAGE), MESSAGE + "/reading");

        HttpResponse<String> compared = browser.send(
                open,
                MESSAGE + "/comparison",
                "text",
                (Scenes.ER7 + "ZFM||8\r").replace('\r', '\n').replace("|EXEMPLE^MARIE|", "|EXEMPLE^MARINE|"));

        assertThat(compared.body())
                .contains("Votre correction change 2 champs")
                .containsPattern("(?s)ZFM-2</code>.{0,300}<ins>8</ins>")
                .containsPattern("(?s)<del>EXEMPLE\\^MARIE</del>.{0,200}<ins>EXEMPLE\\^MARINE</ins>");
        assertThat(console.services.calls).noneMatch(call -> call.path().endsWith("/corrections"));

        HttpResponse<String> after = browser.send(compared, MESSAGE + "/corrections");

        assertThat(console.services
                        .last("POST", "/api/v1/hospital-messages/" + Scenes.MESSAGE + "/corrections")
                        .body())
                .contains("MARINE", "ZFM||8", "MSH|^~\\\\&|GAM");
        assertThat(after.uri().toString()).endsWith(MESSAGE + "?said=corrected");
        assertThat(after.body()).contains("Correction envoyée");
    }

    @Test
    void what_the_service_says_against_a_correction_stands_beside_the_text() {
        console.services.says("POST /api/v1/hospital-messages/" + Scenes.MESSAGE + "/corrections", 400, """
                {"type":"https://relais.example/problems/text-no-message","title":"Ce n’est pas un message","status":400}""");
        PlainBrowser browser = console.browser("operator-odile", "fr");
        HttpResponse<String> open = browser.send(browser.open(MESSAGE), MESSAGE + "/reading");

        HttpResponse<String> after = browser.send(
                browser.send(open, MESSAGE + "/comparison", "text", "MSH|^~\\&|GAM"), MESSAGE + "/corrections");

        assertThat(after.statusCode()).isEqualTo(400);
        assertThat(after.body()).contains("Ce n’est pas un message", "Voir ce qui change", "MSH|^~\\&amp;|GAM");
    }

    @Test
    void it_is_read_again_as_it_is_or_set_aside_with_a_reason() {
        console.services.says("POST /api/v1/hospital-messages/" + Scenes.MESSAGE + "/retries", "{}");
        console.services.says("POST /api/v1/hospital-messages/" + Scenes.MESSAGE + "/dismissals", "{}");
        PlainBrowser browser = console.browser("operator-odile", "fr");

        assertThat(browser.send(browser.open(MESSAGE), MESSAGE + "/retries").body())
                .contains("Message relancé");
        assertThat(browser.send(browser.open(MESSAGE), MESSAGE + "/dismissals", "reason", "message d’essai")
                        .body())
                .contains("Message écarté");
        assertThat(console.services
                        .last("POST", "/api/v1/hospital-messages/" + Scenes.MESSAGE + "/dismissals")
                        .body())
                .contains("message d’essai");
    }

    @Test
    void a_ward_sees_what_waits_of_its_hospital_and_reads_no_content() {
        PlainBrowser browser = console.browser("ward-farida", "fr");

        assertThat(browser.open("/hospital-messages").body())
                .contains("Écartés", "le mode de sortie")
                .doesNotContain("Refusés à l’arrivée");
        assertThat(browser.open(MESSAGE).body())
                .contains("le mode de sortie", "seule l’exploitation peut le lire")
                .doesNotContain("Lire et corriger", "Relancer tel quel", "Écarter définitivement");
    }

    @Test
    void it_is_no_page_for_a_nurse() {
        console.services.says("GET /api/v1/hospital-messages", 403, """
                {"type":"https://relais.example/problems/role-missing","title":"Pas pour votre rôle","status":403}""");

        assertThat(console.browser("nurse-anne", "fr")
                        .open("/hospital-messages")
                        .statusCode())
                .isEqualTo(403);
    }
}
