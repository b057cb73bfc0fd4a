package fr.relais.notification.web;

import fr.relais.events.NotificationEvent.Notice;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

/** What the list says of each notice, in French and English. It is read by its recipient alone, after a login. */
final class InboxTexts {

    /** The languages that every text exists in. */
    static final List<Locale> LANGUAGES = List.of(Locale.FRENCH, Locale.ENGLISH);

    private static final String DIGEST = "DIGEST";
    private static final Map<Notice, Map<String, String>> OF = new EnumMap<>(Notice.class);

    static {
        for (Notice notice : Notice.values()) {
            OF.put(notice, texts(notice.name()));
        }
    }

    private InboxTexts() {}

    /** By language. */
    static Map<String, String> of(Notice notice) {
        return OF.getOrDefault(notice, Map.of());
    }

    static Map<String, String> ofDigest() {
        return texts(DIGEST);
    }

    private static Map<String, String> texts(String key) {
        Map<String, String> texts = new TreeMap<>();
        for (Locale language : LANGUAGES) {
            texts.put(language.getLanguage(), bundle(language).getString(key));
        }
        return texts;
    }

    static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(
                "fr.relais.notification.web.inbox",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
