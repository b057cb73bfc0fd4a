package fr.relais.pathway.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Why a message is where it is: a code for ever, and words in two languages. */
class ReasonTest {

    @Test
    void each_reason_for_which_a_message_is_ignored_has_a_french_text() {
        assertThat(Reason.french()).containsKeys(Reason.IGNORED.keySet().toArray(String[]::new));
        assertThat(Reason.ignored("out-of-order").in(Locale.FRENCH).words()).contains("remis dans l’ordre");
        assertThat(Reason.ignored("out-of-order").in(Locale.ENGLISH).words()).contains("put in order");
    }

    @Test
    void a_code_is_one_of_those_that_are_written_down_whatever_the_particulars_say() {
        assertThat(Reason.saying("the HL7 parser cannot read it (error 204)").code())
                .isEqualTo("the-hl7-parser-cannot-read-it");
        assertThat(Reason.saying("its processing was cut off (3 times)").code())
                .isEqualTo("its-processing-was-cut-off");
        assertThat(Reason.saying("it reports a movement (A01) and cancels it (ZBE-4 is CANCEL) at once")
                        .in(Locale.FRENCH)
                        .words())
                .startsWith("il déclare un mouvement");
        assertThat(Reason.saying("something that nobody has written down").code())
                .isEqualTo("other");
    }
}
