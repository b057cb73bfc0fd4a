package fr.relais.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A document under {@code docs/} that is written from the code, and compared with it by a test. */
public final class Generated {

    private Generated() {}

    /** Whether {@code -Drelais.docs=write} asks to write the documents rather than to compare them. */
    public static boolean writing() {
        return "write".equals(System.getProperty("relais.docs"));
    }

    /**
     * Compares a document with what it should say, or writes it.
     *
     * @param path below the root of the checkout
     * @param command what writes it again; shown when it differs
     */
    public static void same(String path, String content, String command) {
        Path file = Checkout.root().resolve(path);
        try {
            if (writing()) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, content);
                return;
            }
            String found = Files.exists(file) ? Files.readString(file) : "";
            if (!found.equals(content)) {
                throw new AssertionError(
                        "%s no longer says what the code says (%s). Write it again and look at the change: %s"
                                .formatted(path, difference(found, content), command));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line that differs; two whole documents in a test report help nobody. */
    private static String difference(String found, String expected) {
        List<String> before = found.lines().toList();
        List<String> after = expected.lines().toList();
        int line = 0;
        while (line < before.size() && line < after.size() && before.get(line).equals(after.get(line))) {
            line++;
        }
        return "line %d is '%s' and should be '%s'"
                .formatted(
                        line + 1,
                        line < before.size() ? before.get(line).strip() : "",
                        line < after.size() ? after.get(line).strip() : "");
    }
}
