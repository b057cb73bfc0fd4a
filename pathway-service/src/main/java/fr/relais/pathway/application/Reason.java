package fr.relais.pathway.application;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Why a hospital message is where it is.
 *
 * @param code word in kebab case, to filter and count by
 * @param words the same for people, without identity
 */
public record Reason(String code, String words) {

    private static final Pattern PARTICULARS = Pattern.compile("\\s*\\([^)]*\\)|:.*");
    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

    /** What the short words mean under which messages are ignored. */
    private static final Map<String, String> IGNORED = Map.of(
            "not-a-stay", "an emergency visit, a consultation or a session: no stay begins or ends",
            "nobody-we-know", "the patient is not known here, and this message makes nobody known",
            "newborn", "a newborn: nothing follows at home",
            "moved-inside", "the patient moved inside the hospital: the stay goes on",
            "transferred-for-an-act", "the patient left for an act elsewhere: the stay goes on",
            "no-patient", "it names no patient",
            "not-used", "messages of this kind are kept and change nothing here",
            "content-gone", "its content was deleted before its turn came");

    public Reason {
        requireNonNull(code, "code is missing");
        requireNonNull(words, "words are missing");
    }

    /** Its code is made of the words, without what stands in parentheses or behind a colon, as that differs each time. */
    public static Reason saying(String words) {
        String kind = PARTICULARS.matcher(words).replaceAll("").toLowerCase(Locale.ROOT);
        String code = NO_WORD.matcher(kind).replaceAll("-").replaceAll("^-|-$", "");
        return new Reason(code.isEmpty() ? "other" : code, words);
    }

    /** Why a message that was understood changes nothing. */
    public static Reason ignored(String code) {
        return new Reason(code, IGNORED.getOrDefault(code, code.replace('-', ' ')));
    }
}
