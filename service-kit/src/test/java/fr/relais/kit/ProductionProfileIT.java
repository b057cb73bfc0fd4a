package fr.relais.kit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.relais.localstack.MongoChoice;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductionProfileIT {

    @Test
    void the_stand_in_is_refused() {
        assertThatThrownBy(() -> TestService.start(
                        MongoChoice.STAND_IN, TestService.newRun(), "spring.profiles.active=production"))
                .hasStackTraceContaining("spring.mongodb.uri leads to a stand-in");
    }

    @Test
    void a_clock_that_can_be_moved_is_refused(@TempDir Path folder) {
        assertThatThrownBy(() -> TestService.start(
                        MongoChoice.STAND_IN,
                        TestService.newRun(),
                        "spring.profiles.active=production",
                        "relais.clock.offset-file=" + folder.resolve("clock")))
                .hasStackTraceContaining("relais.clock.offset-file moves the clock");
    }
}
