package fr.relais.directory.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommunesTest {

    @Test
    void an_arrondissement_is_also_served_by_those_who_serve_the_whole_city() {
        assertThat(Communes.covering("75108")).containsExactly("75108", "75056");
        assertThat(Communes.covering("69385")).containsExactly("69385", "69123");
        assertThat(Communes.covering("13216")).containsExactly("13216", "13055");
        assertThat(Communes.covering("23096")).containsExactly("23096");
        assertThat(Communes.covering("75056")).containsExactly("75056");
    }
}
