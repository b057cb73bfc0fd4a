package fr.relais.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Every code that a service answers with has a title in both languages. A service's test says which codes. */
public abstract class ProblemTitlesContract {

    private final ProblemTitles titles = ProblemTitles.read();

    /** The codes of the service's rejections and problems. */
    protected abstract Collection<String> codes();

    @Test
    void every_code_has_a_title_in_french_and_in_english() {
        assertThat(titles.codes(Locale.FRENCH))
                .as("add the missing ones to problems_fr.properties")
                .containsAll(codes());
        assertThat(titles.codes(Locale.ENGLISH))
                .as("add the missing ones to problems_en.properties")
                .containsAll(codes());
    }

    @Test
    void both_languages_explain_the_same_codes() {
        assertThat(titles.codes(Locale.FRENCH)).isEqualTo(titles.codes(Locale.ENGLISH));
    }

    @Test
    void a_detail_is_translated_for_codes_that_exist() {
        assertThat(titles.codes(Locale.FRENCH))
                .as("problem-details_fr.properties explains a code without a title: misspelt?")
                .containsAll(titles.detailed(Locale.FRENCH));
    }

    @Test
    void codes_are_stable_words_in_kebab_case() {
        assertThat(codes()).allMatch(code -> code.matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }
}
