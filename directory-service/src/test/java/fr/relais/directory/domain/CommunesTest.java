package fr.relais.directory.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommunesTest {

    @Test
    void an_arrondissement_is_also_served_by_those_who_serve_the_whole_city() {
        assertThat(Communes.covering("75108")).containsExactly("75108", "75056");
        assertThat(Communes.covering("69385")).containsExactly("69385", "69123");
        assertThat(Communes.covering("13216")).containsExactly("13216", "13055");
        assertThat(Communes.covering("23096")).containsExactly("23096");
    }

    @Test
    void a_whole_city_is_served_by_those_of_each_arrondissement() {
        assertThat(Communes.covering("75056")).hasSize(21).contains("75056", "75101", "75120");
        assertThat(Communes.covering("69123")).hasSize(10).contains("69389");
        assertThat(Communes.covering("13055")).hasSize(17).contains("13201");
    }

    @ParameterizedTest
    @CsvSource({
        "23096,true", "2A004,true", "2B033,true", "97411,true", "97801,true", "98818,true", "01001,true",
        "20004,false", "00123,false", "96001,false", "99100,false", "2C004,false", "2309,false", "97901,false"
    })
    void a_code_is_of_a_department_that_there_is(String code, boolean possible) {
        assertThat(Communes.isPossible(code)).isEqualTo(possible);
    }
}
