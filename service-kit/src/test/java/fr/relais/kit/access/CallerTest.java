package fr.relais.kit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.relais.events.Actor;
import fr.relais.events.Addressee;
import fr.relais.events.Party;
import fr.relais.kit.problem.ProblemException;
import fr.relais.localstack.persona.Persona;
import fr.relais.localstack.persona.Personas;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

class CallerTest {

    private static final String CABINET = "990000010";
    private static final String OFFICINE = "990000028";
    private static final String RPPS = "99700900014";

    private final TokenReader reader = new TokenReader(new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("relais.access.claims", ClaimNames.class));

    private Caller nurse(String... structures) {
        return reader.caller(Map.of(
                "SubjectNameID",
                "8" + RPPS,
                "given_name",
                "Anne",
                "family_name",
                "Exemple",
                "SubjectRefPro",
                Map.of(
                        "exercices",
                        List.of(Map.of(
                                "codeProfession",
                                "60",
                                "activities",
                                java.util.Arrays.stream(structures)
                                        .map(finess -> Map.of("numeroFinessSite", finess))
                                        .toList())))));
    }

    @Test
    void pro_sante_connect_names_a_professional_by_rpps_profession_and_structure() {
        Caller nurse = nurse(CABINET);

        assertThat(nurse.id()).isEqualTo(RPPS);
        assertThat(nurse.rpps()).contains(RPPS);
        assertThat(nurse.name()).isEqualTo("Anne Exemple");
        assertThat(nurse.structure()).isEqualTo(CABINET);
        assertThat(nurse.professions()).containsExactly("60");
        assertThat(nurse.roles()).containsExactly(Role.PROFESSIONAL);
        assertThat(nurse.actor()).isEqualTo(Actor.person(RPPS, CABINET));
    }

    @Test
    void a_nurse_hears_what_is_offered_to_nurses_of_her_cabinet_and_to_nobody_else() {
        Caller nurse = nurse(CABINET);

        assertThat(nurse.audience())
                .containsExactlyInAnyOrder("person:" + RPPS, "structure:" + CABINET + "#60", "role:professional");
        assertThat(nurse.isAmong(new Addressee(Party.structure(CABINET), "60"))).isTrue();
        assertThat(nurse.isAmong(new Addressee(Party.structure(CABINET), "21"))).isFalse();
        assertThat(nurse.isAmong(new Addressee(Party.structure(OFFICINE), "60")))
                .isFalse();
        assertThat(nurse.isAmong(new Addressee(Party.person(RPPS), "60"))).isTrue();
    }

    @Test
    void who_works_in_two_structures_must_choose_before_acting() {
        Caller undecided = nurse(CABINET, OFFICINE);

        assertThat(undecided.structure()).isNull();
        assertThat(undecided.audience()).contains("structure:" + CABINET + "#60", "structure:" + OFFICINE + "#60");
        assertThatThrownBy(undecided::actor).isInstanceOfSatisfying(ProblemException.class, thrown -> {
            assertThat(thrown.problem().status()).isEqualTo(400);
            assertThat(thrown.problem().code()).isEqualTo("acting-for-missing");
            assertThat(thrown.problem().members()).containsEntry("structures", List.of(CABINET, OFFICINE));
        });
        Caller decided = undecided.actingFor(OFFICINE);
        assertThat(decided.actor()).isEqualTo(Actor.person(RPPS, OFFICINE));
        assertThat(decided.audience())
                .contains("structure:" + OFFICINE + "#60")
                .doesNotContain("structure:" + CABINET + "#60");
        assertThatThrownBy(() -> undecided.actingFor("990000044"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().code()).isEqualTo("acting-for-unknown"));
    }

    @Test
    void a_nurse_alone_without_a_structure_acts_for_herself() {
        Caller alone = nurse();

        assertThat(alone.professions()).containsExactly("60");
        assertThat(alone.actor()).isEqualTo(Actor.person(RPPS, null));
    }

    @Test
    void a_ward_hears_what_its_structure_is_told() {
        Caller ward = reader.caller(Map.of(
                "SubjectNameID", "3990000036/ward-1",
                "SubjectOrganizationID", "1990000036",
                "relais_roles", List.of("ward", "something-of-another-system")));

        assertThat(ward.id()).isEqualTo("3990000036/ward-1");
        assertThat(ward.roles()).containsExactly(Role.WARD);
        assertThat(ward.audience()).contains("structure:990000036", "role:ward");
        ward.require(Role.WARD, Role.COORDINATOR);
        assertThatThrownBy(() -> ward.require(Role.OPERATOR))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().status()).isEqualTo(403));
    }

    @Test
    void a_feed_acts_as_its_hospital() {
        Caller feed = reader.caller(Map.of(
                "preferred_username", "feed:990000036",
                "SubjectOrganizationID", "990000036",
                "relais_roles", List.of("feed")));

        assertThat(feed.actor()).isEqualTo(Actor.feed("990000036"));
    }

    @Test
    void claims_have_other_names_elsewhere() {
        ClaimNames elsewhere = new Binder(new MapConfigurationPropertySource(
                        Map.of("c.person", "rpps", "c.roles", "realm_access.roles", "c.organisation", "org")))
                .bind("c", ClaimNames.class)
                .get();

        Caller caller = new TokenReader(elsewhere)
                .caller(Map.of("rpps", RPPS, "org", CABINET, "realm_access", Map.of("roles", List.of("COORDINATOR"))));

        assertThat(caller.id()).isEqualTo(RPPS);
        assertThat(caller.structure()).isEqualTo(CABINET);
        assertThat(caller.roles()).isEqualTo(Set.of(Role.COORDINATOR));
    }

    @Test
    void a_token_without_a_person_is_refused_with_the_claims_it_needs() {
        assertThatThrownBy(() -> reader.caller(Map.of("given_name", "Anne")))
                .isInstanceOf(InvalidBearerTokenException.class)
                .hasMessageContaining("SubjectNameID");
    }

    static List<Persona> personas() {
        return Personas.all().personas();
    }

    @ParameterizedTest
    @MethodSource("personas")
    void every_persona_of_the_development_issuer_is_understood(Persona persona) {
        Caller caller = reader.caller(persona.claims(Personas.all()));

        assertThat(caller.id()).isEqualTo(persona.id());
        assertThat(caller.roles()).extracting(Role::word).containsExactlyInAnyOrderElementsOf(persona.roles());
        assertThat(caller.structures()).containsExactlyInAnyOrderElementsOf(persona.structures());
        assertThat(caller.professions())
                .containsExactlyElementsOf(persona.profession() == null ? List.of() : List.of(persona.profession()));
    }
}
