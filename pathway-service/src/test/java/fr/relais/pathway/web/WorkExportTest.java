package fr.relais.pathway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkExportTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+33", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"})
    void what_a_spreadsheet_would_run_is_made_text(String formula) {
        assertThat(WorkExport.cell(formula)).isEqualTo("'" + formula);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "late", "2026-11-22", "a=b", "structure:990000028#60"})
    void what_it_would_not_is_left_as_it_is(String text) {
        assertThat(WorkExport.cell(text)).isEqualTo(text);
    }
}
