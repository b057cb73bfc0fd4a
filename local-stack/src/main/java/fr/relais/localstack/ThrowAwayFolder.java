package fr.relais.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A folder for one JVM's tests. */
final class ThrowAwayFolder {

    private ThrowAwayFolder() {}

    static Path create(String name) {
        try {
            return Files.createTempDirectory("relais-" + name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make a folder for the tests' data", e);
        }
    }

    /** Stops what lives in the folder when this JVM ends, then deletes the folder. */
    static void atExit(Runnable stop, Path folder) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.run();
            delete(folder);
        }));
    }

    static void delete(Path folder) {
        try (var paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // Temporary files of a test are not worth a failed build; the machine sweeps its own temp folder.
        }
    }
}
