package fr.relais.localstack.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {

    @TempDir
    private Path root;

    @Test
    void ports_are_fixed_and_differ_unless_the_environment_chooses() {
        Layout usual = Layout.of(root, Map.of());
        Layout chosen = Layout.of(root, Map.of("RELAIS_PORT_MLLP", "12575"));

        assertThat(usual.ports().values()).doesNotHaveDuplicates().hasSize(FixedPort.values().length);
        assertThat(usual.port(FixedPort.MLLP)).isEqualTo(2575);
        assertThat(chosen.port(FixedPort.MLLP)).isEqualTo(12575);
        assertThat(chosen.port(FixedPort.KAFKA)).isEqualTo(usual.port(FixedPort.KAFKA));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "70000", "-1"})
    void a_choice_that_is_no_port_is_refused_by_its_name(String text) {
        assertThatExceptionOfType(UpFailed.class)
                .isThrownBy(() -> Layout.of(root, Map.of("RELAIS_PORT_KAFKA", text)))
                .withMessageContaining("RELAIS_PORT_KAFKA")
                .withMessageContaining(text);
    }

    @Test
    void later_commands_know_the_ports_that_up_used() {
        Layout.of(root, Map.of("RELAIS_PORT_PATHWAY", "18082")).keep();

        assertThat(Layout.lastUsed(root, Map.of()).port(FixedPort.PATHWAY)).isEqualTo(18082);
    }
}
