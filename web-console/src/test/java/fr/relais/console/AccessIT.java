package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which page is for whom. Rights are the services': here each answers as {@code docs/access.md} says, and the page must be
 * refused where one of its calls is.
 */
class AccessIT {

    /**
     * The calls that open a page, and the personas whom the services let in there.
     *
     * @param refused what the service answers to others: 404 where also that something is there would tell too much
     */
    private record Door(String page, String call, List<String> in, int refused) {

        Door(String page, String call, List<String> in) {
            this(page, call, in, 403);
        }
    }

    private static final List<String> WATCHING = List.of("ward-farida", "coordinator-gael", "operator-odile");
    private static final String PATHWAY = "/pathways/" + Scenes.PATHWAY;
    private static final List<String> CARING = List.of("gp-alice", "nurse-anne", "ward-farida", "coordinator-gael");

    private static final List<String> PERSONAS = List.of(
            "gp-alice",
            "secretary-sophie",
            "nurse-anne",
            "pharmacist-david",
            "ward-farida",
            "coordinator-gael",
            "operator-odile");

    private static final List<Door> DOORS = List.of(
            new Door("/inbox", "GET /api/v1/handoffs", PERSONAS),
            new Door("/day", "GET /api/v1/handoffs", PERSONAS),
            new Door("/me", "GET /api/v1/me/preferences", PERSONAS),
            new Door("/calls", "GET /api/v1/pathways", PERSONAS),
            new Door(PATHWAY, "GET /api/v1" + PATHWAY, CARING, 404),
            new Door(PATHWAY + "/copy", "GET /api/v1" + PATHWAY, CARING, 404),
            new Door(PATHWAY + "/sheet", "GET /api/v1" + PATHWAY, CARING, 404),
            new Door("/directory", "GET /api/v1/professionals", PERSONAS),
            new Door("/discharges", "GET /api/v1/stays/ended-without-pathway", List.of("ward-farida")),
            new Door("/board", "GET /api/v1/dashboard", WATCHING),
            new Door("/board/communes", "GET /api/v1/dashboard/by/communes", WATCHING),
            new Door("/board/weeks", "GET /api/v1/dashboard/weeks/structures", WATCHING),
            new Door("/wall", "GET /api/v1/dashboard", WATCHING),
            new Door("/hospital-messages", "GET /api/v1/hospital-messages", List.of("ward-farida", "operator-odile")),
            new Door(
                    "/hospital-messages/" + Scenes.MESSAGE,
                    "GET /api/v1/hospital-messages/" + Scenes.MESSAGE,
                    List.of("ward-farida", "operator-odile")),
            new Door("/machine-room", "GET /api/v1/views", List.of("operator-odile")));

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void everything() {
        new Scenes(console.services).everything();
    }

    static Stream<Arguments> cells() {
        return DOORS.stream()
                .flatMap(door -> PERSONAS.stream()
                        .map(persona -> Arguments.of(
                                persona,
                                door.page(),
                                door.call(),
                                door.in().contains(persona) ? 200 : door.refused())));
    }

    @ParameterizedTest(name = "{0} at {1}: {3}")
    @MethodSource("cells")
    void a_page_of_others_is_refused(String persona, String page, String call, int status) {
        if (status != 200) {
            console.services.says(call, status, """
                    {"type":"https://relais.example/problems/no","title":"Pas pour vous","status":%d}""".formatted(status));
        }

        HttpResponse<String> answer = console.browser(persona, "fr").open(page);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status != 200) {
            assertThat(answer.body()).contains(status == 403 ? "Cette page n’est pas pour vous" : "Rien ici pour vous");
        }
    }

    @ParameterizedTest(name = "the pages of {0}")
    @MethodSource("links")
    void nobody_is_led_to_a_page_that_is_refused(String persona) {
        String body = console.browser(persona, "fr").open("/directory").body();
        String nav = body.substring(body.indexOf("class=\"relais-nav\""), body.indexOf("class=\"relais-who\""));

        for (Door door : DOORS) {
            if (!door.in().contains(persona)) {
                assertThat(nav).doesNotContain("href=\"" + door.page() + "\"");
            }
        }
    }

    static Stream<String> links() {
        return PERSONAS.stream();
    }

    @ParameterizedTest(name = "nobody at {0}")
    @MethodSource("pages")
    void whoever_is_not_logged_in_is_led_to_the_login(String page) {
        HttpResponse<String> answer = new PlainBrowser(console.address(), "fr").first(page);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().map()).containsEntry("location", List.of("/oauth2/authorization/relais"));
    }

    static Stream<String> pages() {
        return DOORS.stream().map(Door::page);
    }

    @Test
    void with_invented_people_a_link_leads_to_where_a_stay_is_played() {
        assertThat(console.browser("gp-alice", "fr").open("/directory").body())
                .contains("href=\"" + console.issuer.address() + "/try\"");
    }
}
