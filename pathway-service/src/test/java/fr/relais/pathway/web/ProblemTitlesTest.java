package fr.relais.pathway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemTitlesTest {

    /** How a rule or a controller says no: the code comes first. */
    private static final Pattern CODE =
            Pattern.compile("(?:invalid|conflict|notFound|forbidden|badRequest)\\(\\s*\"([a-z-]+)\"");

    @Test
    void every_code_of_domain_and_web_has_a_title_in_both_languages() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (String room : new String[] {"domain", "web"}) {
            Path sources = Path.of("src/main/java/fr/relais/pathway", room);
            try (Stream<Path> files = Files.list(sources)) {
                files.forEach(file -> codesOf(file, codes));
            }
        }

        assertThat(codes).hasSizeGreaterThan(15);
        assertThat(titles("fr")).containsAll(codes);
        assertThat(titles("en")).isEqualTo(titles("fr"));
    }

    private static void codesOf(Path file, Set<String> codes) {
        try {
            Matcher found = CODE.matcher(Files.readString(file));
            while (found.find()) {
                codes.add(found.group(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> titles(String language) throws IOException {
        Properties titles = new Properties();
        try (var bundle = ProblemTitlesTest.class.getResourceAsStream("/problems_" + language + ".properties")) {
            titles.load(new InputStreamReader(bundle, StandardCharsets.UTF_8));
        }
        return new TreeSet<>(titles.stringPropertyNames());
    }
}
