package fr.relais.systemtests.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void scenarios_seed_size_and_writing_are_asked_for_in_any_order() {
        Options options = Options.of("kill", "--seed", "7", "rivals", "--long", "--write");
        assertThat(options.names()).containsExactly("kill", "rivals");
        assertThat(options.seed()).isEqualTo(7);
        assertThat(options.size()).isEqualTo(Size.LONG);
        assertThat(options.write()).isTrue();
    }

    @Test
    void what_is_misspelt_is_said() {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.of("--sede", "7"));
        assertThatIllegalArgumentException().isThrownBy(() -> Options.of("--seed"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenarios.named(List.of("kil")))
                .withMessageContaining("kill");
    }

    @Test
    void each_scenario_has_a_name_of_its_own() {
        assertThat(Scenarios.all()).extracting(Scenario::name).doesNotHaveDuplicates();
        assertThat(Scenarios.named(List.of())).isEqualTo(Scenarios.all());
    }
}
