package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The directory, without JavaScript. */
class DirectoryIT {

    private static final String ANNE = "/directory/professionals?id=99700900022";
    private static final String HER = "/api/v1/professionals/99700900022";

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void aDirectory() {
        new Scenes(console.services).aDirectory();
        aDirectoryAnswers();
    }

    @Test
    void somebody_is_found_by_name_profession_and_commune() {
        String page = console.browser("gp-alice", "fr")
                .open("/directory?q=tour&profession=60&commune=23096&type=CPTS")
                .body();

        assertThat(console.services.last("GET", "/api/v1/professionals").query())
                .contains("q=tour", "profession=60", "commune=23096")
                .doesNotContain("type=");
        assertThat(page)
                .contains("Anne TOURNEE", "Infirmier", "Cabinet infirmier du Prat", "Complet jusqu’au")
                .contains("Guéret, Sainte-Feyre, Saint-Sulpice-le-Guérétois et 1 autre")
                .contains("after=cursor%261")
                .doesNotContain("??");
    }

    @Test
    void structures_are_a_tab_away_in_english_too() {
        assertThat(console.browser("gp-alice", "en")
                        .open("/directory?kind=structures")
                        .body())
                .contains("Cabinet infirmier du Prat", "Practice", "Guéret")
                .doesNotContain("??", "Chercher");
    }

    @Test
    void an_entry_says_where_they_work_whom_they_serve_and_whether_they_may_be_asked() {
        String page = console.browser("gp-alice", "fr").open(ANNE).body();

        assertThat(page)
                .contains("Complet jusqu’au", "Cabinet infirmier du Prat", "Saint-Vaury", "CPTS des Trois Vallées")
                .contains("depuis le 1 janvier 2026", "href=\"tel:0600000022\"", "remplacé(e) par Alice EXEMPLE")
                .doesNotContain("??", "Noter l’absence", "Modifier la fiche", "demande en attente");
    }

    @Test
    void a_coordinator_sees_the_load_and_says_full_away_and_back() {
        new Scenes(console.services).aDirectory().withLoad();
        aDirectoryAnswers();
        PlainBrowser browser = console.browser("coordinator-gael", "fr");
        HttpResponse<String> page = browser.open(ANNE);
        assertThat(page.body()).contains("1 demande en attente, 2 prises en charge en cours", "Noter l’absence");

        HttpResponse<String> full =
                browser.send(page, "/directory/professionals/room", "state", "FULL", "until", Scenes.day(4));
        assertThat(full.body()).contains("C’est noté\u00a0: complet.");
        assertThat(console.services.last("PUT", HER + "/room").body())
                .contains("\"state\":\"FULL\"", "\"until\":\"" + Scenes.day(4) + "\"");

        browser.send(
                page,
                "/directory/professionals/absences",
                "from",
                Scenes.day(5),
                "to",
                Scenes.day(6),
                "substitute",
                "990000028");
        assertThat(console.services
                        .last("PUT", HER + "/absences/" + Scenes.day(5))
                        .body())
                .contains("\"substitute\":\"structure:990000028\"");

        assertThat(browser.send(page, "/directory/professionals/absences/end").body())
                .contains("Absence annulée");
    }

    @Test
    void a_nurse_says_of_herself_that_she_is_full_and_a_day_that_is_none_is_said() {
        HttpResponse<String> page = console.browser("nurse-anne", "fr").open(ANNE);
        assertThat(page.body()).contains("Noter l’absence").doesNotContain("Modifier la fiche");
        PlainBrowser browser = console.browser("nurse-anne", "fr");

        HttpResponse<String> after =
                browser.send(browser.open(ANNE), "/directory/professionals/room", "state", "FULL", "until", "demain");

        assertThat(after.statusCode()).isEqualTo(422);
        assertThat(after.body()).contains("Donnez une date valable");
    }

    @Test
    void an_operator_changes_an_entry_and_writes_over_nobody() {
        PlainBrowser browser = console.browser("operator-odile", "fr");
        HttpResponse<String> page = browser.open(ANNE);

        HttpResponse<String> after = browser.send(
                page,
                "/directory/professionals",
                "name",
                "Anne TOURNEE-NOUVELLE",
                "profession",
                "60",
                "structures",
                "990000028",
                "communes",
                "23096 23193");

        assertThat(after.body()).contains("Fiche enregistrée");
        assertThat(console.services.last("PUT", HER).body())
                .contains("TOURNEE-NOUVELLE", "[\"23096\",\"23193\"]", "\"profession\":\"60\"");

        console.services.says(
                "GET " + HER, console.services.said("GET " + HER).replace("Anne TOURNEE", "Anne AUTREMENT"));
        HttpResponse<String> late = browser.send(page, "/directory/professionals", "name", "Anne TOURNEE");
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("Quelqu’un a modifié cette fiche entre-temps", "Anne AUTREMENT");
    }

