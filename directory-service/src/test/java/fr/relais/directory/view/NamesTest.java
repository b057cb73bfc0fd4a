package fr.relais.directory.view;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.directory.view.Names.Beginning;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void a_name_is_found_without_case_accents_and_punctuation() {
        assertThat(Names.folded("  D'HÉROUVILLE-Müller  Anne ")).isEqualTo("d herouville muller anne");
    }

    @Test
    void a_name_begins_with_any_two_of_its_words_and_once_with_each() {
        assertThat(Names.beginnings("martin dupont jean"))
                .containsExactlyInAnyOrder(
                        new Beginning("martin dupont jean", true),
                        new Beginning("martin jean dupont", false),
                        new Beginning("dupont martin jean", true),
                        new Beginning("dupont jean martin", false),
                        new Beginning("jean martin dupont", true),
                        new Beginning("jean dupont martin", false));
        assertThat(Names.beginnings("solo")).containsExactly(new Beginning("solo", true));
        assertThat(Names.beginnings("")).isEmpty();
    }

    @Test
    void small_words_are_left_out_and_very_long_names_bounded() {
        assertThat(Names.beginnings("pharmacie de la fontaine"))
                .extracting(Beginning::text)
                .containsExactly("pharmacie fontaine", "fontaine pharmacie");
        assertThat(Names.words("le la")).containsExactly("le", "la");
        assertThat(Names.beginnings("a b c f g h i j")).hasSize(20);
    }

    @Test
    void numbers_of_neighbours_are_spread_evenly() {
        long upperHalf = IntStream.range(0, 1_000)
                .mapToLong(n -> Names.spread("9970090" + (1_000 + n)))
                .filter(spread -> spread >= 1L << 31)
                .count();

        assertThat(upperHalf).isBetween(400L, 600L);
    }
}
