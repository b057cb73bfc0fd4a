package fr.relais.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NationalIdsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10001045367", "10000023084", "10005173140", "10104335319", "10100224947", "99700366240",
                "99700900014", "99700900022", "99700900030", "99700900048", "99700900055", "99700900063"
            })
    void an_RPPS_number_has_eleven_digits_and_a_Luhn_key(String rpps) {
        assertThat(NationalIds.isRpps(rpps)).isTrue();
        assertThat(NationalIds.isRpps(withOtherKey(rpps))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10003461033", // as published in examples of the national agency, with a wrong key
                "899700900014", // with the prefix 8 of a national identifier
                "9970090001", // ten digits
                "99700 90014",
                "٩٩٧٠٠٩٠٠٠١٤", // digits, but not these
                "",
            })
    void anything_else_is_no_RPPS_number(String text) {
        assertThat(NationalIds.isRpps(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "990000010",
                "990000028",
                "990000036",
                "990000044",
                "990000051",
                "2A0000014",
                "2A0000154",
                "2A0002606",
                "2B0000020",
                "2B0000012",
                "2B0004246"
            })
    void a_FINESS_number_has_a_Luhn_key_where_Corsica_counts_A_as_1_and_B_as_2(String finess) {
        assertThat(NationalIds.isFiness(finess)).isTrue();
        assertThat(NationalIds.isFiness(withOtherKey(finess))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2C0000012", "A20000014", "2a0000014", "99000001", "9900000100", "99000A010", "000897406", ""})
    void anything_else_is_no_FINESS_number(String text) {
        assertThat(NationalIds.isFiness(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "244039999900168",
                "138079999900287",
                "251122A99900387", // Corse-du-Sud
                "149062B99900468", // Haute-Corse
                "279035121518989" // the test patient of the national agency
            })
    void an_INS_has_a_key_of_97_where_Corsica_is_read_as_19_and_18(String ins) {
        assertThat(NationalIds.isIns(ins)).isTrue();
        assertThat(NationalIds.isIns(withOtherKey(ins))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012244", // an example of the care circle guide, with a wrong key
                "276037510669380", // an example of the data types guide; its key would be 26
                "2510312A9990038",
                "24403999990016",
                "2440399999001680",
                "",
            })
    void anything_else_is_no_INS(String text) {
        assertThat(NationalIds.isIns(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"23096,true", "2A004,true", "2B033,true", "97105,true", "98818,true", "2C004,false", "2309,false"})
    void a_commune_has_the_shape_of_an_INSEE_code(String text, boolean commune) {
        assertThat(NationalIds.isCommune(text)).isEqualTo(commune);
    }

    @ParameterizedTest
    @CsvSource({
        "899700900014,99700900014", // 8 and an RPPS number
        "99700900014,99700900014", // an RPPS number
        "801234567897,01234567897", // as published in an example of the national agency
        "899700900015,899700900015", // its key is wrong: nothing is guessed
        "3990000028/SEC-07,3990000028/SEC-07", // a secretary: FINESS number and internal id
        "0123456789,0123456789" // ADELI
    })
    void a_person_is_known_by_the_RPPS_number_where_there_is_one(String nationalId, String id) {
        assertThat(NationalIds.personId(nationalId)).isEqualTo(id);
    }

    @Test
    void every_other_last_digit_is_refused() {
        for (char last = '0'; last <= '9'; last++) {
            assertThat(NationalIds.isRpps("9970090001" + last)).isEqualTo(last == '4');
        }
    }

    private static String withOtherKey(String id) {
        int last = id.length() - 1;
        return id.substring(0, last) + (char) ('0' + (id.charAt(last) - '0' + 1) % 10);
    }
}
