package fr.relais.notification.web;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.NotificationEvent.Notice;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InboxTextsTest {

    @ParameterizedTest
    @EnumSource(Notice.class)
    void every_notice_is_a_sentence_in_both_languages_without_a_place_for_identity(Notice notice) {
        assertThat(InboxTexts.of(notice)).containsOnlyKeys("fr", "en");
        assertThat(InboxTexts.of(notice).values())
                .allSatisfy(text ->
                        assertThat(text).endsWith(".").doesNotContain("{", "}").hasSizeGreaterThan(12));
        assertThat(InboxTexts.of(notice).get("fr"))
                .isNotEqualTo(InboxTexts.of(notice).get("en"));
    }

    @Test
    void both_bundles_have_the_same_keys_and_no_other() {
        Set<String> wanted = new TreeSet<>(Set.of("DIGEST"));
        Arrays.stream(Notice.values()).map(Notice::name).forEach(wanted::add);

        for (Locale language : InboxTexts.LANGUAGES) {
            assertThat(InboxTexts.bundle(language).keySet()).isEqualTo(wanted);
        }
    }

    @Test
    void whoever_is_about_to_set_out_reads_what_to_do() {
        assertThat(InboxTexts.of(Notice.EMERGENCY))
                .containsEntry("fr", "Aux urgences : appelez avant de vous déplacer.");
        assertThat(InboxTexts.of(Notice.VISIT_CANCELLED))
                .containsEntry("fr", "Visite annulée : ouvrez avant de partir.");
        assertThat(InboxTexts.of(Notice.ON_LEAVE)).containsEntry("fr", "En permission, toujours hospitalisé.");
    }
}
