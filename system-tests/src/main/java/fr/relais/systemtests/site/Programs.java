package fr.relais.systemtests.site;

import fr.relais.localstack.up.ServiceSpec;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The services' jars unpacked: a process starts from there with three quarters of the work, and a site starts many. */
public final class Programs {

    private Programs() {}

    /**
     * Unpacks the jars that were built under a root, each into a folder of its name.
     *
     * @param folder empty, or not there yet
     * @return the folder
     */
    public static Path unpack(Path root, Path folder) {
        List<Process> running = new ArrayList<>();
        try {
            Files.createDirectories(folder);
            for (ServiceSpec service : ServiceSpec.all(root)) {
                running.add(new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Djarmode=tools",
                                "-jar",
                                service.jar().toString(),
                                "extract",
                                "--destination",
                                folder.resolve(service.name()).toString())
                        .redirectErrorStream(true)
                        .redirectOutput(new File(folder.toFile(), service.name() + ".log"))
                        .start());
            }
            for (Process each : running) {
                if (each.waitFor() != 0) {
                    throw new IllegalStateException("a jar could not be unpacked; see the logs in " + folder);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack the services' jars into " + folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while jars were unpacked", e);
        }
    }
}