    @Test
    void an_operator_writes_how_somebody_is_reached() {
        PlainBrowser browser = console.browser("operator-odile", "fr");
        HttpResponse<String> page = browser.open(ANNE);
        assertThat(page.body()).contains("name=\"contactValue\"", "Pour retirer un moyen");

        browser.send(
                page,
                "/directory/professionals",
                "name",
                "Anne TOURNEE",
                "contactKind",
                "PHONE",
                "contactValue",
                "05 55 00 00 01",
                "contactUse",
                "CALLS",
                "contactKind",
                "MSSANTE",
                "contactValue",
                "",
                "contactUse",
                "ANYTHING");

        assertThat(console.services.last("PUT", HER).body())
                .contains("\"value\":\"05 55 00 00 01\"", "\"use\":\"CALLS\"")
                .doesNotContain("MSSANTE");
    }

    @Test
    void an_operator_adds_an_entry_and_takes_one_out() {
        console.services.says("POST /api/v1/structures", 201, "{\"id\":\"990000099\"}");
        console.services.says("DELETE " + HER, "{}");
        PlainBrowser browser = console.browser("operator-odile", "fr");
        assertThat(browser.open("/directory?kind=structures").body()).contains("/directory/structures/new");

        browser.send(
                browser.open("/directory/structures/new"),
                "/directory/structures/new",
                "id",
                "990 000 099",
                "name",
                "Cabinet du Pont",
                "type",
                "CABINET",
                "commune",
                "23096",
                "communes",
                "23096");

        assertThat(console.services.last("POST", "/api/v1/structures").body())
                .contains("\"id\":\"990000099\"", "Cabinet du Pont", "\"communes\":[\"23096\"]");

        HttpResponse<String> after = browser.send(browser.open(ANNE), "/directory/professionals/retire");
        assertThat(after.body()).contains("Fiche retirée");
        console.services.last("DELETE", HER);
    }

    @Test
    void a_name_that_the_directory_learns_stands_on_the_next_page() {
        console.services.says(
                "GET " + HER, console.services.said("GET " + HER).replace("\"990000028\"", "\"990000088\""));
        PlainBrowser browser = console.browser("gp-alice", "fr");
        assertThat(browser.open(ANNE).body()).contains(">990000088<");

        console.services.says(
                "POST /api/v1/names", "[{\"key\":\"structure:990000088\",\"name\":\"Cabinet tout neuf\"}]");

        assertThat(browser.open(ANNE).body()).contains("Cabinet tout neuf");
    }

    @Test
    void what_the_directory_refuses_to_add_is_said() {
        console.services.says(
                "POST /api/v1/professionals",
                409,
                "{\"title\":\"Cette personne est déjà dans l’annuaire\",\"status\":409}");
        PlainBrowser browser = console.browser("operator-odile", "fr");

        HttpResponse<String> after = browser.send(
                browser.open("/directory/professionals/new"),
                "/directory/professionals/new",
                "id",
                "99700900022",
                "name",
                "Anne TOURNEE");

        assertThat(after.statusCode()).isEqualTo(409);
        assertThat(after.body()).contains("déjà dans l’annuaire", "value=\"99700900022\"", "value=\"Anne TOURNEE\"");
        assertThat(console.browser("gp-alice", "fr")
                        .open("/directory/professionals/new")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoever_is_not_listed_is_not_there() {
        assertThat(console.browser("gp-alice", "fr")
                        .open("/directory/structures?id=990000099")
                        .statusCode())
                .isEqualTo(404);
    }

    private void aDirectoryAnswers() {
        console.services.says("PUT " + HER + "/room", "{\"id\":\"99700900022\"}");
        console.services.says("PUT " + HER + "/absences/" + Scenes.day(5), "{\"id\":\"99700900022\"}");
        console.services.says("DELETE " + HER + "/absences/" + Scenes.day(20), "{\"id\":\"99700900022\"}");
        console.services.says("PUT " + HER, "{\"id\":\"99700900022\"}");
    }
}
