package fr.relais.kit.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.relais.kit.place.CommuneRegister.Centre;
import fr.relais.kit.place.CommuneRegister.Commune;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommuneRegisterTest {

    @TempDir
    Path folder;

    @Test
    void a_commune_has_a_name_and_one_that_is_not_listed_keeps_its_code() throws IOException {
        CommuneRegister register = read("23096;Guéret;12955;23096", "23245;Saint-Sulpice-le-Guérétois;1892;23247");

        assertThat(register.find("23245"))
                .contains(new Commune("23245", "Saint-Sulpice-le-Guérétois", 1892, "23247", null));
        assertThat(register.find("75056")).isEmpty();
        assertThat(register.told("75056")).isEqualTo("75056");
    }

    @Test
    void a_commune_may_say_where_it_lies() throws IOException {
        CommuneRegister register = readWhole(
                "code;name;inhabitants;main-town;latitude;longitude\n"
                        + "23096;Guéret;12955;;46.1706;1.8715\n97411;Saint-Denis;153001;;-20.8789;55.4481\n23193;Sainte-Feyre;2566;;;\n");

        assertThat(register.find("23096").orElseThrow().centre()).isEqualTo(new Centre(46.1706, 1.8715));
        assertThat(register.find("97411").orElseThrow().centre()).isEqualTo(new Centre(-20.8789, 55.4481));
        assertThat(register.find("23193").orElseThrow().centre()).isNull();
        assertThatThrownBy(
                        () -> readWhole(
                                "code;name;inhabitants;main-town;latitude;longitude\n"
                                        + "23096;Guéret;12955;;46,17;1,87\n23193;Sainte-Feyre;2566;;46.1;\n23247;Saint-Vaury;1700;;146.1;1.7\n"))
                .hasMessageContainingAll("line 2: latitude and longitude", "line 3:", "line 4:");
    }

    @Test
    void a_commune_is_found_by_how_its_name_begins_however_that_is_typed() throws IOException {
        CommuneRegister register = read(
                "23245;Saint-Sulpice-le-Guérétois;1892;",
                "23244;Saint-Sulpice-le-Dunois;622;",
                "23096;Guéret;12955;",
                "81271;Saint-Sulpice;9000;",
                "46290;Saint-Sulpice;150;");

        assertThat(register.named("GUERET", 5)).extracting(Commune::code).containsExactly("23096");
        assertThat(register.named("saint sulpice", 3))
                .as("those called exactly so, then the largest")
                .extracting(Commune::code)
                .containsExactly("81271", "46290", "23245");
        assertThat(register.named("sulpice", 5)).isEmpty();
        assertThat(register.named(" - ", 5)).isEmpty();
    }

    @Test
    void under_two_thousand_inhabitants_the_main_town_of_the_canton_is_told() throws IOException {
        CommuneRegister register = read(
                "23193;Sainte-Feyre;2000;23096", "23245;Saint-Sulpice-le-Guérétois;1999;23247", "97501;Miquelon;600;");

        assertThat(register.told("23193")).isEqualTo("23193");
        assertThat(register.told("23245")).isEqualTo("23247");
        assertThat(register.told("97501")).as("no canton is known").isEqualTo("97501");
    }

    @Test
    void a_wrong_file_is_refused_whole_with_the_lines_and_what_to_write_there() {
        assertThatThrownBy(() -> read("2309;Guéret;12955;", "23193;;2566;", "23245;Saint-Sulpice;many;", "23247;X;1;A"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("line 2: code must be the INSEE code of a commune")
                .hasMessageContaining("line 3: name is missing")
                .hasMessageContaining("line 4: inhabitants must be a number")
                .hasMessageContaining("line 5: main-town must be");
    }

    @Test
    void a_file_without_the_columns_is_refused() {
        assertThatThrownBy(() -> readWhole("COM;LIBELLE\n23096;Guéret\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("line 2: code must be");
    }

    private CommuneRegister read(String... lines) throws IOException {
        return readWhole("code;name;inhabitants;main-town\n" + String.join("\n", lines) + "\n");
    }

    private CommuneRegister readWhole(String text) throws IOException {
        return CommuneRegister.read(Files.writeString(folder.resolve("communes.csv"), text));
    }
}
