package fr.relais.events;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the sources say of each event, so that there is one place to say it. Knows our own style, not all Java. */
final class Javadocs {

    /**
     * What a type's comment says.
     *
     * @param text the first paragraph, as plain text; empty when there is no comment
     * @param components what it says of each component of a record
     */
    record Doc(String text, Map<String, String> components) {}

    private static final Pattern DECLARATION = Pattern.compile("\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*"
            + "(?:(?:public|static|final|sealed|non-sealed|abstract)\\s+)*(?:record|enum|interface|class)\\s+(\\w+)");
    private static final Pattern INLINE = Pattern.compile("\\{@\\w+\\s+([^}]*)}");

    private final Path sources = Checkout.root().resolve("common-events/src/main/java");
    private final Map<Class<?>, Map<String, Doc>> read = new HashMap<>();

    Doc of(Class<?> type) {
        Class<?> file = type;
        while (file.getEnclosingClass() != null) {
            file = file.getEnclosingClass();
        }
        return read.computeIfAbsent(file, this::read).getOrDefault(type.getSimpleName(), new Doc("", Map.of()));
    }

    private Map<String, Doc> read(Class<?> topLevel) {
        try {
            return parse(Files.readString(sources.resolve(topLevel.getName().replace('.', '/') + ".java")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Doc> parse(String source) {
        Map<String, Doc> docs = new HashMap<>();
        for (int from = source.indexOf("/**"); from >= 0; from = source.indexOf("/**", from + 3)) {
            int to = source.indexOf("*/", from);
            Matcher declaration = DECLARATION.matcher(source).region(to + 2, source.length());
            if (declaration.lookingAt()) {
                docs.put(declaration.group(1), doc(source.substring(from + 3, to)));
            }
        }
        return docs;
    }

    private static Doc doc(String comment) {
        String[] parts = comment.replaceAll("(?m)^\\s*\\*\\s?", "").split("(?m)^\\s*@(?=\\w)");
        Map<String, String> components = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] words = parts[i].strip().split("\\s+", 3);
            if (words[0].equals("param") && words.length == 3) {
                components.put(words[1], plain(words[2]));
            }
        }
        return new Doc(plain(parts[0].split("<p>")[0]), components);
    }

    private static String plain(String text) {
        return INLINE.matcher(text)
                .replaceAll(tag -> Matcher.quoteReplacement(tag.group(1).replaceFirst("^#", "")))
                .replaceAll("\\s+", " ")
                .strip();
    }
}
