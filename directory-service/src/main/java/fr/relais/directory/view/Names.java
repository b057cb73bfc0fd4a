package fr.relais.directory.view;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
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
