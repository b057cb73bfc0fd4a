package fr.relais.notification.application;

import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.Party;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.journal.CommandContext;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Saying how one wants to be told. */
public final class PreferenceChanges {

    /** One address and nothing else: no name beside it, no second one, no line end. */
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,63}");

    private static final int LONGEST_ADDRESS = 254;
    private static final Set<String> LANGUAGES = Set.of("fr", "en");

    private final PreferenceList preferences;
    private final Undelivered undelivered;
    private final BudgetProperties bounds;

    /**
     * What a person wishes.
     *
     * @param consent whether they consent to be told by mail; wanted with an address
     */
    public record Wish(
            @Nullable List<String> channels,
            @Nullable String email,
            boolean consent,
            @Nullable String digestAt,
            @Nullable String language) {}

    /** What came of it. */
    public sealed interface Said {
        /** It is kept. */
        record Kept(Preferences preferences) implements Said {}

        /** It is not, and why. */
        record Refused(Rejection reason) implements Said {}
    }

    public PreferenceChanges(PreferenceList preferences, Undelivered undelivered, BudgetProperties bounds) {
        this.preferences = preferences;
        this.undelivered = undelivered;
        this.bounds = bounds;
    }

    public Preferences of(Party person) {
        return preferences.of(person);
    }

    /** Keeps all that is wished in place of what was; what is not said is as usual. */
    public Said say(Party person, Wish wish, CommandContext context) {
        Preferences before = preferences.of(person);
        Preferences usual = Preferences.usual(person);
        Set<Channel> channels = wish.channels() == null ? usual.channels() : channels(wish.channels());
        if (channels == null) {
            return refused("preference-channel-unknown", "channels are some of: WEBHOOK, EMAIL; INBOX is always there");
        }
        LocalTime digestAt = wish.digestAt() == null ? usual.digestAt() : time(wish.digestAt());
        if (digestAt == null || digestAt.isBefore(bounds.earliestDigest()) || digestAt.isAfter(bounds.latestDigest())) {
            return refused(
                    "preference-digest-out-of-bounds",
                    "digestAt is a time between " + bounds.earliestDigest() + " and " + bounds.latestDigest()
                            + " in Europe/Paris, such as 07:30");
        }
        String language = wish.language() == null ? usual.language().getLanguage() : wish.language();
        if (!LANGUAGES.contains(language)) {
            return refused("preference-language-unknown", "language is fr or en");
        }
        String email = wish.email() == null ? null : wish.email().strip();
        if (email != null
                && (email.length() > LONGEST_ADDRESS || !ADDRESS.matcher(email).matches())) {
            return refused(
                    "preference-email-malformed",
                    "write one mail address and nothing else, such as a.b@cabinet.example");
        }
        if (email != null && !wish.consent()) {
            return refused(
                    "preference-consent-missing",
                    "mail is read by others on its way: say with \"emailConsent\": true that you want it all the same");
        }
        Preferences said = new Preferences(
                person,
                channels,
                email,
                email == null ? null : email.equals(before.email()) ? before.consentedAt() : context.at(),
                digestAt,
                Locale.forLanguageTag(language));
        preferences.save(said);
        endWhatIsLeft(before, said, context);
        return new Said.Kept(said);
    }

    private void endWhatIsLeft(Preferences before, Preferences said, CommandContext context) {
        boolean mailed = before.email() != null && before.channels().contains(Channel.EMAIL);
        if (mailed && (said.email() == null || !said.channels().contains(Channel.EMAIL))) {
            undelivered.end(said.owner(), Channel.EMAIL, context);
        }
        if (before.channels().contains(Channel.WEBHOOK) && !said.channels().contains(Channel.WEBHOOK)) {
            undelivered.end(said.owner(), Channel.WEBHOOK, context);
        }
    }

    private static Said refused(String code, String detail) {
        return new Said.Refused(Rejection.invalid(code, detail));
    }

    private static @Nullable Set<Channel> channels(List<String> words) {
        Set<Channel> channels = EnumSet.of(Channel.INBOX);
        try {
            words.forEach(word -> channels.add(Channel.valueOf(word)));
            return channels;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
