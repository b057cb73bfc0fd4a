package fr.relais.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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

    @Test
    void every_detail_of_the_kit_is_there_in_french_but_those_made_of_what_was_sent() {
        Set<String> english = new TreeSet<>(codes());
        english.removeAll(ProblemTitles.read().detailed(Locale.FRENCH));

        assertThat(english).containsExactly("body-unreadable", "dead-letter-fails-again", "validation-failed");
    }

    @Test
    void a_detail_names_members_of_its_problem() {
        ProblemTitles titles = ProblemTitles.read();
        Problem outOfRange = Problem.of(400, "limit-out-of-range", "limit is a number from 1 to 200");

        assertThat(titles.detail(outOfRange.with("max", 200), Locale.FRENCH))
                .isEqualTo("limit est un nombre de 1 à 200");
        assertThat(titles.detail(outOfRange.with("max", 200), Locale.ENGLISH)).isEqualTo(outOfRange.detail());
        assertThat(titles.detail(outOfRange, Locale.FRENCH)).isEqualTo(outOfRange.detail());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
