package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How things stand in each commune, without JavaScript. */
class CommunesIT {

    private static final Pattern SPOT = Pattern.compile("<circle cx=\"(\\d+)\" cy=\"(\\d+)\" r=\"(\\d+)\"");

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void communes() {
        new Scenes(console.services).aBoard().inCommunes();
    }

    private String page(String language) {
        return console.browser("coordinator-gael", language)
                .open("/board/communes")
                .body();
    }

    @Test
    void what_is_late_comes_first_in_words_and_on_the_map() {
        String page = page("fr");

        assertThat(page)
                .contains(
                        "Guéret\u00a0: 7 en retard, 3 sans personne, 64 en cours",
                        "Une commune n’est que dans le tableau")
                .containsPattern("(?s)class=\"late\" aria-label=\"Guéret.{0,300}class=\"number\"[^>]*>7<")
                .containsPattern("(?s)class=\"soon\" aria-label=\"Sainte-Feyre.{0,300}class=\"number\"[^>]*>2<")
                .containsPattern("(?s)<tbody>.*Guéret.*Sainte-Feyre.*La Souterraine.*23999.*<td><b>–</b></td>")
                .contains("/board?kind=late&amp;commune=23096", "/board?kind=unassigned&amp;commune=23193")
                .doesNotContain("??");
    }

    @Test
    void north_is_up_and_east_is_right_and_all_is_within_the_drawing() {
        List<int[]> spots = SPOT.matcher(page("fr"))
                .results()
                .filter(circle -> Integer.parseInt(circle.group(1)) != 9)
                .map(circle -> new int[] {
                    Integer.parseInt(circle.group(1)),
                    Integer.parseInt(circle.group(2)),
                    Integer.parseInt(circle.group(3))
                })
                .toList();

        assertThat(spots).hasSize(3);
        int[] souterraine = spots.get(0);
        int[] feyre = spots.get(1);
        int[] gueret = spots.get(2);
        assertThat(souterraine[0]).as("in the west").isLessThan(gueret[0]);
        assertThat(feyre[0]).as("in the east").isGreaterThan(gueret[0]);
        assertThat(souterraine[1]).as("in the north").isLessThan(gueret[1]);
        assertThat(gueret[2]).as("most is open there").isGreaterThan(feyre[2]);
        assertThat(spots).allSatisfy(spot -> {
            assertThat(spot[0]).isBetween(0, 720);
            assertThat(spot[1]).isBetween(0, 640);
        });
    }

    @Test
    void an_operator_sees_those_of_one_collective_and_stays_within_it() {
        String page = console.browser("operator-odile", "fr")
                .open("/board/communes?collective=990000028")
                .body();

        assertThat(console.services.last("GET", "/api/v1/dashboard/by/communes").query())
                .contains("collective=990000028");
        assertThat(page)
                .containsPattern("Collectif <b>Cabinet infirmier du Prat</b>")
                .contains("/board?kind=late&amp;collective=990000028&amp;commune=23096");
    }

    @Test
    void without_places_there_is_a_table_and_why_there_is_no_map() {
        console.services.says(
                "GET /api/v1/communes",
                console.services.said("GET /api/v1/communes").replaceAll(",\"latitude\"[^}]*", ""));

        assertThat(page("en"))
                .contains("The map shows as soon as", "Guéret", ">64<")
                .doesNotContain("<svg class=\"spots\"", "??");
    }

    @Test
    void nothing_yet_says_what_will_be_there() {
        console.services.says("GET /api/v1/dashboard/by/communes", "{\"items\":[]}");

        assertThat(page("fr")).contains("Aucune commune pour l’instant");
    }
}
