package fr.relais.pathway.ingress.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {

    @ParameterizedTest
    @CsvSource({
        "ADT^A03^ADT_A03, A03",
        "ADT^A03, A03",
        "ADT^ADT^A03, A03",
        "ADT^^ADT_A03, A03",
        "ADT, A01",
        "ADT^Z99^ADT_A01, Z99",
        "'', ''"
    })
    void the_trigger_is_found_where_senders_put_it(String type, String trigger) {
        Header header = Header.of(List.of("MSH|^~\\&|G|CHU|R|R|2026||" + type + "|7|P|2.5", "EVN|A01|2026"))
                .orElseThrow();

        assertThat(header.trigger()).isEqualTo(trigger);
    }

    @Test
    void a_facility_may_be_given_by_its_number_only() {
        assertThat(Header.of(List.of("MSH|^~\\&|G|^990000010^N|R|R|2026||ADT^A03|7|P|2.5"))
                        .orElseThrow()
                        .facility())
                .isEqualTo("990000010");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"^~\\&;^~\\&", "^;^~\\&", "^~\\\\&;^~\\&", "^~\\&#;^~\\&", "$%*@;$%*@"})
    void encoding_characters_are_completed(String given, String used) {
        assertThat(Header.of(List.of("MSH|" + given + "|G|CHU")).orElseThrow().encoding())
                .isEqualTo(used);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MSH", "MSH MSH:9,12", "MSHA^~\\&", "PID|1"})
    void without_separators_there_is_no_header(String line) {
        assertThat(Header.of(List.of(line))).isEmpty();
    }
}
