package fr.relais.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PartyTest {

    private final Party nurse = Party.person("99700900030");
    private final Party cabinet = Party.structure("990000028");

    @Test
    void a_party_is_found_again_by_its_key() {
        assertThat(nurse.key()).isEqualTo("person:99700900030");
        assertThat(Party.ofKey(nurse.key())).isEqualTo(nurse);
        assertThat(Party.ofKey(cabinet.key())).isEqualTo(cabinet);
        assertThat(Party.ofKey("person:3990000028/SEC:07")).isEqualTo(Party.person("3990000028/SEC:07"));
    }

    @Test
    void a_key_of_nobody_is_refused_with_how_to_write_it() {
        assertThatThrownBy(() -> Party.ofKey("nurse")).hasMessageContaining("person:<RPPS> or structure:<FINESS>");
        assertThatThrownBy(() -> Party.ofKey("role:nurse")).hasMessageContaining("'role:nurse'");
    }

    @Test
    void an_offer_to_a_structure_is_found_by_its_members_of_that_profession() {
        assertThat(new Addressee(cabinet, "60").key())
                .isEqualTo(Addressee.memberKey("990000028", "60"))
                .isEqualTo("structure:990000028#60");
        assertThat(new Addressee(nurse, "60").key()).isEqualTo(nurse.key());
    }

    @Test
    void parts_of_Relais_and_feeds_are_no_persons() {
        assertThat(Actor.person("99700900030", "990000028").isPerson()).isTrue();
        assertThat(Actor.system("deadline").isPerson()).isFalse();
        assertThat(Actor.feed("990000036").isPerson()).isFalse();
    }
}
