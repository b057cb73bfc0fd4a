package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever reads French and whoever reads English read the same. */
class MessagesTest {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern KEY = Pattern.compile("#\\{([a-z0-9.-]+)[}(]");

    private final Properties french = read("messages_fr.properties");
    private final Properties english = read("messages_en.properties");

    @Test
    void both_languages_have_the_same_texts() {
        assertThat(english.keySet()).isEqualTo(french.keySet());
    }

    @Test
    void no_text_is_empty_and_both_have_the_same_places_to_fill() {
        for (Object key : french.keySet()) {
            assertThat(french.getProperty((String) key)).as("fr " + key).isNotBlank();
            assertThat(english.getProperty((String) key)).as("en " + key).isNotBlank();
            assertThat(places(english, key)).as("places of " + key).isEqualTo(places(french, key));
        }
    }

    @Test
    void french_is_typed_as_french() {
        french.forEach((key, text) -> {
            if (!((String) key).startsWith("time.exact")) {
                assertThat((String) text)
                        .as((String) key)
                        .doesNotContain("'")
                        .as("a space before : ; ? !, and one that no line breaks at, as inside « »: " + key)
                        .doesNotContainPattern("[^\u00a0][:](\\s|$)|[^\u202f][?!;](\\s|$)|«[^\u00a0]|[^\u00a0]»");
            }
        });
    }

    @Test
    void every_text_that_a_page_asks_for_is_there() throws IOException {
        Set<String> asked = new TreeSet<>();
        try (Stream<Path> pages = Files.walk(RESOURCES.resolve("templates"))) {
            for (Path page : pages.filter(Files::isRegularFile).toList()) {
                Matcher keys = KEY.matcher(Files.readString(page));
                while (keys.find()) {
                    asked.add(keys.group(1));
                }
            }
        }
        assertThat(french.stringPropertyNames()).containsAll(asked);
    }

    private static int places(Properties texts, Object key) {
        return new MessageFormat(texts.getProperty((String) key), Locale.ROOT).getFormatsByArgumentIndex().length;
    }

    private static Properties read(String file) {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(RESOURCES.resolve(file), StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
