package fr.relais.kit.problem;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Titles of problems, one line each, in French and English: {@code problems_fr.properties} and {@code
 * problems_en.properties} (UTF-8) of the kit and of the service together. A code that two of them explain is a mistake.
 */
public final class ProblemTitles {

    private static final List<Locale> LANGUAGES = List.of(Locale.FRENCH, Locale.ENGLISH);

    private final Map<Locale, Map<String, String>> titles = new HashMap<>();

    private ProblemTitles() {}

    /** Reads every bundle on the class path. */
    public static ProblemTitles read() {
        ProblemTitles all = new ProblemTitles();
        PathMatchingResourcePatternResolver classPath = new PathMatchingResourcePatternResolver();
        for (Locale language : LANGUAGES) {
            try {
                for (Resource bundle : classPath.getResources("classpath*:problems_" + language + ".properties")) {
                    all.add(language, bundle);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the titles of problems", e);
            }
        }
        return all;
    }

    private void add(Locale language, Resource bundle) throws IOException {
        Properties read = new Properties();
        try (Reader text = new InputStreamReader(bundle.getInputStream(), StandardCharsets.UTF_8)) {
            read.load(text);
        }
        Map<String, String> known = titles.computeIfAbsent(language, any -> new HashMap<>());
        for (String code : read.stringPropertyNames()) {
            String other = known.putIfAbsent(code, read.getProperty(code));
            if (other != null && !other.equals(read.getProperty(code))) {
                throw new IllegalStateException("problem '" + code + "' has two titles: '" + other + "' and '"
                        + read.getProperty(code) + "' in " + bundle.getDescription() + "; take another code");
            }
        }
    }

    /** The title under a code. */
    public Optional<String> title(String code, Locale language) {
        return Optional.ofNullable(titles.getOrDefault(language, Map.of()).get(code));
    }

    /** Every code that has a title in this language. */
    public Set<String> codes(Locale language) {
        return new TreeSet<>(titles.getOrDefault(language, Map.of()).keySet());
    }

    /** French, unless the caller would rather have English. */
    static Locale language(List<Locale.LanguageRange> accepted) {
        Locale found = Locale.lookup(accepted, LANGUAGES);
        return found == null ? Locale.FRENCH : found;
    }
}
