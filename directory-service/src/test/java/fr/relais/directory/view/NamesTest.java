package fr.relais.directory.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void a_name_is_found_without_case_accents_and_punctuation() {
        assertThat(Names.folded("  D'HÉROUVILLE-Müller  Anne ")).isEqualTo("d herouville muller anne");
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
