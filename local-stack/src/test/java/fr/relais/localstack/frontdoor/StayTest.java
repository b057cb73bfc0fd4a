package fr.relais.localstack.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StayTest {

    @Test
    void the_patient_is_alive_and_identified_where_the_receiver_looks_for_it() {
        Stay stay = new Stay("990000044", "IPP1", "V1", "EXEMPLE", "JEANNE", "19440312", "F", "244039999900168");
        String[] pid = Stream.of(
                        stay.admitted(Instant.parse("2026-11-02T09:00:00Z")).split("\r"))
                .filter(segment -> segment.startsWith("PID|"))
                .findFirst()
                .orElseThrow()
                .split("\\|");

        assertThat(pid[18]).as("account").startsWith("ANV1");
        assertThat(pid[30]).as("death").isEqualTo("N");
        assertThat(pid[32]).as("status of the identity").isEqualTo("VALI");
    }
}
