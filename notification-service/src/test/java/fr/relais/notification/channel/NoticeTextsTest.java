package fr.relais.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.notification.domain.Attention;
import fr.relais.notification.domain.OpaqueLink;
import fr.relais.notification.domain.PublicNotice;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoticeTextsTest {

    /** What would tell something of a patient, in either language, whatever the sentence. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "patient|\\bnom\\b|\\bname|prénom|\\bnée?\\b|\\bborn|birth|\\d ans\\b|\\bage\\b|\\bâge|\\bsexe|commune|ville|adresse|address"
                    + "|hôpital|hospital|service|unité|\\bunit|ward|oncolog|cardio|insuffisance|pansement|wound|visite|\\bvisit"
                    + "|sortie|discharge|décès|décéd|\\bdied|death|ordonnance|prescription|patholog|diagnos|maladie|disease"
                    + "|étape|\\bstep|parcours|pathway|handoff|\\bins\\b|\\d{5}|http",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

    private static final OpaqueLink LINK =
            OpaqueLink.to(URI.create("https://relais.example/"), "delivery-0123456789abcdef0123456789abcdef");

    private final NoticeTexts texts = new NoticeTexts("Trois-Vallées");

    static Stream<PublicNotice> every_notice() {
        Stream<Notice> single = Arrays.stream(Notice.values());
        return Stream.concat(single, Stream.of((Notice) null))
                .flatMap(notice -> Stream.of(1, 2, 12)
                        .flatMap(count -> Stream.of((Instant) null, Instant.parse("2026-11-22T13:00:00Z"))
                                .map(at -> new PublicNotice(notice, classOf(notice), count, at, LINK))));
    }

    private static Priority classOf(Notice notice) {
        return notice == null ? Priority.ACT_TODAY : Attention.of(notice);
    }

    @ParameterizedTest
    @MethodSource("every_notice")
    void every_text_exists_in_both_languages_and_tells_nothing_of_a_patient(PublicNotice notice) {
        for (Locale language : NoticeTexts.LANGUAGES) {
            String text = texts.text(notice, language);

            assertThat(text)
                    .startsWith("Trois-Vallées")
                    .contains(Integer.toString(notice.count()))
                    .endsWith(notice.answerBy() != null && language == Locale.FRENCH ? "14:00." : ".");
            assertThat(text).doesNotContain("{", "}", "null", "'");
            tellsNothing(text);
            tellsNothing(texts.subject(notice, language));
            String mail = texts.mail(notice, language);
            assertThat(mail).contains(text).containsOnlyOnce(LINK.uri().toString());
            tellsNothing(mail.replace(LINK.uri().toString(), ""));
        }
    }

    @Test
    void apostrophes_come_through_the_formats() {
        for (int count : List.of(1, 3)) {
            PublicNotice nobody = new PublicNotice(Notice.UNASSIGNED, Priority.ACT_TODAY, count, null, LINK);
            assertThat(texts.text(nobody, Locale.FRENCH)).contains(count == 1 ? "n’a trouvé" : "n’ont trouvé");
        }
    }

    private static void tellsNothing(String text) {
        assertThat(FORBIDDEN.matcher(text).results().map(MatchResult::group))
                .as(text)
                .isEmpty();
    }

    @Test
    void both_bundles_have_the_same_keys_and_no_other() {
        Set<String> wanted = new TreeSet<>(List.of("answer-by", "time", "look", "footer", "DIGEST"));
        Arrays.stream(Priority.values()).map(priority -> "subject." + priority).forEach(wanted::add);
        Arrays.stream(Notice.values()).map(Notice::name).forEach(wanted::add);

        assertThat(NoticeTexts.bundle(Locale.FRENCH).keySet()).isEqualTo(wanted);
        assertThat(NoticeTexts.bundle(Locale.ENGLISH).keySet()).isEqualTo(wanted);
    }

    @Test
    void no_free_text_fits_into_a_public_notice() {
        assertThat(PublicNotice.class.getRecordComponents())
                .extracting(RecordComponent::getType)
                .isSubsetOf(Notice.class, Priority.class, int.class, Instant.class, OpaqueLink.class);
    }

    @Test
    void a_link_is_the_console_and_a_delivery_and_nothing_else() {
        assertThat(LINK.uri()).hasToString("https://relais.example/n/delivery-0123456789abcdef0123456789abcdef");
        for (String telling : List.of(
                "https://relais.example/n/handoff-1",
                "https://relais.example/n/delivery-0123456789abcdef0123456789abcdef?patient=1",
                "https://relais.example/n/delivery-0123456789abcdef0123456789abcdef#oncologie")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new OpaqueLink(URI.create(telling)));
        }
    }
}
