package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The last weeks, without JavaScript: the numbers are all there. */
class WeeksIT {

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void weeks() {
        new Scenes(console.services).aBoard().lastWeeks();
    }

    @Test
    void each_plot_has_its_numbers_as_a_table_and_few_are_not_shown() {
        String page =
                console.browser("coordinator-gael", "fr").open("/board/weeks").body();

        assertThat(page)
                .contains(
                        "Cabinet infirmier du Prat", "1,5 h", "9 sur 10 en 6,2 h", "17 sur 20", "2 nov.", "non montré")
                .contains("data-value=\"1.5\"", "data-value=\"85.0\"")
                .doesNotContain("??", "990000028");
        assertThat(console.services.calls.stream().filter(call -> call.path().equals("/api/v1/names")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void professions_have_names_and_english_is_english() {
        String page = console.browser("coordinator-gael", "en")
                .open("/board/weeks?by=professions")
                .body();

        assertThat(page)
                .contains("Nurse", "1.4 h", "33 of 36", "Share of steps done on time")
                .doesNotContain("??");
    }

    @Test
    void an_operator_sees_those_of_one_collective() {
        String page = console.browser("operator-odile", "fr")
                .open("/board/weeks?collective=990000028")
                .body();

        assertThat(console.services
                        .last("GET", "/api/v1/dashboard/weeks/structures")
                        .query())
                .contains("collective=990000028");
        assertThat(page)
                .containsPattern("Collectif <b>Cabinet infirmier du Prat</b>")
                .contains("/board/weeks?by=professions&amp;collective=990000028");
    }

    @Test
    void nothing_yet_says_when_there_will_be_something() {
        console.services.says("GET /api/v1/dashboard/weeks/structures", "{\"items\":[]}");

        assertThat(console.browser("coordinator-gael", "fr")
                        .open("/board/weeks")
                        .body())
                .contains("Pas encore assez de chiffres");
    }
}
