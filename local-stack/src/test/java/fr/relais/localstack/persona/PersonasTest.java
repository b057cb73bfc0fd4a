package fr.relais.localstack.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PersonasTest {

    private static final List<String> ROLES =
            List.of("professional", "delegate", "ward", "coordinator", "operator", "feed");

    @Test
    void every_key_and_identifier_is_one_persons() {
        assertThat(Personas.all().keys()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(12);
        assertThat(Personas.all().personas()).extracting(Persona::nationalId).doesNotHaveDuplicates();
        assertThat(Personas.all().structures()).extracting(Structure::id).doesNotHaveDuplicates();
    }

    @Test
    void every_number_has_a_right_key_and_lies_in_the_test_range() {
        assertThat(Personas.all().structures())
                .allSatisfy(structure -> assertThat(structure.id())
                        .startsWith("99000")
                        .hasSize(9)
                        .satisfies(PersonasTest::passesLuhn));
        assertThat(Personas.all().personas())
                .filteredOn(persona -> persona.profession() != null)
                .allSatisfy(persona -> assertThat(persona.id())
                        .startsWith("997009")
                        .hasSize(11)
                        .satisfies(PersonasTest::passesLuhn));
    }

    @Test
    void every_reference_leads_somewhere() {
        Personas all = Personas.all();
        assertThat(all.personas()).allSatisfy(persona -> {
            assertThat(persona.structures())
                    .allSatisfy(id -> assertThat(all.structure(id)).isNotNull());
            assertThat(persona.delegateOf())
                    .allSatisfy(id ->
                            assertThat(all.personas()).extracting(Persona::id).contains(id));
            assertThat(ROLES).containsAll(persona.roles());
        });
        assertThat(all.structures())
                .allSatisfy(structure -> assertThat(structure.memberOf())
                        .allSatisfy(id -> assertThat(all.structure(id)).isNotNull()));
    }

    @Test
    void a_nurse_has_the_claims_of_pro_sante_connect() {
        Map<String, Object> claims = Personas.get("nurse-anne").claims(Personas.all());

        assertThat(claims)
                .containsEntry("preferred_username", "899700900022")
                .containsEntry("SubjectNameID", "899700900022")
                .containsEntry("SubjectOrganizationID", "1990000028")
                .containsEntry("relais_roles", List.of("professional"));
        assertThat(claims.get("SubjectRefPro"))
                .extracting("exercices")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .singleElement()
                .satisfies(exercise ->
                        assertThat(exercise).extracting("codeProfession").isEqualTo("60"))
                .extracting("activities")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .singleElement()
                .extracting("numeroFinessSite")
                .isEqualTo("990000028");
    }

    @Test
    void a_nurse_alone_names_no_structure_and_a_secretary_no_profession() {
        assertThat(Personas.get("nurse-chloe").claims(Personas.all())).doesNotContainKey("SubjectOrganizationID");
        assertThat(Personas.get("secretary-sophie").claims(Personas.all())).doesNotContainKey("SubjectRole");
    }

    @Test
    void an_unknown_persona_is_answered_with_those_there_are() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Personas.get("nobody"))
                .withMessageContaining("nurse-anne");
    }

    private static void passesLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        assertThat(sum % 10).as("Luhn key of " + digits).isZero();
    }
}
