package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A screen on a wall. */
class WallIT {

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void aBoard() {
        new Scenes(console.services).aBoard();
    }

    private PlainBrowser onTheWall() {
        PlainBrowser browser = console.browser("coordinator-gael", "fr");
        HttpResponse<String> begin = browser.open("/wall");
        assertThat(begin.body()).contains("ne se verrouille pas").doesNotContain("wall-numbers");
        browser.send(begin, "/wall");
        return browser;
    }

    @Test
    void it_shows_counts_and_no_row_code_or_link() {
        String wall = onTheWall().open("/wall").body();

        assertThat(wall)
                .contains("En retard", "Sans personne", "Sans doute faits", "<b>31</b>")
                .doesNotContain("<a ", "Anne TOURNEE", Scenes.PATHWAY, "Guéret", "data-lock", "data-idle", "??");
        assertThat(console.services.calls).noneMatch(call -> call.path().equals("/api/v1/worklist"));
    }

    @Test
    void a_number_that_is_hidden_is_hidden_here_too() {
        console.services.says(
                "GET /api/v1/dashboard",
                console.services.said("GET /api/v1/dashboard").replace("\"late\":1", "\"late\":null"));

        assertThat(onTheWall().open("/wall").body()).containsPattern("<b>–</b> <span>En retard</span>");
    }

    @Test
    void whoever_touches_it_reaches_no_other_page() {
        PlainBrowser wall = onTheWall();

        for (String page :
                new String[] {"/", "/board", "/board.csv", "/inbox", "/directory", "/pathways/" + Scenes.PATHWAY}) {
            assertThat(wall.open(page).uri().getPath()).as(page).isEqualTo("/wall");
        }
    }

    @Test
    void any_instance_knows_that_it_is_a_wall() {
        PlainBrowser wall = onTheWall();

        HttpResponse<String> page = wall.open(console.otherAddress() + "/board");

        assertThat(page.uri().getPath()).isEqualTo("/wall");
        assertThat(page.body()).contains("wall-numbers");
    }

    @Test
    void left_it_is_no_wall_any_more() {
        PlainBrowser wall = onTheWall();
        wall.send(wall.open("/wall"), "/logout");
        console.issuer.next("coordinator-gael");

        assertThat(wall.open("/board").uri().getPath()).isEqualTo("/board");
    }

    @Test
    void it_hangs_longer_than_the_token_it_was_begun_with() {
        console.issuer.givesShortTokens(true);
        int before = console.issuer.renewed;
        try {
            PlainBrowser wall = onTheWall();
            assertThat(wall.open("/wall").body()).contains("wall-numbers");
        } finally {
            console.issuer.givesShortTokens(false);
        }

        assertThat(console.issuer.renewed).as("once: the other token lives").isEqualTo(before + 1);
    }

    @Test
    void whoever_may_see_no_numbers_hangs_none() {
        console.services.says("GET /api/v1/dashboard", 403, """
                {"type":"https://relais.example/problems/role-missing","title":"Pas pour votre rôle","status":403}""");

        assertThat(console.browser("nurse-anne", "fr").open("/wall").statusCode())
                .isEqualTo(403);
    }
}
