package fr.relais.pathway.web;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.pathway.view.Boards.Counters;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallCellsTest {

    @Test
    void a_number_from_one_to_four_is_hidden_and_nought_is_not() {
        SmallCells.Shown shown = SmallCells.hide(counters(12, 4));

        assertThat(shown.openPathways()).isEqualTo(12);
        assertThat(shown.late()).isNull();
        assertThat(shown.unassigned()).isZero();
        assertThat(shown.hidden()).isTrue();
    }

    @Test
    void one_hidden_number_takes_the_next_smallest_with_it_as_their_sum_is_known() {
        List<SmallCells.Shown> shown = SmallCells.hide(List.of(counters(30, 9), counters(20, 2), counters(10, 7)));

        assertThat(shown).extracting(SmallCells.Shown::late).containsExactly(9L, null, null);
        assertThat(shown).extracting(SmallCells.Shown::openPathways).containsExactly(30L, 20L, 10L);
    }

    private static Counters counters(long pathways, long late) {
        return new Counters(pathways, 0, late, 0, false, 0, 0, 0, 0);
    }
}
