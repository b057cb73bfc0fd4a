package fr.relais.kit.problem;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpHeaders;

/**
 * Titles of problems, one line each, in French and English: {@code problems_fr.properties} and {@code
 * problems_en.properties} (UTF-8) of the kit and of the service together. A code that two of them explain is a mistake.
 *
 * <p>What to do about it, the detail, is English where it is written. Its French stands in {@code
 * problem-details_fr.properties} under the same code; <code>{name}</code> in it is the member of the problem of that name.
 */
public final class ProblemTitles {

    private static final List<Locale> LANGUAGES = List.of(Locale.FRENCH, Locale.ENGLISH);

    private static final Pattern MEMBER = Pattern.compile("\\{(\\w+)}");

    private final Map<Locale, Map<String, String>> titles = new HashMap<>();
    private final Map<Locale, Map<String, String>> details = new HashMap<>();

    private ProblemTitles() {}

    /** Reads every bundle on the class path. */
    public static ProblemTitles read() {
        ProblemTitles all = new ProblemTitles();
        PathMatchingResourcePatternResolver classPath = new PathMatchingResourcePatternResolver();
        for (Locale language : LANGUAGES) {
            try {
                for (Resource bundle : classPath.getResources("classpath*:problems_" + language + ".properties")) {
                    add(all.titles, language, bundle);
                }
                for (Resource bundle :
                        classPath.getResources("classpath*:problem-details_" + language + ".properties")) {
                    add(all.details, language, bundle);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the titles of problems", e);
            }
        }
        return all;
    }

    private static void add(Map<Locale, Map<String, String>> texts, Locale language, Resource bundle)
            throws IOException {
        Properties read = new Properties();
        try (Reader text = new InputStreamReader(bundle.getInputStream(), StandardCharsets.UTF_8)) {
            read.load(text);
        }
        Map<String, String> known = texts.computeIfAbsent(language, any -> new HashMap<>());
        for (String code : read.stringPropertyNames()) {
            String other = known.putIfAbsent(code, read.getProperty(code));
            if (other != null && !other.equals(read.getProperty(code))) {
                throw new IllegalStateException("problem '" + code + "' has two texts: '" + other + "' and '"
                        + read.getProperty(code) + "' in " + bundle.getDescription() + "; take another code");
            }
        }
    }

    /** The title under a code. */
    public Optional<String> title(String code, Locale language) {
        return Optional.ofNullable(titles.getOrDefault(language, Map.of()).get(code));
    }

    /**
     * The detail of a problem in this language: its own where no other is written, or where what is written names a
     * member that this problem lacks.
     */
    public String detail(Problem problem, Locale language) {
        String pattern = details.getOrDefault(language, Map.of()).get(problem.code());
        if (pattern == null) {
            return problem.detail();
        }
        Matcher named = MEMBER.matcher(pattern);
        StringBuilder text = new StringBuilder();
        while (named.find()) {
            Object value = problem.members().get(named.group(1));
            if (value == null) {
                return problem.detail();
            }
            named.appendReplacement(text, Matcher.quoteReplacement(words(value)));
        }
        return named.appendTail(text).toString();
    }

    private static String words(Object value) {
        return value instanceof Collection<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : value.toString();
    }

    /** Every code that has a detail of its own in this language. */
    public Set<String> detailed(Locale language) {
        return new TreeSet<>(details.getOrDefault(language, Map.of()).keySet());
    }

    /** Every code that has a title in this language. */
    public Set<String> codes(Locale language) {
        return new TreeSet<>(titles.getOrDefault(language, Map.of()).keySet());
    }

    /** The language in which a caller is answered: French, unless they would rather have English. */
    public static Locale language(HttpHeaders headers) {
        try {
            return language(headers.getAcceptLanguage());
        } catch (IllegalArgumentException e) {
            // What they accept cannot be read: as if they had not said.
            return language(List.of());
        }
    }

    /** French, unless the caller would rather have English. */
    static Locale language(List<Locale.LanguageRange> accepted) {
        Locale found = Locale.lookup(accepted, LANGUAGES);
        return found == null ? Locale.FRENCH : found;
    }
}
