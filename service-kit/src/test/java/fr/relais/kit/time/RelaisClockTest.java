package fr.relais.kit.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelaisClockTest {

    @TempDir
    Path folder;

    @Test
    void whoever_has_moved_the_clock_finds_it_moved() throws Exception {
        Path file = folder.resolve("offset");
        RelaisClock clock = new RelaisClock(file);
        Instant before = clock.instant();

        for (int days = 1; days <= 100; days++) {
            Files.writeString(file, Duration.ofDays(days).toString());
            assertThat(clock.instant()).isAfterOrEqualTo(before.plus(Duration.ofDays(days)));
        }
    }

    @Test
    void a_file_that_is_just_being_written_leaves_the_clock_where_it_is() throws Exception {
        Path file = Files.writeString(folder.resolve("offset"), "PT48H");
        RelaisClock clock = new RelaisClock(file);
        Instant ahead = clock.instant();

        Files.writeString(file, "");
        assertThat(clock.instant()).isAfterOrEqualTo(ahead);
        Files.writeString(file, "two days");
        assertThat(clock.instant()).isAfterOrEqualTo(ahead);
        assertThat(clock.real()).isBefore(ahead);
    }

    @Test
    void without_a_file_it_is_the_real_time_in_whole_milliseconds() {
        Instant before = Instant.now();
        Instant now = new RelaisClock(null).instant();

        assertThat(now).isBetween(before.minusMillis(1), Instant.now());
        assertThat(now.getNano() % 1_000_000).isZero();
        assertThat(new RelaisClock(folder.resolve("none")).instant()).isBetween(now, Instant.now());
    }
}
