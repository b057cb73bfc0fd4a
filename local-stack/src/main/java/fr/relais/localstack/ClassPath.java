package fr.relais.localstack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The class path that a child JVM needs to be like this one. */
final class ClassPath {

    private ClassPath() {}

    /** The program this JVM was started with. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /**
     * Every folder and jar of this JVM's class path, including those a jar's manifest points to: test runners and IDEs
     * hide a long class path in the manifest of a jar that has nothing else.
     */
    static List<Path> ofThisJvm() {
        Set<Path> found = new LinkedHashSet<>();
        for (String entry :
                Objects.requireNonNull(System.getProperty("java.class.path")).split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                add(Path.of(entry).toAbsolutePath(), found);
            }
        }
        return new ArrayList<>(found);
    }

    private static void add(Path entry, Set<Path> found) {
        if (!Files.exists(entry) || !found.add(entry) || Files.isDirectory(entry)) {
            return;
        }
        try (JarFile jar = new JarFile(entry.toFile())) {
            Manifest manifest = jar.getManifest();
            String further =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (further != null) {
                for (String link : further.strip().split("\\s+")) {
                    URI target = entry.toUri().resolve(link);
                    if ("file".equals(target.getScheme())) {
                        add(Path.of(target), found);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + entry + " of the class path", e);
        }
    }

    /** As one argument in a file for {@code java @file}, where a backslash and a quote need a backslash. */
    static String quotedForArgumentFile(List<Path> entries) {
        String joined = String.join(
                File.pathSeparator, entries.stream().map(Path::toString).toList());
        return "\"" + joined.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
