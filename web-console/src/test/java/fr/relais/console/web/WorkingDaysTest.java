package fr.relais.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingDaysTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-04-06", "2026-05-14", "2026-05-25", "2026-11-11", "2027-03-29", "2024-05-09", "2026-11-28"
            })
    void holidays_and_week_ends_are_no_working_days(String day) {
        assertThat(WorkingDays.isWorkingDay(LocalDate.parse(day))).isFalse();
    }

    @Test
    void friday_is_followed_by_monday_and_the_eve_of_a_long_week_end_by_the_day_after_it() {
        assertThat(WorkingDays.after(LocalDate.parse("2026-11-27"))).isEqualTo("2026-11-30");
        assertThat(WorkingDays.after(LocalDate.parse("2026-04-03"))).isEqualTo("2026-04-07");
        assertThat(WorkingDays.after(LocalDate.parse("2026-11-23"))).isEqualTo("2026-11-24");
    }
}
