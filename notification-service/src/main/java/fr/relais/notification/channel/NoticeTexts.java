package fr.relais.notification.channel;

import fr.relais.events.NotificationEvent.Notice;
import fr.relais.notification.domain.PublicNotice;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/** The sentences of public notices, in French and English. They can say only what a public notice holds. */
public final class NoticeTexts {

    /** The word for a notice that is a digest of several. */
    static final String DIGEST = "DIGEST";

    /** The languages that every text exists in. */
    static final Locale[] LANGUAGES = {Locale.FRENCH, Locale.ENGLISH};

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private final String platform;

    /**
     * Texts.
     *
     * @param platform the name under which people know this platform, for example that of their CPTS
     */
    public NoticeTexts(String platform) {
        this.platform = platform;
    }

    /** The notice as one sentence or two. */
    String text(PublicNotice notice, Locale language) {
        ResourceBundle bundle = bundle(language);
        String sentence = format(bundle, key(notice), language, platform, notice.count());
        Instant answerBy = notice.answerBy();
        return answerBy == null
                ? sentence
                : sentence + " " + format(bundle, "answer-by", language, time(answerBy, bundle, language));
    }

    /** What it is about in one word: a kind of notice, or a digest. */
    static String key(PublicNotice notice) {
        Notice kind = notice.notice();
        return kind == null ? DIGEST : kind.name();
    }

    /** A line above the text, such as the subject of a mail: how urgent it is, and nothing more. */
    String subject(PublicNotice notice, Locale language) {
        return format(bundle(language), "subject." + notice.priority(), language, platform);
    }

    /** The whole of a mail: the text, where to look, and why it says so little. */
    String mail(PublicNotice notice, Locale language) {
        ResourceBundle bundle = bundle(language);
        return text(notice, language)
                + "\r\n\r\n"
                + format(bundle, "look", language, notice.link().uri().toString())
                + "\r\n\r\n"
                + format(bundle, "footer", language, platform)
                + "\r\n";
    }

    private static String time(Instant at, ResourceBundle bundle, Locale language) {
        return DateTimeFormatter.ofPattern(bundle.getString("time"), language)
                .withZone(PARIS)
                .format(at);
    }

    private static String format(ResourceBundle bundle, String key, Locale language, Object... arguments) {
        return new MessageFormat(bundle.getString(key), language).format(arguments);
    }

    static ResourceBundle bundle(Locale language) {
        return ResourceBundle.getBundle(
                "fr.relais.notification.channel.notices",
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
