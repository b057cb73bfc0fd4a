package fr.relais.directory.view;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** How names are found and how entries are spread. */
final class Names {

    /** Sorts after every name that is written in letters. */
    private static final char LAST = '\uFFFF';

    private Names() {}

    /** A name without case, accents and punctuation: {@code "D'Hérouville  Anne"} is {@code "d herouville anne"}. */
    static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", " ")
                .strip();
    }

    /** Words that say nothing about whom they name. */
    private static final Set<String> SMALL = Set.of("d", "de", "des", "du", "et", "l", "la", "le", "les");

    /** Of a longer name the first so many words are paired. */
    private static final int MOST_WORDS = 5;

    /**
     * A way to begin a name: with any two of its words. Whatever two words somebody remembers, and in whatever order they
     * write them, a name begins with them in one of these; one word alone is found in those that lead.
     *
     * @param text the whole name, those two words first
     * @param leads whether it is the first of those that begin with the same word
     */
    record Beginning(String text, boolean leads) {}

    /** All ways to begin a folded name. */
    static List<Beginning> beginnings(String folded) {
        List<String> words = words(folded);
        if (words.size() < 2) {
            return words.stream().map(word -> new Beginning(word, true)).toList();
        }
        List<Beginning> beginnings = new ArrayList<>();
        int paired = Math.min(words.size(), MOST_WORDS);
        for (int i = 0; i < paired; i++) {
            boolean leads = true;
            for (int j = 0; j < paired; j++) {
                if (i != j) {
                    List<String> rest = new ArrayList<>(words);
                    rest.remove(Math.max(i, j));
                    rest.remove(Math.min(i, j));
                    beginnings.add(new Beginning(
                            Stream.concat(Stream.of(words.get(i), words.get(j)), rest.stream())
                                    .collect(Collectors.joining(" ")),
                            leads));
                    leads = false;
                }
            }
        }
        return beginnings;
    }

    /** The words of a folded name that say something; all of them where none does. */
    static List<String> words(String folded) {
        List<String> all = folded.isEmpty() ? List.of() : List.of(folded.split(" "));
        List<String> telling =
                all.stream().filter(word -> !SMALL.contains(word)).distinct().toList();
        return telling.isEmpty() ? all : telling;
    }

    /** The end of the range of names that begin with a folded prefix; not in the range itself. */
    static String endOf(String prefix) {
        return prefix + LAST;
    }

    /**
     * A number of 32 bits made of a text, evenly spread. Where more could be asked than are looked at, a search begins
     * at a number of its own, so that nobody is always among the first.
     */
    static long spread(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return crc.getValue();
    }
}
