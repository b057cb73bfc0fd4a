package fr.relais.pathway.store;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names as they are compared: without accents, case, spaces, hyphens and apostrophes. */
final class Names {

    private Names() {}

    static String plain(@Nullable String name) {
        return name == null
                ? ""
                : Normalizer.normalize(name, Normalizer.Form.NFD)
                        .toUpperCase(Locale.ROOT)
                        .replace("Œ", "OE")
                        .replace("Æ", "AE")
                        .replaceAll("[^\\p{L}]", "");
    }
}
