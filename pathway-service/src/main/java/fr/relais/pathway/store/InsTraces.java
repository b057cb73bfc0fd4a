package fr.relais.pathway.store;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the characters of an INS in a text, with or without its key, also written in groups. */
final class InsTraces {

    private static final int WITHOUT_KEY = 13;

    private final Pattern pattern;

    InsTraces(Collection<String> values) {
        this.pattern = Pattern.compile(
                values.stream().map(InsTraces::expression).collect(Collectors.joining("|")), Pattern.CASE_INSENSITIVE);
    }

    private static String expression(String value) {
        String separated = value.substring(0, Math.min(WITHOUT_KEY, value.length()))
                .chars()
                .mapToObj(character -> Pattern.quote(Character.toString(character)))
                .collect(Collectors.joining("[ .-]?"));
        String key =
                value.length() > WITHOUT_KEY ? "(?:[ .-]?" + Pattern.quote(value.substring(WITHOUT_KEY)) + ")?" : "";
        return separated + key;
    }

    /**
     * The text without them, the same array when there are none. Byte by byte, so that it holds for every encoding that
     * writes digits as ASCII does.
     */
    byte[] removedFrom(byte[] text) {
        String before = new String(text, StandardCharsets.ISO_8859_1);
        String after = pattern.matcher(before).replaceAll("");
        return after.length() == before.length() ? text : after.getBytes(StandardCharsets.ISO_8859_1);
    }
}
