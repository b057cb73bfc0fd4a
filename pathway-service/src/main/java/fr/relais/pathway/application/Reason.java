package fr.relais.pathway.application;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a hospital message is where it is.
 *
 * @param code word in kebab case, to filter and count by
 * @param words the same for people, without identity
 */
public record Reason(String code, String words) {

    private static final Pattern PARTICULARS = Pattern.compile("\\s*\\([^)]*\\)|:.*");
    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");

    /** Of what is said in words that no code stands for. */
    private static final String OTHER = "other";

    /** Codes are for ever: operators filter and count by them. What is not written here is {@code other}. */
    private static final Map<String, String> FRENCH = read("/reasons_fr.properties");

    /** What the short words mean under which messages are ignored. */
    static final Map<String, String> IGNORED = Map.ofEntries(
            entry("not-a-stay", "a visit of a class that is no stay: nothing at home begins or ends"),
            entry("consultation", "a consultation: nothing at home begins or ends"),
            entry("consultation-ended", "the end of a consultation is no discharge"),
            entry("consultation-planned", "a consultation is planned: nothing at home begins or ends"),
            entry("session", "a session (PV1-2 is R): nothing at home begins or ends"),
            entry("session-ended", "the end of a session (PV1-2 is R) is no discharge"),
            entry("session-planned", "a session is planned: nothing at home begins or ends"),
            entry("visit-planned", "a visit that is no stay is planned: nothing at home begins or ends"),
            entry("emergency-visit", "a movement inside an emergency visit: only its arrival and end are told"),
            entry("nobody-we-know", "the patient is not known here, and this message makes nobody known"),
            entry("not-followed", "no pathway follows the patient, and this kind of movement is kept of nobody else"),
            entry("doubtful-not-followed", "it is in doubt, and no pathway follows the patient: nobody need look"),
            entry("older-than-known", "the hospital recorded something later that says otherwise: that holds"),
            entry("out-of-order", "it came before or after what it cancels or is cancelled by: kept, and put in order"),
            entry("newborn", "a newborn (ZFM-1 is N): nothing follows at home"),
            entry("protected-data", "the patient's data are protected: nothing follows by itself"),
            entry("moved-inside", "the patient moved inside the hospital (ZFM-2 is 6): the stay goes on"),
            entry("transferred-for-an-act", "the patient left for an act elsewhere (ZFM-2 is 0): the stay goes on"),
            entry("hospital-physician-changed", "the physician in charge in hospital changed: nobody at home is told"),
            entry("former-unknown", "the number that is given up is not known here: nothing to merge"),
            entry("merged-already", "both numbers name one patient here already"),
            entry("no-patient", "it names no patient"),
            entry("not-used", "messages of this kind are kept and change nothing here"),
            entry("content-gone", "its content was deleted before its turn came"));

    public Reason {
        requireNonNull(code, "code is missing");
        requireNonNull(words, "words are missing");
    }

    /** Its code is the one made of the words, without what stands in parentheses or behind a colon, as that differs each time. */
    public static Reason saying(String words) {
        String kind = PARTICULARS.matcher(words).replaceAll("").toLowerCase(Locale.ROOT);
        String code = NO_WORD.matcher(kind).replaceAll("-").replaceAll("^-|-$", "");
        return new Reason(FRENCH.containsKey(code) ? code : OTHER, words);
    }

    /** The same in a language: in English as it was kept, in any other, and where none is asked for, in French. */
    public Reason in(@Nullable Locale language) {
        return language != null && language.getLanguage().equals(Locale.ENGLISH.getLanguage())
                ? this
                : new Reason(code, FRENCH.getOrDefault(code, words));
    }

    /** All codes that there are, each with its text in French. */
    static Map<String, String> french() {
        return FRENCH;
    }

    private static Map<String, String> read(String resource) {
        Properties texts = new Properties();
        try (InputStream in = requireNonNull(Reason.class.getResourceAsStream(resource), resource + " is missing");
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
        return texts.stringPropertyNames().stream()
                .collect(Collectors.toUnmodifiableMap(code -> code, texts::getProperty));
    }

    /** Why a message that was understood changes nothing. */
    public static Reason ignored(String code) {
        return new Reason(code, IGNORED.getOrDefault(code, code.replace('-', ' ')));
    }
}
