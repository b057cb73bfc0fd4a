package fr.relais.notification.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HoursTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01", "2026-04-06", "2026-05-01", "2026-05-08", "2026-05-14", "2026-05-25", "2026-07-14",
                "2026-08-15", "2026-11-01", "2026-11-11", "2026-12-25", "2027-03-29", "2028-06-05", "2038-04-26"
            })
    void these_days_are_public_holidays(LocalDate day) {
        assertThat(FrenchHolidays.isOne(day)).isTrue();
    }

    @Test
    void a_year_has_eleven_of_them() {
        for (int year = 2024; year < 2044; year++) {
            if (FrenchHolidays.easter(year).plusDays(39).equals(LocalDate.of(year, 5, 1))
                    || FrenchHolidays.easter(year).plusDays(39).equals(LocalDate.of(year, 5, 8))) {
                continue; // Ascension falls on another one
            }
            assertThat(LocalDate.of(year, 1, 1)
                            .datesUntil(LocalDate.of(year + 1, 1, 1))
                            .filter(FrenchHolidays::isOne))
                    .as("year " + year)
                    .hasSize(11);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Sunday 22 November 2026
        "NURSE, 2026-11-22T10:00, 2026-11-22T10:00",
        "NURSE, 2026-11-22T05:00, 2026-11-22T07:00",
        "NURSE, 2026-11-22T20:00, 2026-11-23T07:00",
        "NURSE, 2026-12-25T08:00, 2026-12-25T08:00",
        "OFFICINE, 2026-11-22T10:00, 2026-11-23T09:00",
        "OFFICINE, 2026-11-21T18:59, 2026-11-21T18:59",
        "PHYSICIAN, 2026-11-20T20:00, 2026-11-21T08:00",
        "PHYSICIAN, 2026-11-21T12:00, 2026-11-23T08:00",
        "OFFICE, 2026-11-21T10:00, 2026-11-23T08:00",
        // Friday 1 May, a holiday
        "PHYSICIAN, 2026-05-01T10:00, 2026-05-02T08:00",
        "OFFICE, 2026-05-01T10:00, 2026-05-04T08:00",
        // the night of the clock change
        "NURSE, 2026-10-25T02:30, 2026-10-25T07:00"
    })
    void somebody_is_interrupted_in_the_hours_of_their_profession(
            Hours hours, LocalDateTime now, LocalDateTime opening) {
        assertThat(hours.opening(instant(now))).isEqualTo(instant(opening));
    }

    @ParameterizedTest
    @CsvSource({
        "NURSE, 2026-11-21T10:00, 2026-11-22T07:30",
        "NURSE, 2026-11-22T07:29, 2026-11-22T07:30",
        "NURSE, 2026-11-22T07:30, 2026-11-23T07:30",
        "PHYSICIAN, 2026-11-20T10:00, 2026-11-21T07:30",
        "PHYSICIAN, 2026-11-21T10:00, 2026-11-23T07:30",
        "OFFICE, 2026-04-30T10:00, 2026-05-04T07:30"
    })
    void a_digest_comes_on_the_days_of_the_profession(Hours hours, LocalDateTime now, LocalDateTime digest) {
        assertThat(hours.digest(instant(now), LocalTime.of(7, 30))).isEqualTo(instant(digest));
    }

    @Test
    void whoever_is_not_known_waits_no_longer_than_a_nurse() {
        assertThat(Hours.of(null)).isEqualTo(Hours.NURSE);
        assertThat(Hours.of("60")).isEqualTo(Hours.NURSE);
        assertThat(Hours.of("10")).isEqualTo(Hours.PHYSICIAN);
        assertThat(Hours.of("21")).isEqualTo(Hours.OFFICINE);
        assertThat(Hours.of("70")).isEqualTo(Hours.OFFICE);
    }

    private static Instant instant(LocalDateTime paris) {
        return paris.atZone(Hours.PARIS).toInstant();
    }
}
