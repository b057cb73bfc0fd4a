package fr.relais.pathway.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.relais.pathway.application.HospitalRules.When;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HospitalRulesTest {

    private static final Instant MARCH = Instant.parse("2026-03-02T09:00:00Z");

    @TempDir
    Path folder;

    @Test
    void without_a_file_nobody_is_included_by_rule() {
        assertThat(HospitalRules.load(null, TemplateFiles.load())
                        .of("990000044", When.DISCHARGE, "R-CARDIO", List.of("I501"), MARCH))
                .isEmpty();
    }

    @Test
    void a_rule_holds_for_its_hospital_unit_diagnosis_moment_and_time() {
        HospitalRules rules = HospitalRules.load("classpath:hospital-rules.yaml", TemplateFiles.load());

        assertThat(rules.of("990000044", When.DISCHARGE, "R-CARDIO", List.of("J440", "I50.1"), MARCH))
                .hasValueSatisfying(rule -> assertThat(rule.id()).isEqualTo("cardiology-home"));
        assertThat(rules.of("990000036", When.DISCHARGE, "R-CARDIO", List.of("I501"), MARCH))
                .isEmpty();
        assertThat(rules.of("990000044", When.ADMISSION, "R-CARDIO", List.of("I501"), MARCH))
                .isEmpty();
        assertThat(rules.of("990000044", When.DISCHARGE, null, List.of("I501"), MARCH))
                .isEmpty();
        assertThat(rules.of("990000044", When.DISCHARGE, "R-CARDIO", List.of(), MARCH))
                .isEmpty();
        assertThat(rules.of(
                        "990000044",
                        When.DISCHARGE,
                        "R-CARDIO",
                        List.of("I501"),
                        Instant.parse("2025-12-31T20:00:00Z")))
                .isEmpty();
    }

    @Test
    void a_file_that_cannot_be_used_says_all_that_is_wrong() throws IOException {
        Path file = folder.resolve("rules.yaml");
        Files.writeString(file, """
                rules:
                  - id: Everybody!
                    facility: CHU
                    owner: "123"
                    when: sometime
                    template: no-such
                    commune: Paris
                    informed: not
                """);

        assertThatThrownBy(() -> HospitalRules.load(file.toUri().toString(), TemplateFiles.load()))
                .isInstanceOf(HospitalRules.Unusable.class)
                .hasMessageContainingAll(
                        "give each rule an id",
                        "owner must be the FINESS number",
                        "a rule never includes everybody",
                        "when is admission or discharge",
                        "there is no template no-such",
                        "commune must be the INSEE code",
                        "since must say",
                        "informed must say");
    }
}
