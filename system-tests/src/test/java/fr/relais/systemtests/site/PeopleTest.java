package fr.relais.systemtests.site;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.NationalIds;
import fr.relais.localstack.persona.Persona;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.persona.Structure;
import org.junit.jupiter.api.Test;

class PeopleTest {

    private final Personas people = People.simulated(200);

    @Test
    void their_numbers_have_right_keys_and_are_their_own() {
        assertThat(people.personas())
                .extracting(Persona::id)
                .hasSize(200)
                .doesNotHaveDuplicates()
                .allMatch(NationalIds::isRpps)
                .doesNotContainAnyElementsOf(
                        Personas.all().personas().stream().map(Persona::id).toList());
        assertThat(people.structures())
                .extracting(Structure::id)
                .doesNotHaveDuplicates()
                .allMatch(NationalIds::isFiness);
    }

    @Test
    void each_commune_has_somebody_of_each_trade() {
        for (String commune : People.COMMUNES) {
            assertThat(people.personas())
                    .filteredOn(person -> person.communes().getFirst().equals(commune))
                    .extracting(Persona::profession)
                    .contains("60", "10", "21");
        }
    }
}
