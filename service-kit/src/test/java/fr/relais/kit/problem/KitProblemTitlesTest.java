package fr.relais.kit.problem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class KitProblemTitlesTest extends ProblemTitlesContract {

    private static final Pattern CODE = Pattern.compile("(?s)(?:Problem\\.of\\(\\s*\\d{3},|Problems\\.[a-z]\\w+\\(|"
            + "Rejection\\.\\w+\\(|away\\(\\s*exchange,\\s*failure,|single\\([^;]*?,)\\s*\"([a-z-]+)\"");

    /** Read from the kit's own sources, so that a new one cannot be forgotten. */
    @Override
    protected Collection<String> codes() {
        TreeSet<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> {
                Matcher code = CODE.matcher(read(file));
                while (code.find()) {
                    codes.add(code.group(1));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return codes;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
