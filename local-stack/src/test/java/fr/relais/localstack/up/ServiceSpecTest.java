package fr.relais.localstack.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceSpecTest {

    @TempDir
    private Path folder;

    private final ServiceSpec service = ServiceSpec.all(Path.of("/relais")).getFirst();

    @Test
    void a_service_that_was_not_unpacked_starts_from_its_jar() {
        assertThat(service.unpackedIn(folder)).isEqualTo(service);
    }

    @Test
    void the_first_start_of_an_unpacked_service_takes_notes_and_the_next_ones_read_them() throws IOException {
        Path program = Files.createDirectories(folder.resolve("directory-service"));
        Path jar = Files.createFile(program.resolve("directory-service-1.2.3.jar"));

        assertThat(service.unpackedIn(folder).command())
                .containsAll(service.command().subList(0, service.command().size() - 2))
                .containsSequence("-jar", jar.toString())
                .contains("-XX:AOTConfiguration=" + program.resolve("start.notes"))
                // A JVM that takes notes refuses to start with it.
                .noneMatch(argument -> argument.startsWith("-Xshare"));

        Files.createFile(program.resolve("start.aot"));

        assertThat(service.unpackedIn(folder).command())
                .contains("-XX:AOTCache=" + program.resolve("start.aot"))
                .noneMatch(argument -> argument.startsWith("-XX:AOTConfiguration"));
    }
}
