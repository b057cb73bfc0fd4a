package fr.relais.events;

import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.TestAbortedException;

/** Where the sources lie, whether a test is started by Maven in a module or by an editor anywhere in the checkout. */
public final class Checkout {

    private Checkout() {}

    /** The folder that holds the modules. */
    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("common-events/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "no checkout of Relais at or above " + start + ": start the tests inside of it");
    }

    /**
     * A real input file or folder, which is no part of the project. Where there is none the calling test is skipped, and
     * says so where it is seen.
     *
     * @param path below the folder that {@code RELAIS_INPUTS} (or the system property {@code relais.inputs}) names
     */
    public static Path input(String path) {
        String inputs = System.getProperty("relais.inputs", System.getenv("RELAIS_INPUTS"));
        if (inputs == null || Files.notExists(Path.of(inputs, path))) {
            String message = "SKIPPED: %s: no %s; set RELAIS_INPUTS to the folder of real inputs"
                    .formatted(caller(), inputs == null ? path : Path.of(inputs, path));
            System.out.println(message);
            throw new TestAbortedException(message);
        }
        return Path.of(inputs, path);
    }

    private static String caller() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame -> frame.getDeclaringClass() != Checkout.class)
                        .findFirst()
                        .map(frame -> frame.getDeclaringClass().getSimpleName() + "." + frame.getMethodName())
                        .orElse("a test"));
    }
}
