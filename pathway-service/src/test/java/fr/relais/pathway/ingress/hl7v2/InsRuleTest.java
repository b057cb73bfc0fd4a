package fr.relais.pathway.ingress.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.pathway.application.PatientIdentifiers.Ins;
import java.util.List;
import org.junit.jupiter.api.Test;

class InsRuleTest {

    private static final String NIR = "1.2.250.1.213.1.4.8";
    private static final String TEST = "1.2.250.1.213.1.4.10";
    private static final String RIGHT = "244039999900168";
    private static final String WRONG_KEY = "244039999900169";

    private final InsRule development = new InsRule(false);
    private final InsRule production = new InsRule(true);

    @Test
    void a_qualified_ins_with_a_right_key_is_kept() {
        assertThat(production.keep(RIGHT, NIR, List.of("VALI"))).contains(new Ins(RIGHT, NIR, false));
        assertThat(production.keep("251122A99900387", NIR, List.of("VALI"))).isPresent();
    }

    @Test
    void any_repetition_of_the_status_may_say_that_it_is_qualified() {
        assertThat(production.keep(RIGHT, NIR, List.of("VIDE", "VALI"))).isPresent();
        assertThat(production.keep(RIGHT, NIR, List.of("PROV"))).isEmpty();
        assertThat(production.keep(RIGHT, NIR, List.of())).isEmpty();
    }

    @Test
    void a_wrong_key_is_not_kept() {
        assertThat(production.keep(WRONG_KEY, NIR, List.of("VALI"))).isEmpty();
        assertThat(development.keep(WRONG_KEY, NIR, List.of("VALI"))).isEmpty();
    }

    @Test
    void a_test_ins_is_marked_and_never_in_production() {
        assertThat(development.keep(WRONG_KEY, TEST, List.of("VALI"))).contains(new Ins(WRONG_KEY, TEST, true));
        assertThat(production.keep(RIGHT, TEST, List.of("VALI"))).isEmpty();
    }
}
